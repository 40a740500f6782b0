#include "net/http_client.h"

#include <charconv>
#include <unordered_map>

#include <fmt/format.h>

#include "net/os_proxy.h"
#include "net/transfer.h"

namespace patchbay {
namespace {

// Curl wants this once per process, before anything else; it cannot be undone while a resolver thread may still hang.
void initCurlOnce() {
    static const CURLcode outcome = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(outcome);
}

} // namespace

class HttpClient::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(const asio::any_io_executor& executor, Clock& clock, Options options)
        : m_context(std::make_shared<TransferContext>(executor, clock, std::move(options))), m_proxy(systemProxy()) {}

    void shutdown() {
        m_context->deadlines->stop();
        m_context->loop->shutdown();
        m_draining.clear();
    }

    Result<std::unique_ptr<Transfer>> start(WireRequest request, const HttpCallOptions& options) {
        auto target = splitUrl(request.url);
        if (!target)
            return makeError(ErrorCode::Configuration, "The URL is not an http or https address.",
                             "Write base_url as http://host:port/path or https://host/path.");
        std::string proxy, bypass;
        if (!options.loopbackOnly && options.proxy.empty()) {
            proxy = proxyFor(m_proxy, *target);
            bypass = m_proxy.bypass;
        } else if (!options.loopbackOnly && options.proxy != "none") {
            if (!isUsableProxy(options.proxy))
                return makeError(ErrorCode::Configuration, "The provider's proxy is not a usable address.",
                                 "Write it as http://host:port or socks5://host:port, or \"none\" for no proxy.");
            proxy = options.proxy;
        }
        auto transfer = std::make_unique<Transfer>(m_context, std::move(request), std::move(*target), options.timeouts,
                                                   options.loopbackOnly);
        if (auto started = transfer->start(proxy, bypass); !started)
            return started.error();
        return transfer;
    }

    void drain(std::unique_ptr<Transfer> transfer, Milliseconds limit) {
        if (m_context->loop->isShutdown())
            return;
        Transfer* key = transfer.get();
        m_draining.emplace(key, std::move(transfer));
        key->drain(limit, [this, key] { m_draining.erase(key); });
    }

private:
    std::shared_ptr<TransferContext> m_context;
    ProxySettings m_proxy;
    std::unordered_map<Transfer*, std::unique_ptr<Transfer>> m_draining;
};

namespace {

/// Hands a transfer that still runs to the client when it is released.
using Drain = std::function<void(std::unique_ptr<Transfer>, Milliseconds)>;

class CurlReply final : public HttpReply {
public:
    CurlReply(std::unique_ptr<Transfer> transfer, std::size_t maxBodyBytes, Drain drain)
        : m_transfer(std::move(transfer)), m_maxBodyBytes(maxBodyBytes), m_drain(std::move(drain)) {}

    const WireReplyHead& head() const override { return m_transfer->head(); }
    void markOutput() override { m_transfer->markOutput(); }

    awaitable<Result<std::string>> read() override {
        while (!m_transfer->hasBytes() && !m_transfer->over())
            co_await m_transfer->wait();
        if (m_transfer->hasBytes())
            co_return m_transfer->takeBytes();
        if (m_transfer->failure())
            co_return *m_transfer->failure();
        co_return std::string();
    }

    awaitable<Result<std::string>> readAll() override {
        std::string body;
        for (;;) {
            while (!m_transfer->hasBytes() && !m_transfer->over())
                co_await m_transfer->wait();
            if (!m_transfer->hasBytes())
                break;
            std::string bytes = m_transfer->takeBytes();
            if (body.size() + bytes.size() > m_maxBodyBytes) {
                m_transfer->close();
                Error error = makeError(ErrorCode::UpstreamFailed,
                                        fmt::format("The reply from {} is larger than {} bytes.",
                                                    m_transfer->target().hostAndPort(), m_maxBodyBytes),
                                        "Ask for less at a time.");
                error.retryable = false;
                co_return error;
            }
            if (body.empty()) {
                body = std::move(bytes);
                body.reserve(announcedLength());
            } else {
                body += bytes;
            }
        }
        if (m_transfer->failure())
            co_return *m_transfer->failure();
        co_return body;
    }

    void release(Milliseconds limit) override {
        if (!m_transfer->over())
            m_drain(std::move(m_transfer), limit);
    }

private:
    // Only a hint for how much memory to take, so a lie does no harm.
    std::size_t announcedLength() const {
        std::size_t length = 0;
        if (const std::string* text = findHeader(head().headers, "content-length"))
            std::from_chars(text->data(), text->data() + text->size(), length);
        return std::min({length, m_maxBodyBytes, std::size_t{1} << 20U});
    }

    std::unique_ptr<Transfer> m_transfer;
    std::size_t m_maxBodyBytes;
    Drain m_drain;
};

} // namespace

HttpClient::HttpClient(asio::any_io_executor executor, Clock& clock, Options options) {
    initCurlOnce();
    m_impl = std::make_shared<Impl>(executor, clock, std::move(options));
}

HttpClient::~HttpClient() {
    m_impl->shutdown();
}

awaitable<Result<std::unique_ptr<HttpReply>>> HttpClient::send(WireRequest request, HttpCallOptions options) {
    auto impl = m_impl;
    auto started = impl->start(std::move(request), options);
    if (!started)
        co_return started.error();
    std::unique_ptr<Transfer> transfer = std::move(*started);
    while (!transfer->headArrived() && !transfer->over())
        co_await transfer->wait();
    if (!transfer->headArrived())
        co_return *transfer->failure();
    const WireReplyHead& head = transfer->head();
    if (head.status >= 300 && head.status < 400) {
        const std::string* location = findHeader(head.headers, "location");
        co_return redirectError(head.status, location ? *location : std::string(), transfer->target());
    }
    Drain drain = [weak = std::weak_ptr(impl)](std::unique_ptr<Transfer> rest, Milliseconds limit) {
        if (auto owner = weak.lock())
            owner->drain(std::move(rest), limit);
    };
    std::unique_ptr<HttpReply> reply =
        std::make_unique<CurlReply>(std::move(transfer), options.maxBodyBytes, std::move(drain));
    co_return reply;
}

} // namespace patchbay
