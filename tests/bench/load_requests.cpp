#include "load.h"

#include <array>
#include <stdexcept>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "base/async.h"
#include "reply_reader.h"

namespace patchbay::bench {
namespace {

using asio::ip::tcp;
using Failure = boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

tcp::endpoint endpointOf(Destination to) {
    return {asio::ip::address_v4::loopback(), to.port};
}

void require(Failure failure) {
    if (failure)
        throw std::runtime_error("the connection failed: " + failure.message());
}

struct Work {
    std::string request;
    PlainCheck check;
    std::size_t toSend;
};

/// One connection that asks again as soon as it has its answer.
class Asker {
public:
    Asker(asio::io_context& context, Work& work) : m_socket(context), m_work(work) {}

    void connect(Destination to) {
        m_socket.connect(endpointOf(to));
        m_socket.set_option(tcp::no_delay(true));
        m_socket.non_blocking(true);
    }

    void ask() {
        if (m_work.toSend == 0)
            return;
        --m_work.toSend;
        // A request fits into an empty socket, so it never blocks.
        if (m_socket.write_some(asio::buffer(m_work.request)) != m_work.request.size())
            throw std::runtime_error("a request did not fit into the socket");
        read();
    }

private:
    void read() {
        m_socket.async_read_some(asio::buffer(m_buffer), [this](Failure failure, std::size_t bytes) {
            require(failure);
            if (!m_reader.feed({m_buffer.data(), bytes}, m_body))
                return read();
            m_work.check.check(m_body);
            m_body.clear();
            m_reader.reset();
            ask();
        });
    }

    tcp::socket m_socket;
    Work& m_work;
    ReplyReader m_reader;
    std::string m_body;
    std::array<char, 8192> m_buffer{};
};

std::chrono::nanoseconds askOnce(tcp::socket& socket, const std::string& request, PlainCheck& check) {
    ReplyReader reader;
    std::string body;
    std::array<char, 8192> buffer;
    const auto begin = SteadyClock::now();
    asio::write(socket, asio::buffer(request));
    while (!reader.feed({buffer.data(), socket.read_some(asio::buffer(buffer))}, body)) {
    }
    const auto took = SteadyClock::now() - begin;
    check.check(body);
    return took;
}

} // namespace

std::chrono::nanoseconds runRequests(Destination to, PlainScript script, std::size_t requests,
                                     std::size_t concurrency) {
    asio::io_context context(1);
    Work work{httpRequest(script.requestBody()), PlainCheck(script, to.fidelity), requests};
    std::vector<std::unique_ptr<Asker>> askers;
    for (std::size_t i = 0; i < concurrency; ++i) {
        askers.push_back(std::make_unique<Asker>(context, work));
        askers.back()->connect(to);
    }
    const auto begin = SteadyClock::now();
    for (const auto& asker : askers)
        asker->ask();
    context.run();
    return SteadyClock::now() - begin;
}

std::vector<std::vector<std::chrono::nanoseconds>> runAlternating(const std::vector<Destination>& destinations,
                                                                  PlainScript script, std::size_t requests) {
    asio::io_context context(1);
    const std::string request = httpRequest(script.requestBody());
    std::vector<tcp::socket> sockets;
    std::vector<PlainCheck> checks;
    for (const Destination& to : destinations) {
        sockets.emplace_back(context).connect(endpointOf(to));
        sockets.back().set_option(tcp::no_delay(true));
        checks.emplace_back(script, to.fidelity);
    }
    std::vector<std::vector<std::chrono::nanoseconds>> times(destinations.size());
    for (std::size_t round = 0; round < requests; ++round)
        for (std::size_t i = 0; i < destinations.size(); ++i)
            times[i].push_back(askOnce(sockets[i], request, checks[i]));
    return times;
}

bool isHealthy(std::uint16_t port) {
    asio::io_context context(1);
    tcp::socket socket(context);
    Failure failure;
    socket.connect(endpointOf({port}), failure);
    if (failure)
        return false;
    asio::write(socket, asio::buffer(std::string_view("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")));
    ReplyReader reader;
    std::string body;
    std::array<char, 1024> buffer;
    while (!reader.feed({buffer.data(), socket.read_some(asio::buffer(buffer))}, body)) {
    }
    return true; // the reader throws at anything but 200
}

} // namespace patchbay::bench
