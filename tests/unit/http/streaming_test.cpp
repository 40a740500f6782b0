#include <QTest>

#include <fstream>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "http/http_server.h"
#include "support/http_test_server.h"
#include "support/raw_client.h"
#include "unit/http/http_handlers.h"

using namespace patchbay;
using namespace patchbay::http;
using namespace std::chrono_literals;

namespace {

constexpr int kEvents = 20;
constexpr std::size_t kPiece = 64U << 10U;

std::string eventText(int number) {
    return "data: " + std::to_string(number) + "\n\n";
}

awaitable<void> slowStream(RequestPtr, ResponderPtr responder) {
    co_await responder->begin(200, "text/event-stream", {});
    for (int i = 0; i < kEvents; ++i) {
        co_await pauseFor(20ms);
        co_await responder->write(eventText(i));
    }
    co_await responder->end();
}

struct Counting {
    std::atomic<std::size_t>* written;
    std::atomic<bool>* failed;
    static awaitable<void> run(std::atomic<std::size_t>* written, std::atomic<bool>* failed, ResponderPtr responder) {
        co_await responder->begin(200, "text/plain", {});
        while (true) {
            auto result = co_await responder->write(std::string(kPiece, 'x'));
            if (!result)
                break;
            *written += kPiece;
        }
        *failed = true;
    }
    awaitable<void> operator()(RequestPtr, ResponderPtr responder) const { return run(written, failed, responder); }
};

/// Never suspends of itself: the socket of a quick reader takes everything at once.
awaitable<void> burst(RequestPtr, ResponderPtr responder) {
    co_await responder->begin(200, "text/plain", {});
    for (int i = 0; i < 200'000; ++i) {
        auto written = co_await responder->write("0123456789abcdef");
        if (!written)
            co_return;
    }
    co_await responder->end();
}

struct ReadOutcome {
    int complete = 0;
    int failed = 0;
};

awaitable<void> readStream(std::uint16_t port, const std::string* expected, ReadOutcome* outcome) {
    asio::ip::tcp::socket socket(co_await asio::this_coro::executor);
    std::string all;
    try {
        co_await socket.async_connect({asio::ip::address_v4::loopback(), port}, asio::deferred);
        const std::string request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        co_await asio::async_write(socket, asio::buffer(request), asio::deferred);
        std::array<char, 4096> buffer{};
        while (true) {
            const std::size_t count = co_await socket.async_read_some(asio::buffer(buffer), asio::deferred);
            all.append(buffer.data(), count);
        }
    } catch (const boost::system::system_error&) {
        // the end
    }
    const std::size_t body = all.find("\r\n\r\n");
    const bool whole = body != std::string::npos && all.substr(body + 4) == *expected;
    ++(whole ? outcome->complete : outcome->failed);
}

std::size_t residentKilobytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:"))
            return std::stoul(line.substr(6));
    }
    return 0;
}

} // namespace

class StreamingTest : public QObject {
    Q_OBJECT

private slots:
    void aThousandSlowStreamsAllArrive() {
        HttpTestServer server({{.method = "GET", .pattern = "/", .handler = slowStream}});
        std::string expected;
        for (int i = 0; i < kEvents; ++i) {
            const std::string text = eventText(i);
            expected += QString::number(text.size(), 16).toStdString() + "\r\n" + text + "\r\n";
        }
        expected += "0\r\n\r\n";
        const std::size_t before = residentKilobytes();
        asio::io_context io;
        ReadOutcome outcome;
        for (int i = 0; i < 1000; ++i)
            asio::co_spawn(io, readStream(server.port(), &expected, &outcome), [](const std::exception_ptr&) {});
        std::size_t whileStreaming = 0;
        while (io.run_one_for(20s) > 0) {
            if (whileStreaming == 0 && outcome.complete + outcome.failed > 0)
                whileStreaming = residentKilobytes();
        }
        QCOMPARE(outcome.complete, 1000);
        QCOMPARE(outcome.failed, 0);
        qInfo("resident: %zu KiB more for 1000 streams, both ends", whileStreaming - before);
    }

    void aReaderThatDoesNotReadStopsTheWriter() {
        std::atomic<std::size_t> written{0};
        std::atomic<bool> failed{false};
        HttpTestServer server({{.method = "GET", .pattern = "/", .handler = Counting{&written, &failed}}});
        RawClient client(server.port());
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        std::size_t before = 1;
        while (before != written || written == 0) {
            before = written;
            std::this_thread::sleep_for(100ms);
        }
        const std::size_t stalledAt = written;
        QVERIFY2(stalledAt < 32U << 20U, std::to_string(stalledAt).c_str()); // what the kernel's buffers hold
        QVERIFY(!failed);
        std::size_t read = 0;
        while (read < stalledAt)
            read += client.readSome().size();
        QTRY_VERIFY(written > stalledAt); // and reading lets it go on
        client.close();
        QTRY_VERIFY(failed);
    }

    void aStalledReaderIsGoneAfterTheWriteTimeout() {
        std::atomic<std::size_t> written{0};
        std::atomic<bool> failed{false};
        ServerOptions options;
        options.writeTimeout = 200ms;
        HttpTestServer server({{.method = "GET", .pattern = "/", .handler = Counting{&written, &failed}}}, options);
        RawClient client(server.port());
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY_WITH_TIMEOUT(failed, 3000);
        QTRY_COMPARE(server.connectionCount(), std::size_t{0});
    }

    void aWriterThatNeverWaitsLetsOthersLive() {
        HttpTestServer server({{.method = "GET", .pattern = "/burst", .handler = burst},
                               {.method = "GET", .pattern = "/", .handler = echo}});
        std::thread reader([&] {
            RawClient client(server.port());
            client.send("GET /burst HTTP/1.1\r\nHost: x\r\n\r\n");
            std::size_t total = 0;
            while (total < 3'200'000) {
                const std::size_t got = client.readSome().size();
                if (got == 0)
                    break;
                total += got;
            }
        });
        RawClient client(server.port());
        auto slowest = 0ns;
        for (int i = 0; i < 50; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            const int status = client.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").status;
            slowest = std::max(slowest, std::chrono::steady_clock::now() - begin);
            if (status != 200)
                break;
        }
        reader.join();
        QVERIFY2(slowest < 100ms, std::to_string(slowest.count()).c_str());
    }
};

QTEST_GUILESS_MAIN(StreamingTest)
#include "streaming_test.moc"
