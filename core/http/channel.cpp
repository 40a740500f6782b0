#include "http/channel.h"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

namespace patchbay::http {
namespace {

/// How much a peer may still send after it was refused; reading on for ever would be a gift to an attacker.
constexpr std::size_t kLingerLimit = 4U << 20U;
constexpr std::size_t kThinRead = 4096;
constexpr std::size_t kLingerRead = 64U << 10U;
/// So many writes without suspending, and it is the others' turn.
constexpr std::size_t kUnsuspendedWrites = 64;

} // namespace

void OutBuffers::consume(std::size_t bytes) {
    for (asio::const_buffer& part : m_parts) {
        const std::size_t take = std::min(bytes, part.size());
        part += take;
        bytes -= take;
    }
}

void Channel::arm(std::size_t bytes) {
    if (m_reading || m_ended || m_detached) {
        // Whoever waits for input that cannot come any more must still be woken.
        if (m_ended && !m_reading) {
            m_reading = true;
            asio::post(m_socket.get_executor(),
                       OwnedCompletion<Channel, &Channel::onNothingToRead>(shared_from_this()));
        }
        return;
    }
    m_reading = true;
    m_socket.async_read_some(m_input.prepare(bytes), OwnedCompletion<Channel, &Channel::onRead>(shared_from_this()));
}

void Channel::onWritten(const boost::system::error_code& error, std::size_t bytes) {
    m_writeError = error;
    m_written = bytes;
    m_writeWaiter.notify();
}

void Channel::dropWaiters() {
    const auto keepAlive = shared_from_this();
    m_inputWaiter.drop();
    m_writeWaiter.drop();
}

void Channel::thin() {
    if (!m_reading || m_ended || m_detached)
        return;
    m_thinning = true;
    boost::system::error_code ignored; // a closed socket has nothing to cancel, its read ends by itself
    m_socket.cancel(ignored);
}

void Channel::waitReadable() {
    m_reading = true;
    m_input.releaseIfEmpty();
    m_socket.async_wait(Socket::wait_read, OwnedCompletion<Channel, &Channel::onReadable>(shared_from_this()));
}

void Channel::onReadable(const boost::system::error_code& error, std::size_t) {
    boost::system::error_code failure = error;
    std::size_t bytes = 0;
    if (!failure)
        bytes = m_socket.read_some(m_input.prepare(kThinRead), failure);
    if (failure == asio::error::would_block || failure == asio::error::try_again) {
        waitReadable();
        return;
    }
    onRead(failure, bytes);
}

void Channel::onRead(const boost::system::error_code& error, std::size_t bytes) {
    m_reading = false;
    const bool thinned = std::exchange(m_thinning, false) && error == asio::error::operation_aborted;
    if (thinned && !m_ended && !m_detached) {
        waitReadable();
        return;
    }
    if (!error)
        m_input.commit(bytes);
    else if (!m_detached || error != asio::error::operation_aborted)
        m_ended = true;
    if (m_inputWaiter.waiting())
        m_inputWaiter.notify();
    else if (!m_detached)
        onUnawaitedInput();
}

awaitable<bool> Channel::detachInput() {
    m_detached = true;
    if (m_reading) {
        boost::system::error_code ignored; // a closed socket has nothing to cancel, its read ends by itself
        m_socket.cancel(ignored);
        co_await m_inputWaiter.wait();
    }
    co_return !m_ended && m_socket.is_open();
}

Channel::Sent Channel::trySend(OutBuffers& buffers) {
    boost::system::error_code error;
    ++m_unsuspended;
    buffers.consume(m_socket.write_some(buffers.parts(), error));
    if (error && error != asio::error::would_block && error != asio::error::try_again)
        return Sent::Failed;
    return buffers.empty() ? Sent::All : Sent::Part;
}

awaitable<bool> Channel::flush(OutBuffers buffers) {
    // Throwing between two pieces of one chunk would leave the stream torn.
    const bool throwing = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    bool alive = true;
    while (alive && !buffers.empty()) {
        setDeadline(m_writeTimeout); // progress is what counts: a slow reader of a long answer is no dead one
        m_socket.async_write_some(buffers.parts(), OwnedCompletion<Channel, &Channel::onWritten>(shared_from_this()));
        co_await m_writeWaiter.wait();
        buffers.consume(m_written);
        alive = !m_writeError;
    }
    clearDeadline();
    m_unsuspended = 0;
    co_await asio::this_coro::throw_if_cancelled(throwing);
    co_return alive;
}

bool Channel::shouldYield() {
    if (m_unsuspended < kUnsuspendedWrites)
        return false;
    m_unsuspended = 0;
    return true;
}

void Channel::expire() {
    clearDeadline();
    if (!m_inputWaiter.waiting()) {
        close();
        return;
    }
    m_timedOut = true;
    m_inputWaiter.notify();
}

awaitable<void> Channel::lingerClose(Milliseconds timeout) {
    boost::system::error_code error;
    m_socket.shutdown(Socket::shutdown_send, error);
    if (error || m_detached) {
        close();
        co_return;
    }
    setDeadline(timeout);
    std::size_t drained = m_input.size();
    m_input.clear();
    while (!m_ended && drained < kLingerLimit) {
        co_await nextInput(kLingerRead);
        if (m_timedOut)
            break;
        drained += m_input.size();
        m_input.clear();
    }
    close();
}

void Channel::close() {
    clearDeadline();
    boost::system::error_code ignored; // nothing can be done about a close that fails
    m_socket.close(ignored);
    m_ended = true;
}

} // namespace patchbay::http
