// One request on its way and its answer coming in: the state between curl's callbacks and the coroutine that reads.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include <curl/curl.h>

#include "net/curl_loop.h"
#include "net/deadline_queue.h"
#include "net/http_client.h"
#include "net/request_setup.h"
#include "net/transfer_errors.h"
#include "net/url_parts.h"
#include "net/wait_slot.h"

namespace patchbay {

/// What all transfers of a client share. Outlives the client while replies are still held.
struct TransferContext {
    TransferContext(const asio::any_io_executor& executor, Clock& clockIn, HttpClient::Options optionsIn)
        : clock(clockIn), options(std::move(optionsIn)),
          loop(std::make_shared<CurlLoop>(executor, options.maxIdleConnections)),
          deadlines(std::make_shared<DeadlineQueue>(executor, clock)) {}
    Clock& clock;
    HttpClient::Options options;
    std::shared_ptr<CurlLoop> loop;
    std::shared_ptr<DeadlineQueue> deadlines;
};

/// Destroying it before the end closes its socket at once.
class Transfer final : private LoopItem, private DeadlineEntry {
public:
    Transfer(std::shared_ptr<TransferContext> context, WireRequest request, UrlParts target, HttpTimeouts timeouts,
             bool loopbackOnly);
    ~Transfer() override;
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// `proxy` empty = direct. `bypass` as in CURLOPT_NOPROXY.
    Result<void> start(const std::string& proxy, const std::string& bypass);

    bool headArrived() const { return m_headArrived; }
    /// Over, well or not; buffered bytes may be left.
    bool over() const { return m_easy == nullptr; }
    const std::optional<Error>& failure() const { return m_failure; }
    const WireReplyHead& head() const { return m_head; }
    const UrlParts& target() const { return m_target; }

    bool hasBytes() const { return !m_buffer.empty(); }
    /// The bytes that have come in; goes on reading if the transfer was paused.
    std::string takeBytes();
    /// Suspends until the head, bytes, the end or a failure came.
    awaitable<void> wait() { return m_slot.wait(); }
    void markOutput() { m_outputSeen = true; }

    /// Closes the socket unless the reply is complete.
    void close();
    /// Reads to the end by itself and drops the bytes, for at most `limit`; `onEnd` is told when it is over. It may
    /// destroy this object.
    void drain(Milliseconds limit, std::function<void()> onEnd);

private:
    void onFinished(CURLcode outcome) override;
    void onReady() override;
    void onShutdown() override;
    SteadyTime onDeadline(SteadyTime now) override;

    struct NextClock {
        SteadyTime time;
        TransferClock clock;
        Milliseconds limit;
    };
    NextClock nextClock() const;
    void watchClocks();
    void fail(Error error);
    void release(bool endedWell);
    void resume();
    Error errorOf(CURLcode outcome);
    Error bombError() const;
    void installCallbacks();

    bool takeHeaderLine(std::string_view line);
    bool takeBody(std::string_view bytes);
    bool isBomb();
    static size_t headerCallback(char* data, size_t size, size_t count, void* self);
    static size_t writeCallback(char* data, size_t size, size_t count, void* self);
    static int progressCallback(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t sent);
    static int prerequestCallback(void* self, char* remoteAddress, char*, int, int);
    static curl_socket_t openSocketCallback(void* self, curlsocktype purpose, curl_sockaddr* address);

    std::shared_ptr<TransferContext> m_context;
    WireRequest m_request;
    HeaderList m_headers;
    UrlParts m_target;
    HttpTimeouts m_timeouts;
    CURL* m_easy = nullptr;
    WaitSlot m_slot;
    WireReplyHead m_head;
    std::string m_buffer;
    std::optional<Error> m_failure;
    std::function<void()> m_onDrained;
    SteadyTime m_started{};
    SteadyTime m_sentAt{};
    SteadyTime m_lastActivity{};
    std::size_t m_headBytes = 0;
    std::uint64_t m_bodyBytes = 0;
    std::array<char, CURL_ERROR_SIZE> m_errorText{};
    bool m_loopbackOnly;
    bool m_throughProxy = false;
    bool m_connected = false;
    bool m_sent = false;
    bool m_headArrived = false;
    bool m_outputSeen = false;
    bool m_encoded = false;
    bool m_paused = false;
    bool m_draining = false;
    bool m_addressRefused = false;
};

} // namespace patchbay
