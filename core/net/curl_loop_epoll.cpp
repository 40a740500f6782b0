// Linux: all of curl's sockets in one epoll set, and that set's descriptor is watched by asio. A socket that curl
// opens, re-arms or drops costs one system call and no asio object.
#include <array>
#include <cerrno>

#include <sys/epoll.h>

#include <boost/asio/posix/stream_descriptor.hpp>

#include "net/socket_watch.h"

namespace patchbay {
namespace {

class EpollWatch final : public SocketWatch, public std::enable_shared_from_this<EpollWatch> {
public:
    EpollWatch(const asio::any_io_executor& executor, SocketListener& listener)
        : m_descriptor(executor, ::epoll_create1(EPOLL_CLOEXEC)), m_listener(&listener) {}

    void arm() {
        m_descriptor.async_wait(asio::posix::stream_descriptor::wait_read,
                                [self = shared_from_this()](boost::system::error_code failure) {
                                    if (!failure)
                                        self->dispatch();
                                });
    }

    void watch(curl_socket_t socket, int action, bool known) override {
        const int set = m_descriptor.native_handle();
        epoll_event event{};
        event.data.fd = socket;
        if (action == CURL_POLL_REMOVE) {
            // Fails when the socket is closed already; then the kernel has removed it.
            ::epoll_ctl(set, EPOLL_CTL_DEL, socket, &event);
            return;
        }
        event.events = ((action & CURL_POLL_IN) ? EPOLLIN : 0U) | ((action & CURL_POLL_OUT) ? EPOLLOUT : 0U);
        const int first = known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
        // A number that was closed and opened again behind our back is known under the other state.
        if (::epoll_ctl(set, first, socket, &event) != 0 && (errno == ENOENT || errno == EEXIST))
            ::epoll_ctl(set, known ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event);
    }

    void stop() override {
        m_listener = nullptr;
        boost::system::error_code ignored;
        m_descriptor.close(ignored);
    }

private:
    void dispatch() {
        if (!m_listener)
            return;
        std::array<epoll_event, 256> events;
        const int count = ::epoll_wait(m_descriptor.native_handle(), events.data(), events.size(), 0);
        for (int i = 0; i < count; ++i) {
            const auto& event = events[static_cast<std::size_t>(i)];
            const int mask = ((event.events & (EPOLLIN | EPOLLHUP)) ? CURL_CSELECT_IN : 0) |
                             ((event.events & EPOLLOUT) ? CURL_CSELECT_OUT : 0) |
                             ((event.events & EPOLLERR) ? CURL_CSELECT_ERR : 0);
            m_listener->onSocket(event.data.fd, mask);
        }
        arm();
        if (count > 0)
            m_listener->onBatchEnd();
    }

    asio::posix::stream_descriptor m_descriptor;
    SocketListener* m_listener;
};

} // namespace

std::shared_ptr<SocketWatch> makeSocketWatch(const asio::any_io_executor& executor, SocketListener& listener) {
    auto watch = std::make_shared<EpollWatch>(executor, listener);
    watch->arm();
    return watch;
}

} // namespace patchbay
