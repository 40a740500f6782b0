// A name service that hangs must hold up nobody but the one who asks it, neither while it hangs, nor when that call is
// given up, nor at the end of the program. getaddrinfo is replaced in this program.
#include <QtTest>

#include <atomic>
#include <thread>

#include <dlfcn.h>
#include <netdb.h>

#include "net/http_client.h"
#include "support/http_calls.h"
#include "support/run_coroutine.h"
#include "support/scripted_server.h"

namespace {
std::atomic<int> stalled{0};
}

extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** result) {
    if (node && std::string_view(node).ends_with("stalled.example")) {
        ++stalled;
        std::this_thread::sleep_for(std::chrono::hours(1));
        return EAI_AGAIN;
    }
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(node, service, hints, result);
}

using namespace patchbay;
using namespace std::chrono_literals;

class StalledResolverTest : public QObject {
    Q_OBJECT

private slots:
    void otherStreamsKeepTicking() {
        asio::io_context io;
        SystemClock clock;
        auto client = std::make_unique<HttpClient>(io.get_executor(), clock, HttpClient::Options{});
        Script ticks{script::request(), script::send(script::streamHead())};
        for (int i = 0; i < 20; ++i)
            ticks.push_back(script::send(script::chunk("tick")));
        ticks.push_back(script::send(script::chunk("")));
        ticks.push_back(script::repeat());
        ScriptedServer server(io, {ticks});

        std::vector<std::unique_ptr<Task<Pieces>>> hanging;
        for (int i = 0; i < 4; ++i)
            hanging.push_back(std::make_unique<Task<Pieces>>(
                io, readPieces(*client, getRequest("http://" + std::to_string(i) + ".stalled.example/"))));
        QVERIFY(runUntil(io, [] { return stalled == 4; }));

        const auto timed = [](auto work) {
            const auto begin = std::chrono::steady_clock::now();
            work();
            return std::chrono::steady_clock::now() - begin;
        };
        const auto stream = [&] {
            Pieces got = runCoroutine(io, readPieces(*client, getRequest(server.url())));
            QVERIFY(!got.error);
            QCOMPARE(got.text().size(), 80U);
        };
        QVERIFY(timed(stream) < 500ms);
        for (int i = 0; i < 2; ++i)
            hanging[static_cast<std::size_t>(i)].get()->cancel();
        QVERIFY(timed([&] { QVERIFY(runUntil(io, [&] { return hanging[0]->done() && hanging[1]->done(); })); }) <
                100ms);
        QVERIFY(timed(stream) < 500ms);
        QVERIFY(timed([&] { client.reset(); }) < 100ms);
        QCOMPARE(hanging[3]->get().error->code, ErrorCode::Unavailable);
    }
};

QTEST_GUILESS_MAIN(StalledResolverTest)
#include "stalled_resolver_test.moc"
