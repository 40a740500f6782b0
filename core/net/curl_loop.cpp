#include "net/curl_loop.h"

#include <boost/asio/post.hpp>

namespace patchbay {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kMaxSpareHandles = 128;
// Curl counts busy connections against its pool's limit, so the limit follows the number of transfers, in such steps.
constexpr std::size_t kPoolStep = 64;

} // namespace

CurlLoop::CurlLoop(asio::any_io_executor executor, std::size_t maxIdleConnections)
    : m_executor(std::move(executor)), m_multi(curl_multi_init()),
      m_watch(makeSocketWatch(m_executor, static_cast<SocketListener&>(*this))), m_timer(m_executor),
      m_maxIdle(maxIdleConnections) {
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &CurlLoop::socketCallback);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &CurlLoop::timerCallback);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    // HTTP/2 is off on purpose: there a cancelled transfer leaves the connection open and the vendor generating.
    curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
    adjustPool(0);
}

CurlLoop::~CurlLoop() {
    shutdown();
}

void CurlLoop::shutdown() {
    if (!m_multi)
        return;
    while (!m_active.empty())
        m_active.front().onShutdown(); // removes itself
    while (!m_ready.empty()) {
        LoopItem& item = m_ready.front();
        m_ready.pop_front();
        item.onShutdown();
    }
    CURLM* multi = std::exchange(m_multi, nullptr);
    for (CURL* easy : m_spare)
        curl_easy_cleanup(easy);
    m_spare.clear();
    curl_multi_cleanup(multi); // closes the idle connections; still calls socketCallback
    m_watch->stop();
    m_timer.cancel();
}

CURL* CurlLoop::acquire(bool& fresh) {
    fresh = m_spare.empty();
    if (fresh)
        return curl_easy_init();
    CURL* easy = m_spare.back();
    m_spare.pop_back();
    return easy;
}

void CurlLoop::recycle(CURL* easy) {
    if (m_multi && m_spare.size() < kMaxSpareHandles)
        m_spare.push_back(easy);
    else
        curl_easy_cleanup(easy);
}

CURLMcode CurlLoop::add(CURL* easy, LoopItem& item) {
    m_holdTimer = true; // curl asks for a call "now"; it gets one below
    if (const CURLMcode failure = curl_multi_add_handle(m_multi, easy); failure != CURLM_OK) {
        m_holdTimer = false;
        armTimer();
        return failure;
    }
    m_active.push_back(item);
    adjustPool(1);
    // On a pooled connection this writes the request at once, without another turn of the event loop.
    int running = 0;
    curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &running);
    m_holdTimer = false;
    armTimer();
    collectFinished();
    // What became ready may belong to other coroutines; they must not run inside this one.
    if (!m_ready.empty() && !m_pumping)
        postPump();
    return CURLM_OK;
}

void CurlLoop::remove(CURL* easy, LoopItem& item) {
    static_cast<detail::ListHook<detail::ActiveTag>&>(item).unlink();
    curl_multi_remove_handle(m_multi, easy);
    adjustPool(-1);
}

void CurlLoop::markReady(LoopItem& item) {
    if (!static_cast<detail::ListHook<detail::ReadyTag>&>(item).is_linked())
        m_ready.push_back(item);
}

void CurlLoop::markReadyLater(LoopItem& item) {
    markReady(item);
    postPump();
}

void CurlLoop::onSocket(curl_socket_t socket, int mask) {
    if (!m_multi)
        return;
    int running = 0;
    curl_multi_socket_action(m_multi, socket, mask, &running);
}

void CurlLoop::onBatchEnd() {
    pump();
}

void CurlLoop::onTimer() {
    m_armed = SteadyClock::time_point::max();
    if (!m_multi || m_wanted == SteadyClock::time_point::max())
        return;
    // Curl announces a later deadline only once; if the timer was still set to an earlier one, go on waiting.
    if (SteadyClock::now() < m_wanted) {
        armTimer();
        return;
    }
    m_wanted = SteadyClock::time_point::max();
    int running = 0;
    curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &running);
    // Nothing was due after all (rounding): curl believes the timer to be still armed and does not ask again.
    long left = -1;
    if (m_wanted == SteadyClock::time_point::max() && curl_multi_timeout(m_multi, &left) == CURLM_OK && left >= 0) {
        m_wanted = SteadyClock::now() + std::chrono::milliseconds(left);
        armTimer();
    }
    pump();
}

void CurlLoop::armTimer() {
    if (m_holdTimer || m_armed <= m_wanted)
        return;
    m_armed = m_wanted;
    m_timer.expires_at(m_wanted);
    m_timer.async_wait([weak = weak_from_this()](boost::system::error_code failure) {
        if (failure)
            return; // re-armed or shut down
        if (auto self = weak.lock())
            self->onTimer();
    });
}

void CurlLoop::postPump() {
    if (m_pumpPosted)
        return;
    m_pumpPosted = true;
    asio::post(m_executor, [weak = weak_from_this()] {
        if (auto self = weak.lock()) {
            self->m_pumpPosted = false;
            self->pump();
        }
    });
}

void CurlLoop::pump() {
    if (m_pumping || !m_multi)
        return;
    struct Guard {
        std::shared_ptr<CurlLoop> self;
        ~Guard() { self->m_pumping = false; }
    } guard{shared_from_this()};
    m_pumping = true;
    for (;;) {
        collectFinished();
        if (m_ready.empty())
            return;
        LoopItem& item = m_ready.front();
        m_ready.pop_front();
        item.onReady();
    }
}

void CurlLoop::collectFinished() {
    int left = 0;
    while (CURLMsg* message = m_multi ? curl_multi_info_read(m_multi, &left) : nullptr) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode outcome = message->data.result;
        char* owner = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
        reinterpret_cast<LoopItem*>(owner)->onFinished(outcome);
    }
}

void CurlLoop::adjustPool(std::ptrdiff_t change) {
    m_activeCount = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(m_activeCount) + change);
    const auto limit = static_cast<long>(m_maxIdle + (m_activeCount + kPoolStep - 1) / kPoolStep * kPoolStep);
    if (limit == m_poolLimit)
        return;
    m_poolLimit = limit;
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, limit);
}

int CurlLoop::socketCallback(CURL*, curl_socket_t socket, int action, void* self, void* known) {
    auto& loop = *static_cast<CurlLoop*>(self);
    loop.m_watch->watch(socket, action, known != nullptr);
    if (loop.m_multi && !known && action != CURL_POLL_REMOVE)
        curl_multi_assign(loop.m_multi, socket, &loop);
    return 0;
}

int CurlLoop::timerCallback(CURLM*, long milliseconds, void* self) {
    auto& loop = *static_cast<CurlLoop*>(self);
    if (milliseconds < 0) {
        loop.m_wanted = SteadyClock::time_point::max(); // the armed timer, if any, will find nothing to do
        return 0;
    }
    loop.m_wanted = SteadyClock::now() + std::chrono::milliseconds(milliseconds);
    loop.armTimer();
    return 0;
}

} // namespace patchbay
