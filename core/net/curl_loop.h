// Drives curl's multi handle from asio: sockets, curl's own timer, finished transfers. Curl's callbacks only take
// notes; coroutines are resumed after curl has returned, since no function of curl may be called from inside its
// callbacks.
#pragma once

#include <memory>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <curl/curl.h>

#include "net/socket_watch.h"

namespace patchbay {

namespace detail {
struct ReadyTag;
struct ActiveTag;
template <class Tag>
using ListHook = boost::intrusive::list_base_hook<boost::intrusive::tag<Tag>,
                                                  boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;
template <class T, class Tag>
using HookedList =
    boost::intrusive::list<T, boost::intrusive::base_hook<ListHook<Tag>>, boost::intrusive::constant_time_size<false>>;
} // namespace detail

/// What the loop knows of a transfer. Leaves the loop's lists when destroyed.
class LoopItem : public detail::ListHook<detail::ReadyTag>, public detail::ListHook<detail::ActiveTag> {
public:
    virtual ~LoopItem() = default;
    /// Curl is done with the easy handle; the item takes it out with remove(). Must not run foreign code.
    virtual void onFinished(CURLcode outcome) = 0;
    /// After markReady: foreign code may run, and this object may be gone afterwards.
    virtual void onReady() = 0;
    /// The loop ends: the easy handle, if any, must be given up now, and whoever waits be told. Must not run foreign
    /// code.
    virtual void onShutdown() = 0;
};

class CurlLoop final : public std::enable_shared_from_this<CurlLoop>, private SocketListener {
public:
    CurlLoop(asio::any_io_executor executor, std::size_t maxIdleConnections);
    ~CurlLoop() override;
    CurlLoop(const CurlLoop&) = delete;
    CurlLoop& operator=(const CurlLoop&) = delete;

    /// After this no item is driven any more, and every item has heard of it.
    void shutdown();
    bool isShutdown() const { return m_multi == nullptr; }

    /// A handle with whatever options its last user left, or a new one (`fresh` is then true).
    CURL* acquire(bool& fresh);
    /// Takes back a handle whose transfer ended well.
    void recycle(CURL* easy);

    /// Starts the transfer; CURLOPT_PRIVATE must be the item (as a LoopItem*).
    CURLMcode add(CURL* easy, LoopItem& item);
    /// Takes a transfer out. The connection of an unfinished one is closed now; a finished one's goes to the pool.
    void remove(CURL* easy, LoopItem& item);
    /// onReady will be called once curl has returned. Allowed in curl's callbacks.
    void markReady(LoopItem& item);
    /// The same for callers outside of curl: onReady is called from the event loop.
    void markReadyLater(LoopItem& item);

private:
    void onSocket(curl_socket_t socket, int mask) override;
    void onBatchEnd() override;
    void onTimer();
    void armTimer();
    void collectFinished();
    void postPump();
    void pump();
    void adjustPool(std::ptrdiff_t change);
    static int socketCallback(CURL*, curl_socket_t socket, int action, void* self, void* known);
    static int timerCallback(CURLM*, long milliseconds, void* self);

    asio::any_io_executor m_executor;
    CURLM* m_multi;
    std::shared_ptr<SocketWatch> m_watch;
    asio::steady_timer m_timer;
    std::chrono::steady_clock::time_point m_wanted = std::chrono::steady_clock::time_point::max(); // curl's deadline
    std::chrono::steady_clock::time_point m_armed = std::chrono::steady_clock::time_point::max();  // the timer's
    detail::HookedList<LoopItem, detail::ReadyTag> m_ready;
    detail::HookedList<LoopItem, detail::ActiveTag> m_active;
    std::vector<CURL*> m_spare;
    std::size_t m_maxIdle;
    std::size_t m_activeCount = 0;
    long m_poolLimit = 0;
    bool m_holdTimer = false;
    bool m_pumping = false;
    bool m_pumpPosted = false;
};

} // namespace patchbay
