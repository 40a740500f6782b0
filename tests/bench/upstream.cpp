#include "upstream.h"

#include <charconv>
#include <cstdio>
#include <memory>
#include <queue>
#include <unordered_map>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include "base/async.h"
#include "base/strings.h"
#include "script.h"

namespace patchbay::bench {
namespace {

using asio::ip::tcp;
using Failure = boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

std::string chunk(std::string_view bytes) {
    return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

/// Every event that was ever sent, in its chunk: formatting them anew would only heat the machine.
const std::string& eventChunk(std::size_t index) {
    static std::vector<std::string> chunks;
    while (chunks.size() <= index)
        chunks.push_back(chunk(StreamScript::event(chunks.size())));
    return chunks[index];
}

const std::string& plainAnswer(const PlainScript& script) {
    static std::unordered_map<std::size_t, std::string> answers;
    std::string& answer = answers[script.replyBytes];
    if (answer.empty()) {
        const std::string body = script.replyBody();
        answer = fmt::format("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                             body.size(), body);
    }
    return answer;
}

class Connection;

/// Wakes each stream when its next event is due. One timer for all: a thousand timers would be the upstream's main
/// work.
class Pacer {
public:
    explicit Pacer(asio::io_context& context) : m_timer(context) {}

    void wakeAt(SteadyClock::time_point due, std::shared_ptr<Connection> connection) {
        const bool earliest = m_due.empty() || due < m_due.top().at;
        m_due.push({due, std::move(connection)});
        if (earliest && !m_running)
            arm();
    }
    /// Streams begin at different moments of the period, as real ones do.
    SteadyClock::duration phase(SteadyClock::duration period) { return period * (m_streams++ * 37 % 100) / 100; }

private:
    struct Due {
        SteadyClock::time_point at;
        std::shared_ptr<Connection> connection;
        bool operator<(const Due& other) const { return at > other.at; }
    };
    void arm() {
        m_timer.expires_at(m_due.top().at);
        m_timer.async_wait([this](Failure failure) {
            if (!failure)
                run();
        });
    }
    void run();

    asio::steady_timer m_timer;
    std::priority_queue<Due> m_due;
    std::size_t m_streams = 0;
    bool m_running = false;
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(tcp::socket socket, Pacer& pacer) : m_socket(std::move(socket)), m_pacer(pacer) {
        Failure ignored;
        m_socket.set_option(tcp::no_delay(true), ignored);
        m_socket.non_blocking(true, ignored);
    }

    void readMore() {
        m_input.resize(m_used + 4096);
        m_socket.async_read_some(asio::buffer(m_input.data() + m_used, 4096),
                                 [self = shared_from_this()](Failure failure, std::size_t bytes) {
                                     if (failure)
                                         return; // the proxy closed the connection
                                     self->m_used += bytes;
                                     self->answerNext();
                                 });
    }

    void onDue(SteadyClock::time_point due) {
        if (m_sent >= m_stream.events) {
            finishStream();
            return;
        }
        m_pacer.wakeAt(due + m_period, shared_from_this());
        put(eventChunk(m_sent++));
    }

private:
    void answerNext() {
        const std::string_view input(m_input.data(), m_used);
        const std::size_t head = input.find("\r\n\r\n");
        if (head == std::string_view::npos)
            return readMore();
        const std::size_t total = head + 4 + contentLength(input.substr(0, head));
        if (input.size() < total)
            return readMore();
        const std::string_view body = input.substr(head + 4, total - head - 4);
        const auto plain = plainScriptIn(body);
        const auto stream = streamScriptIn(body);
        m_input.erase(0, total);
        m_used -= total;
        if (plain) {
            put(plainAnswer(*plain));
            readMore();
        } else if (stream) {
            beginStream(*stream);
        } else {
            put("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            readMore();
        }
    }

    static std::size_t contentLength(std::string_view head) {
        constexpr std::string_view kName = "content-length:";
        for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at + 2)) {
            const std::string_view line = head.substr(at + 2);
            if (line.size() <= kName.size() || !equalsIgnoreCase(line.substr(0, kName.size()), kName))
                continue;
            const std::string_view value = trim(line.substr(kName.size(), line.find("\r\n") - kName.size()));
            std::size_t length = 0;
            std::from_chars(value.data(), value.data() + value.size(), length);
            return length;
        }
        return 0;
    }

    void beginStream(const StreamScript& stream) {
        m_stream = stream;
        m_sent = 0;
        put("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
            "Transfer-Encoding: chunked\r\n\r\n" +
            chunk(StreamScript::opening()));
        if (stream.perSecond == 0)
            return flood();
        m_period = std::chrono::nanoseconds(std::chrono::seconds(1)) / stream.perSecond;
        m_pacer.wakeAt(SteadyClock::now() + m_pacer.phase(m_period), shared_from_this());
    }

    /// Writes event by event until the socket is full or it is the others' turn.
    void flood() {
        for (int i = 0; i < 8 && m_sent < m_stream.events && m_pending.empty(); ++i)
            put(eventChunk(m_sent++));
        if (m_sent >= m_stream.events)
            return finishStream();
        if (m_pending.empty())
            asio::post(m_socket.get_executor(), [self = shared_from_this()] { self->flood(); });
        else
            m_flooding = true; // the end of the write goes on
    }

    void finishStream() {
        put(chunk(StreamScript::closing(m_stream.events)) + "0\r\n\r\n");
        readMore();
    }

    void put(std::string_view bytes) {
        if (!m_pending.empty()) {
            m_pending += bytes;
            return;
        }
        Failure failure;
        const std::size_t written = m_socket.write_some(asio::buffer(bytes), failure);
        if (failure && failure != asio::error::would_block)
            return; // the next read tells
        if (written < bytes.size()) {
            m_pending = bytes.substr(written);
            writePending();
        }
    }

    void writePending() {
        m_writing = std::exchange(m_pending, " ");
        asio::async_write(m_socket, asio::buffer(m_writing), [self = shared_from_this()](Failure failure, std::size_t) {
            if (failure)
                return;
            // What was put meanwhile stands behind the mark that kept others from writing.
            self->m_pending.erase(0, 1);
            if (!self->m_pending.empty())
                self->writePending();
            else if (std::exchange(self->m_flooding, false))
                self->flood();
        });
    }

    tcp::socket m_socket;
    Pacer& m_pacer;
    std::string m_input;
    std::size_t m_used = 0;
    std::string m_pending; ///< not empty while a write is under way
    std::string m_writing;
    StreamScript m_stream;
    std::size_t m_sent = 0;
    SteadyClock::duration m_period{};
    bool m_flooding = false;
};

void Pacer::run() {
    m_running = true;
    const auto now = SteadyClock::now();
    while (!m_due.empty() && m_due.top().at <= now) {
        const Due due = m_due.top();
        m_due.pop();
        due.connection->onDue(due.at);
    }
    m_running = false;
    if (!m_due.empty())
        arm();
}

void acceptNext(tcp::acceptor& acceptor, Pacer& pacer) {
    acceptor.async_accept([&acceptor, &pacer](Failure failure, tcp::socket socket) {
        if (!failure)
            std::make_shared<Connection>(std::move(socket), pacer)->readMore();
        acceptNext(acceptor, pacer);
    });
}

} // namespace

int runUpstream() {
    asio::io_context context(1);
    tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    Pacer pacer(context);
    acceptNext(acceptor, pacer);
    std::printf("%d\n", acceptor.local_endpoint().port());
    std::fflush(stdout);
    context.run();
    return 0;
}

} // namespace patchbay::bench
