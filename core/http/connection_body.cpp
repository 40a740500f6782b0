// How a connection receives request bodies: by length or in chunks, inflated, and given up when they are too large or
// too slow.
#include <algorithm>

#include <fmt/format.h>

#include "http/chunked_decoder.h"
#include "http/connection.h"
#include "http/content_decoder.h"

namespace patchbay::http {
namespace {

constexpr std::size_t kBodyRead = 64U << 10U;
constexpr std::size_t kSmallRead = 4096;
/// An announced length is believed up to here; beyond, memory grows with what really arrives.
constexpr std::uint64_t kReserve = 1U << 20U;
/// A refused request's body up to this size is read and dropped, so that the connection can be kept.
constexpr std::uint64_t kDiscardLimit = 64U << 10U;

Refusal tooLarge(std::size_t limit) {
    return refusal(413, ErrorCode::TooLarge, fmt::format("the request body is larger than {} bytes", limit),
                   "send less at once, or raise the body limit of the server");
}

} // namespace

awaitable<std::optional<Refusal>> Connection::moreBody(std::size_t bytes) {
    const ServerOptions& options = m_core->options();
    const auto rate = static_cast<std::int64_t>(std::max<std::size_t>(options.bodyMinimumRate, 1));
    const auto earned = Milliseconds(static_cast<std::int64_t>(m_bodyBytes) * 1000 / rate);
    setDeadline(
        std::min(std::chrono::steady_clock::now() + options.bodyTimeout, m_bodyStart + options.bodyTimeout + earned));
    const std::size_t before = input().size();
    co_await nextInput(bytes);
    m_bodyBytes += input().size() - before;
    clearDeadline();
    if (timedOut())
        co_return refusal(408, ErrorCode::Timeout, "the request body took too long", "send the body without delay");
    if (ended() && input().size() == before)
        co_return badRequest("the request body is incomplete");
    co_return std::nullopt;
}

awaitable<std::optional<Refusal>> Connection::receiveBody(std::shared_ptr<Request> request, MessageInfo info) {
    m_bodyStart = std::chrono::steady_clock::now();
    m_bodyBytes = 0;
    if (info.body == MessageInfo::Body::Length && info.contentLength > m_core->options().bodyLimit)
        co_return tooLarge(m_core->options().bodyLimit);
    if (info.expectsContinue && input().empty()) {
        if (!co_await sendPieces(OutBuffers("HTTP/1.1 100 Continue\r\n\r\n")))
            co_return badRequest("the client went away");
    }
    auto refused = info.body == MessageInfo::Body::Length ? co_await receiveLength(request, info.contentLength)
                                                          : co_await receiveChunks(request);
    if (!refused && info.coding != MessageInfo::Coding::Identity)
        refused = co_await decodeBody(request, info.coding);
    co_return refused;
}

awaitable<std::optional<Refusal>> Connection::receiveLength(std::shared_ptr<Request> request, std::uint64_t length) {
    request->body.reserve(std::min(length, kReserve));
    while (true) {
        const std::uint64_t missing = length - request->body.size();
        const std::string_view piece = input().view().substr(0, missing);
        request->body.append(piece);
        input().consume(piece.size());
        if (request->body.size() == length)
            co_return std::nullopt;
        // Never more than the body needs beyond the small read, so that pipelined bytes stay few.
        const std::uint64_t left = length - request->body.size();
        if (auto refused = co_await moreBody(std::clamp<std::uint64_t>(left, kSmallRead, kBodyRead)))
            co_return refused;
    }
}

awaitable<std::optional<Refusal>> Connection::receiveChunks(std::shared_ptr<Request> request) {
    const std::size_t limit = m_core->options().bodyLimit;
    ChunkedDecoder decoder(limit);
    while (true) {
        std::size_t used = 0;
        const ChunkedDecoder::State state = decoder.feed(input().view(), request->body, used);
        input().consume(used);
        if (state == ChunkedDecoder::State::Done)
            co_return std::nullopt;
        if (state == ChunkedDecoder::State::TooLarge)
            co_return tooLarge(limit);
        if (state == ChunkedDecoder::State::Malformed)
            co_return badRequest("the chunked body is malformed");
        if (auto refused = co_await moreBody(kBodyRead / 4))
            co_return refused;
    }
}

awaitable<std::optional<Refusal>> Connection::decodeBody(std::shared_ptr<Request> request, MessageInfo::Coding coding) {
    const std::string encoded = std::move(request->body);
    request->body.clear();
    const auto kind = coding == MessageInfo::Coding::Gzip ? ContentDecoder::Kind::Gzip : ContentDecoder::Kind::Deflate;
    ContentDecoder decoder(kind, encoded, m_core->options().bodyLimit);
    while (true) {
        switch (decoder.step(request->body)) {
        case ContentDecoder::State::Done:
            co_return std::nullopt;
        case ContentDecoder::State::Malformed:
            co_return badRequest("the body does not match its Content-Encoding");
        case ContentDecoder::State::TooLarge:
            request->body.clear();
            co_return tooLarge(m_core->options().bodyLimit);
        case ContentDecoder::State::More:
            co_await asio::post(m_core->executor(), asio::deferred);
        }
    }
}

awaitable<bool> Connection::discardBody(MessageInfo info) {
    if (info.body == MessageInfo::Body::None)
        co_return true;
    if (info.body == MessageInfo::Body::Chunked || info.contentLength > kDiscardLimit ||
        (info.expectsContinue && input().empty()))
        co_return false;
    m_bodyStart = std::chrono::steady_clock::now();
    m_bodyBytes = 0;
    co_return !co_await receiveLength(std::make_shared<Request>(), info.contentLength);
}

} // namespace patchbay::http
