// The whole gateway on loopback before a scripted pipeline and a real database file, on an engine thread of its own;
// and a blocking HTTP client for the test's thread.
#pragma once

#include <future>
#include <thread>

#include <QTemporaryDir>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>

#include "base/json_writer.h"
#include "server/conversations_surface.h"
#include "server/gateway_server.h"
#include "server/native_surface.h"
#include "server/responses_surface.h"
#include "server/websocket_surface.h"
#include "storage/database.h"
#include "storage/response_store.h"
#include "support/scripted_chat.h"

namespace patchbay::test {

struct HttpAnswer {
    int status = 0;
    std::string head;
    std::string body; ///< chunks joined
    /// Empty where the body is no object.
    json::object json() const {
        const auto document = parseJsonObject(body);
        return document ? *document : json::object{};
    }
    std::string errorCode() const {
        const json::object document = json();
        const json::object* error = findObject(document, "error");
        return error ? std::string(stringOr(*error, "code")) : std::string();
    }
};

/// One request on a connection of its own.
class HttpCall {
public:
    HttpCall(std::uint16_t port, const std::string& request) : m_socket(m_io) {
        m_socket.connect({asio::ip::address_v4::loopback(), port});
        asio::write(m_socket, asio::buffer(request));
    }
    /// Reads until the text has come; false at the end of the connection.
    bool readUntil(std::string_view text) {
        while (m_bytes.find(text) == std::string::npos) {
            boost::system::error_code end;
            std::array<char, 4096> piece{};
            const std::size_t count = m_socket.read_some(asio::buffer(piece), end);
            m_bytes.append(piece.data(), count);
            if (end)
                return m_bytes.find(text) != std::string::npos;
        }
        return true;
    }
    HttpAnswer rest() {
        readUntil(std::string_view("\0never", 6));
        HttpAnswer answer;
        const std::size_t end = m_bytes.find("\r\n\r\n");
        if (end == std::string::npos)
            return answer;
        answer.head = m_bytes.substr(0, end);
        answer.status = std::stoi(answer.head.substr(9, 3));
        std::string_view body = std::string_view(m_bytes).substr(end + 4);
        if (answer.head.find("Transfer-Encoding: chunked") == std::string::npos) {
            answer.body = body;
            return answer;
        }
        while (!body.empty()) {
            const std::size_t line = body.find("\r\n");
            const std::size_t size = std::stoul(std::string(body.substr(0, line)), nullptr, 16);
            if (size == 0)
                break;
            answer.body += body.substr(line + 2, size);
            body.remove_prefix(line + 2 + size + 2);
        }
        return answer;
    }
    void close() { m_socket.close(); }

private:
    asio::io_context m_io;
    asio::ip::tcp::socket m_socket;
    std::string m_bytes;
};

class LiveGateway {
public:
    explicit LiveGateway(bool withHistory = true) {
        auto opened = Database::open({.path = directory.filePath("patchbay.db").toStdString()});
        if (!opened)
            throw std::runtime_error(opened.error().message);
        database = std::move(*opened);
        history.emplace(*database, clock, ids, workers.get_executor());
        scripted.emplace(io.get_executor(), clock, ids);
        chats.emplace(ConversationChat::Parts{.chat = scripted->service,
                                              .history = withHistory ? &*history : nullptr,
                                              .defaultModel = [] { return std::string("echo"); },
                                              .cost = {}});
        responses.emplace(*database);
        const ServerParts parts{.chat = scripted->service, .ids = ids, .clock = clock, .log = log, .workers = workers};
        std::vector<http::Route> more = responsesRoutes(parts, &*responses);
        for (auto& surface : {nativeRoutes(parts, *chats), webSocketRoutes(parts, *chats),
                              conversationsRoutes(parts, withHistory ? &*history : nullptr)})
            more.insert(more.end(), surface.begin(), surface.end());
        GatewayOptions options;
        options.http.onInternalError = [this](const http::Request&, std::string_view what) {
            internalErrors.emplace_back(what);
        };
        server.emplace(io.get_executor(), std::move(options), parts, auth, std::move(more));
        if (!server->start())
            throw std::runtime_error("the gateway did not start");
        engine = std::thread([this] { io.run(); });
        call(history->start());
    }
    ~LiveGateway() {
        scripted->script.released = true;
        asio::co_spawn(io, server->stop(Milliseconds(2000)), asio::use_future).get();
        guard.reset();
        io.stop();
        engine.join();
        server.reset();
        database.reset(); // before the loop that its jobs come back to
    }

    /// Runs a coroutine on the engine and waits for it.
    template <class T> T call(awaitable<T> work) { return asio::co_spawn(io, std::move(work), asio::use_future).get(); }
    void advance(SteadyTime::duration duration) {
        std::promise<void> done;
        asio::post(io, [&] {
            clock.advance(duration);
            done.set_value();
        });
        done.get_future().get();
    }

    std::string requestText(const std::string& method, const std::string& target, const std::string& body = {},
                            const std::string& headers = "content-type: application/json\r\n") const {
        std::string text = method + " " + target + " HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n" + headers;
        if (!body.empty())
            text += "content-length: " + std::to_string(body.size()) + "\r\n";
        return text + "\r\n" + body;
    }
    template <class... Args> HttpAnswer ask(const Args&... args) {
        return HttpCall(server->port(), requestText(args...)).rest();
    }

    QTemporaryDir directory;
    ManualClock clock;
    IdGenerator ids{clock};
    Log log = Log::silent();
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(io);
    asio::thread_pool workers{1};
    Auth auth{{.loopbackIsMember = true, .adminTokenHash = Auth::hashToken("pb_admin_right")}};
    std::unique_ptr<Database> database;
    std::optional<HistoryService> history;
    std::optional<ResponseStore> responses;
    std::optional<ScriptedService> scripted;
    std::optional<ConversationChat> chats;
    std::optional<GatewayServer> server;
    std::vector<std::string> internalErrors; ///< to be read after the engine has stopped, or between requests
    std::thread engine;
};

} // namespace patchbay::test
