#include "net/transfer.h"

#include <fmt/format.h>

#include "net/os_socket.h"

namespace patchbay {
namespace {

// A reader that falls further behind makes us stop reading the socket.
constexpr std::size_t kPauseAbove = 64U << 10U;
constexpr std::size_t kMaxHeadBytes = 256U << 10U;
constexpr std::size_t kMaxDrainedBytes = 64U << 10U;
// A compressed reply may grow this far; past it, only by a factor that real text reaches.
constexpr std::uint64_t kFreeGrowth = 8U << 20U;
constexpr std::uint64_t kMaxGrowthFactor = 128;
// Curl's own connect timeout runs on real time and a little later than ours, in case ours is driven by a stopped clock.
constexpr Milliseconds kConnectBackstop{1000};

} // namespace

Transfer::Transfer(std::shared_ptr<TransferContext> context, WireRequest request, UrlParts target,
                   HttpTimeouts timeouts, bool loopbackOnly)
    : m_context(std::move(context)), m_request(std::move(request)), m_target(std::move(target)), m_timeouts(timeouts),
      m_slot([this] { close(); }), m_loopbackOnly(loopbackOnly) {
}

Transfer::~Transfer() {
    close();
}

Result<void> Transfer::start(const std::string& proxy, const std::string& bypass) {
    if (m_context->loop->isShutdown())
        return makeError(ErrorCode::Unavailable, "The HTTP client is shut down.",
                         "Patchbay is stopping; ask again later.");
    if (auto assigned = m_headers.assign(m_request); !assigned)
        return assigned.error();
    bool fresh = false;
    m_easy = m_context->loop->acquire(fresh);
    if (!m_easy)
        return transferError(CURLE_OUT_OF_MEMORY, {.target = m_target});
    if (fresh)
        applyLastingOptions(m_easy, m_context->options.caFile, m_context->options.userAgent);
    installCallbacks();
    m_throughProxy = !proxy.empty();
    curl_easy_setopt(m_easy, CURLOPT_PROXY, proxy.c_str()); // "" keeps curl from looking into the environment itself
    curl_easy_setopt(m_easy, CURLOPT_NOPROXY, bypass.c_str());
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>((m_timeouts.connect + kConnectBackstop).count()));
    if (const CURLcode outcome = applyRequest(m_easy, m_request, m_headers); outcome != CURLE_OK) {
        curl_easy_cleanup(std::exchange(m_easy, nullptr));
        return transferError(outcome, {.target = m_target});
    }
    m_started = m_context->clock.now();
    if (m_context->loop->add(m_easy, *this) != CURLM_OK) {
        curl_easy_cleanup(std::exchange(m_easy, nullptr));
        return transferError(CURLE_OUT_OF_MEMORY, {.target = m_target});
    }
    watchClocks();
    return {};
}

void Transfer::installCallbacks() {
    curl_easy_setopt(m_easy, CURLOPT_PRIVATE, static_cast<LoopItem*>(this));
    curl_easy_setopt(m_easy, CURLOPT_ERRORBUFFER, m_errorText.data());
    curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, &Transfer::headerCallback);
    curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, &Transfer::writeCallback);
    curl_easy_setopt(m_easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_PREREQFUNCTION, &Transfer::prerequestCallback);
    curl_easy_setopt(m_easy, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_XFERINFOFUNCTION, &Transfer::progressCallback);
    curl_easy_setopt(m_easy, CURLOPT_XFERINFODATA, this);
    curl_easy_setopt(m_easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETFUNCTION,
                     m_loopbackOnly ? &Transfer::openSocketCallback : static_cast<curl_opensocket_callback>(nullptr));
    curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETDATA, this);
}

std::string Transfer::takeBytes() {
    std::string bytes;
    bytes.swap(m_buffer);
    if (m_easy && (m_timeouts.idle || m_timeouts.firstOutput)) {
        m_lastActivity = m_context->clock.now();
        watchClocks();
    }
    resume();
    return bytes;
}

void Transfer::resume() {
    if (!m_paused || !m_easy)
        return;
    m_paused = false; // the write callback runs inside the next call and may set it again
    if (const CURLcode outcome = curl_easy_pause(m_easy, CURLPAUSE_CONT); outcome != CURLE_OK)
        fail(m_failure ? *m_failure : errorOf(outcome));
}

void Transfer::close() {
    if (m_easy && !m_failure)
        m_failure = makeError(ErrorCode::Cancelled, "The call was cancelled.", "Send it again if it is still wanted.");
    release(false);
}

void Transfer::drain(Milliseconds limit, std::function<void()> onEnd) {
    m_draining = true;
    m_onDrained = std::move(onEnd);
    m_buffer.clear();
    m_bodyBytes = 0;
    m_timeouts.idle.reset();
    m_outputSeen = true;
    // The total clock does the work: it now ends `limit` from here.
    m_timeouts.total = std::chrono::duration_cast<Milliseconds>(m_context->clock.now() - m_started) + limit;
    resume();
    watchClocks();
}

void Transfer::release(bool endedWell) {
    if (!m_easy)
        return;
    CURL* easy = std::exchange(m_easy, nullptr);
    m_context->deadlines->remove(*this);
    m_context->loop->remove(easy, *this);
    if (endedWell)
        m_context->loop->recycle(easy);
    else
        curl_easy_cleanup(easy);
}

void Transfer::fail(Error error) {
    if (!m_easy)
        return;
    m_failure = std::move(error);
    release(false);
    m_slot.wakeLater();
}

Error Transfer::bombError() const {
    return makeError(ErrorCode::Malformed,
                     fmt::format("The compressed reply from {} grows without measure.", m_target.hostAndPort()),
                     "It was given up; look for a broken or hostile server.");
}

Error Transfer::errorOf(CURLcode outcome) {
    // While we are paused, curl decompresses into a buffer of its own and gives up at 64 MiB.
    if (m_encoded && outcome == CURLE_OUT_OF_MEMORY)
        return bombError();
    if (m_addressRefused) {
        Error error =
            makeError(ErrorCode::Unreachable,
                      fmt::format("{} is not on this machine or network, and offline mode is on.", m_target.host),
                      "Switch offline mode off, or choose a local model.");
        error.retryable = false;
        return error;
    }
    // Curl's word for a line over its limit of 100 KiB (CURLE_TOO_LARGE, 100, in newer versions).
    if (!m_headArrived && m_connected && (outcome == CURLE_OUT_OF_MEMORY || static_cast<int>(outcome) == 100))
        return makeError(ErrorCode::Malformed,
                         fmt::format("A header from {} is too long.", m_target.hostAndPort()),
                         "Does base_url name an HTTP API?");
    FailureScene scene{.target = m_target,
                       .detail = m_errorText.data(),
                       .throughProxy = m_throughProxy && !m_connected,
                       .headArrived = m_headArrived};
    long osError = 0, proxyStatus = 0;
    curl_easy_getinfo(m_easy, CURLINFO_OS_ERRNO, &osError);
    curl_easy_getinfo(m_easy, CURLINFO_HTTP_CONNECTCODE, &proxyStatus);
    scene.osError = static_cast<int>(osError);
    scene.proxyStatus = static_cast<int>(proxyStatus);
    return transferError(outcome, scene);
}

void Transfer::onFinished(CURLcode outcome) {
    if (outcome != CURLE_OK && !m_failure)
        m_failure = errorOf(outcome);
    else if (outcome == CURLE_OK && !m_headArrived)
        m_failure = transferError(CURLE_WEIRD_SERVER_REPLY, {.target = m_target});
    auto loop = m_context->loop;
    release(outcome == CURLE_OK);
    loop->markReady(*this);
}

void Transfer::onReady() {
    if (m_draining) {
        if (m_onDrained && (over() || m_bodyBytes > kMaxDrainedBytes))
            std::exchange(m_onDrained, nullptr)();
        return;
    }
    m_slot.wake();
}

void Transfer::onShutdown() {
    if (!m_easy) { // finished, but its reader has not heard of it yet
        m_slot.wakeLater();
        return;
    }
    fail(makeError(ErrorCode::Unavailable, "The HTTP client was shut down.", "Patchbay is stopping; ask again later."));
}

Transfer::NextClock Transfer::nextClock() const {
    NextClock next{m_started + m_timeouts.total, TransferClock::Total, m_timeouts.total};
    const auto consider = [&next](SteadyTime from, Milliseconds limit, TransferClock clock) {
        if (from + limit < next.time)
            next = {from + limit, clock, limit};
    };
    if (!m_connected)
        consider(m_started, m_timeouts.connect, TransferClock::Connect);
    if (m_sent && !m_headArrived && m_timeouts.headers)
        consider(m_sentAt, *m_timeouts.headers, TransferClock::Headers);
    // Bytes that wait for the reader are not the server's delay.
    if (!m_buffer.empty() || m_paused)
        return next;
    if (m_sent && !m_outputSeen && m_timeouts.firstOutput)
        consider(m_sentAt, *m_timeouts.firstOutput, TransferClock::FirstOutput);
    if (m_headArrived && m_timeouts.idle)
        consider(m_lastActivity, m_outputSeen ? *m_timeouts.idle : m_timeouts.firstIdle.value_or(*m_timeouts.idle),
                 TransferClock::Idle);
    return next;
}

void Transfer::watchClocks() {
    if (m_easy)
        m_context->deadlines->schedule(*this, nextClock().time);
}

SteadyTime Transfer::onDeadline(SteadyTime now) {
    if (!m_easy)
        return SteadyTime::max();
    const NextClock next = nextClock();
    if (now < next.time)
        return next.time;
    fail(clockError(next.clock, next.limit, m_target));
    if (m_onDrained)
        m_context->loop->markReadyLater(*this);
    return SteadyTime::max();
}

bool Transfer::takeHeaderLine(std::string_view line) {
    if (m_headArrived)
        return true; // trailers
    m_headBytes += line.size();
    if (m_headBytes > kMaxHeadBytes) {
        m_failure = makeError(ErrorCode::Malformed,
                              fmt::format("The headers from {} are larger than 256 KiB.", m_target.hostAndPort()),
                              "Does base_url name an HTTP API?");
        return false;
    }
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {
        long status = 0;
        curl_easy_getinfo(m_easy, CURLINFO_RESPONSE_CODE, &status);
        m_head.status = static_cast<int>(status);
        m_head.headers.clear();
        m_head.headers.reserve(16);
        return true;
    }
    if (line.empty()) {
        if (m_head.status < 100 || m_head.status > 599) {
            m_failure = makeError(ErrorCode::Malformed,
                                  fmt::format("{} answered with the status {}, which HTTP does not know.",
                                              m_target.hostAndPort(), m_head.status),
                                  "Does base_url name an HTTP API?");
            return false;
        }
        if (m_head.status < 200) // 100 Continue, 103 Early Hints: the real head follows
            return true;
        const std::string* encoding = findHeader(m_head.headers, "content-encoding");
        m_encoded = encoding && !encoding->empty() && *encoding != "identity";
        m_headArrived = true;
        if (m_timeouts.idle || !m_sent)
            m_lastActivity = m_context->clock.now();
        if (!m_sent) { // answered before all was read
            m_sent = true;
            m_sentAt = m_lastActivity;
        }
        watchClocks();
        m_context->loop->markReady(*this);
        return true;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0)
        return true;
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t'))
        value.remove_suffix(1);
    m_head.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
    return true;
}

bool Transfer::takeBody(std::string_view bytes) {
    m_bodyBytes += bytes.size();
    if (m_encoded && isBomb()) {
        m_failure = bombError();
        return false;
    }
    if (m_timeouts.idle)
        m_lastActivity = m_context->clock.now();
    if (!m_draining)
        m_buffer.append(bytes);
    m_context->loop->markReady(*this);
    return true;
}

bool Transfer::isBomb() {
    if (m_bodyBytes <= kFreeGrowth)
        return false;
    curl_off_t received = 0;
    curl_easy_getinfo(m_easy, CURLINFO_SIZE_DOWNLOAD_T, &received);
    return m_bodyBytes / kMaxGrowthFactor > static_cast<std::uint64_t>(received);
}

size_t Transfer::headerCallback(char* data, size_t size, size_t count, void* self) {
    return static_cast<Transfer*>(self)->takeHeaderLine({data, size * count}) ? size * count : 0;
}

size_t Transfer::writeCallback(char* data, size_t size, size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const size_t length = size * count;
    if (transfer.m_buffer.size() >= kPauseAbove) {
        transfer.m_paused = true;
        return CURL_WRITEFUNC_PAUSE; // curl keeps these bytes and gives them again
    }
    return transfer.takeBody({data, length}) ? length : (length ? 0 : 1);
}

int Transfer::progressCallback(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t sent) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (!transfer.m_connected || sent < static_cast<curl_off_t>(transfer.m_request.body.size()))
        return 0;
    if (!transfer.m_sent) {
        transfer.m_sent = true;
        if (transfer.m_timeouts.headers || transfer.m_timeouts.firstOutput) {
            transfer.m_sentAt = transfer.m_context->clock.now();
            transfer.watchClocks();
        }
    }
    curl_easy_setopt(transfer.m_easy, CURLOPT_NOPROGRESS, 1L); // what we wanted to know is known
    return 0;
}

int Transfer::prerequestCallback(void* self, char* remoteAddress, char*, int, int) {
    auto& transfer = *static_cast<Transfer*>(self);
    // A pooled connection was opened by a call that may have been allowed to go further.
    if (transfer.m_loopbackOnly && !isLocalAddress(remoteAddress)) {
        transfer.m_addressRefused = true;
        return CURL_PREREQFUNC_ABORT;
    }
    transfer.m_connected = true;
    return CURL_PREREQFUNC_OK;
}

curl_socket_t Transfer::openSocketCallback(void* self, curlsocktype, curl_sockaddr* address) {
    const curl_socket_t socket = openLocalSocket(*address);
    static_cast<Transfer*>(self)->m_addressRefused = socket == CURL_SOCKET_BAD;
    return socket;
}

} // namespace patchbay
