// One client socket: what was read and not used yet, a read that is always under way while someone wants bytes or a
// handler runs (so that a disconnect is noticed), writing that suspends only when the socket is full, and one deadline
// that the server's sweep looks at. No timer per operation: arming one costs a system call.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "base/async.h"
#include "base/clock.h"
#include "http/input_buffer.h"
#include "http/waiter.h"

namespace patchbay::http {

/// At most three pieces that leave in one scatter write.
class OutBuffers {
public:
    OutBuffers(std::string_view first, std::string_view second = {}, std::string_view third = {})
        : m_parts{asio::const_buffer(first.data(), first.size()), asio::const_buffer(second.data(), second.size()),
                  asio::const_buffer(third.data(), third.size())} {}

    const std::array<asio::const_buffer, 3>& parts() const { return m_parts; }
    bool empty() const { return asio::buffer_size(m_parts) == 0; }
    void consume(std::size_t bytes);

private:
    std::array<asio::const_buffer, 3> m_parts;
};

class Channel : public std::enable_shared_from_this<Channel> {
public:
    using Socket = asio::ip::tcp::socket;
    enum class Sent { All, Part, Failed };

    Channel(Socket socket, Milliseconds writeTimeout) : m_socket(std::move(socket)), m_writeTimeout(writeTimeout) {}
    virtual ~Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    Socket& socket() { return m_socket; }
    InputBuffer& input() { return m_input; }

    /// Starts a read of up to `bytes` unless one is under way, the input has ended or was detached.
    void arm(std::size_t bytes);
    /// Turns a read that is under way into one that holds no buffer (a thousand streams must not each keep one for what
    /// never comes). For what lasts: a quick request is cheaper with the buffer ready.
    void thin();
    /// co_await this: returns when input() grew, or ended() or timedOut() became true.
    auto nextInput(std::size_t bytes) {
        m_timedOut = false;
        m_unsuspended = 0;
        arm(bytes);
        return m_inputWaiter.wait();
    }
    bool waitingForInput() const { return m_inputWaiter.waiting(); }
    bool ended() const { return m_ended; } ///< the peer closed, half-closed or reset, or we closed
    bool timedOut() const { return m_timedOut; }
    /// Ends reading, so that something else (a WebSocket) may read the socket. False: the peer is gone.
    awaitable<bool> detachInput();
    /// When the other reader has finished.
    void reattachInput() { m_detached = false; }

    /// Writes what the socket takes at once and consumes it from `buffers`. After Part, co_await flush(buffers).
    Sent trySend(OutBuffers& buffers);
    /// Writes the rest. Not ended by the caller's cancellation (half a chunk would ruin the stream), but by the peer's
    /// going, by close() and when nothing moves for the write timeout. False: nobody is there any more.
    awaitable<bool> flush(OutBuffers buffers);
    /// True now and then when a coroutine has gone on for long without suspending; it should then yield.
    bool shouldYield();

    void setDeadline(Milliseconds fromNow) { m_deadline = std::chrono::steady_clock::now() + fromNow; }
    void setDeadline(SteadyTime at) { m_deadline = at; }
    void clearDeadline() { m_deadline = SteadyTime::max(); }
    bool isExpired(SteadyTime now) const { return now >= m_deadline; }
    /// Called by the sweep: wakes who waits for input, else (a stalled write) closes.
    void expire();

    /// Shuts the sending side and reads on for a moment, so that the peer gets the last answer instead of a reset.
    awaitable<void> lingerClose(Milliseconds timeout);
    void close();

protected:
    /// Bytes arrived, or the input ended, while nobody was waiting for it.
    virtual void onUnawaitedInput() = 0;

private:
    template <class Owner, void (Owner::*)(const boost::system::error_code&, std::size_t)> friend class OwnedCompletion;

    void onRead(const boost::system::error_code& error, std::size_t bytes);
    void waitReadable();
    void onReadable(const boost::system::error_code& error, std::size_t);
    void onWritten(const boost::system::error_code& error, std::size_t bytes);
    void onNothingToRead(const boost::system::error_code&, std::size_t) { onRead(asio::error::eof, 0); }
    void dropWaiters();

    Socket m_socket;
    InputBuffer m_input;
    Waiter m_inputWaiter;
    Waiter m_writeWaiter;
    boost::system::error_code m_writeError;
    std::size_t m_written = 0;
    SteadyTime m_deadline = SteadyTime::max();
    Milliseconds m_writeTimeout;
    std::size_t m_unsuspended = 0;
    bool m_reading = false;
    bool m_ended = false;
    bool m_timedOut = false;
    bool m_detached = false;
    bool m_thinning = false;
};

} // namespace patchbay::http
