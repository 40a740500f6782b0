#include <array>
#include <memory>
#include <stdexcept>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "base/async.h"
#include "load.h"
#include "reply_reader.h"

namespace patchbay::bench {
namespace {

using asio::ip::tcp;
using Failure = boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

struct Work {
    std::size_t notOpen;
    std::size_t running;
    const std::function<void()>& whenOpen;
};

class Listener {
public:
    Listener(asio::io_context& context, Work& work, std::size_t events)
        : m_socket(context), m_work(work), m_check(events) {}

    void ask(Destination to, const std::string& request) {
        m_socket.async_connect({asio::ip::address_v4::loopback(), to.port}, [this, &request](Failure failure) {
            require(failure);
            m_socket.non_blocking(true);
            if (m_socket.write_some(asio::buffer(request)) != request.size())
                throw std::runtime_error("a request did not fit into the socket");
            read();
        });
    }

private:
    static void require(Failure failure) {
        if (failure)
            throw std::runtime_error("a stream's connection failed: " + failure.message());
    }

    void read() {
        m_socket.async_read_some(asio::buffer(m_buffer), [this](Failure failure, std::size_t bytes) {
            require(failure);
            const bool complete = m_reader.feed({m_buffer.data(), bytes}, m_body);
            const bool first = m_check.events() == 0;
            m_check.feed(m_body);
            if (first && m_check.events() > 0 && --m_work.notOpen == 0 && m_work.whenOpen)
                m_work.whenOpen();
            if (!complete)
                return read();
            m_check.finish();
            --m_work.running;
        });
    }

    tcp::socket m_socket;
    Work& m_work;
    ReplyReader m_reader;
    StreamCheck m_check;
    std::string m_body;
    std::array<char, 4096> m_buffer{};
};

} // namespace

std::chrono::nanoseconds runStreams(Destination to, StreamScript script, std::size_t streams,
                                    const std::function<void()>& whenOpen) {
    asio::io_context context(1);
    const std::string request = httpRequest(script.requestBody());
    Work work{streams, streams, whenOpen};
    std::vector<std::unique_ptr<Listener>> listeners;
    const auto begin = SteadyClock::now();
    for (std::size_t i = 0; i < streams; ++i) {
        listeners.push_back(std::make_unique<Listener>(context, work, script.events));
        listeners.back()->ask(to, request);
    }
    context.run();
    if (work.running != 0)
        throw std::runtime_error("streams were lost");
    return SteadyClock::now() - begin;
}

} // namespace patchbay::bench
