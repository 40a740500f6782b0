// Short ways to ask an HttpClient in tests.
#pragma once

#include <string>
#include <vector>

#include "net/http_client.h"

namespace patchbay {

inline WireRequest getRequest(std::string url) {
    return {.method = "GET", .url = std::move(url)};
}

inline WireRequest postRequest(std::string url, std::string body) {
    return {.method = "POST",
            .url = std::move(url),
            .headers = {{"content-type", "application/json"}},
            .body = std::move(body)};
}

struct WholeReply {
    WireReplyHead head;
    std::string body;
};

/// Sends and reads everything with readAll().
inline awaitable<Result<WholeReply>> fetch(HttpClient& client, WireRequest request, HttpCallOptions options = {}) {
    auto reply = co_await client.send(std::move(request), std::move(options));
    if (!reply)
        co_return reply.error();
    auto body = co_await (*reply)->readAll();
    if (!body)
        co_return body.error();
    co_return WholeReply{(*reply)->head(), std::move(*body)};
}

struct Pieces {
    std::vector<std::string> reads;
    std::optional<Error> error;
    std::string text() const {
        std::string all;
        for (const std::string& piece : reads)
            all += piece;
        return all;
    }
};

/// Sends and reads piece by piece until the end or the error.
inline awaitable<Pieces> readPieces(HttpClient& client, WireRequest request, HttpCallOptions options = {}) {
    Pieces pieces;
    auto reply = co_await client.send(std::move(request), std::move(options));
    if (!reply) {
        pieces.error = reply.error();
        co_return pieces;
    }
    for (;;) {
        auto bytes = co_await (*reply)->read();
        if (!bytes) {
            pieces.error = bytes.error();
            break;
        }
        if (bytes->empty())
            break;
        pieces.reads.push_back(std::move(*bytes));
    }
    co_return pieces;
}

} // namespace patchbay
