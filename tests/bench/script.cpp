#include "script.h"

#include <charconv>

#include <fmt/format.h>

namespace patchbay::bench {
namespace {

constexpr std::string_view kChunk =
    R"(data: {{"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,"model":"bench",)"
    R"("choices":[{{"index":0,"delta":{},"finish_reason":{}}}]}})"
    "\n\n";

std::string plainReply(std::string_view text) {
    return fmt::format(
        R"({{"id":"chatcmpl-bench","object":"chat.completion","created":1700000000,"model":"bench","choices":[)"
        R"({{"index":0,"message":{{"role":"assistant","content":"{}","refusal":null}},"logprobs":null,)"
        R"("finish_reason":"stop"}}],"usage":{{"prompt_tokens":100,"completion_tokens":90,"total_tokens":190}}}})",
        text);
}

std::string plainRequest(std::string_view model, std::string_view words) {
    return fmt::format(R"({{"model":"{}","messages":[{{"role":"system","content":"Answer briefly."}},)"
                       R"({{"role":"user","content":"{}"}}],"temperature":0.2,"max_tokens":256}})",
                       model, words);
}

/// Words without anything that JSON would escape, so that a proxy that writes JSON anew writes the same bytes.
std::string filler(std::size_t bytes) {
    constexpr std::string_view kWords = "the quick brown fox jumps over the lazy dog and then it rests for a while ";
    std::string text;
    while (text.size() < bytes)
        text += kWords;
    text.resize(bytes);
    if (!text.empty())
        text.back() = '.';
    return text;
}

std::size_t padding(std::size_t wanted, std::size_t without) {
    return wanted > without ? wanted - without : 0;
}

/// The numbers behind `"model":"<prefix>`.
std::optional<std::pair<std::size_t, std::size_t>> numbersAfter(std::string_view body, std::string_view prefix) {
    const std::size_t at = body.find(prefix);
    if (at == std::string_view::npos)
        return std::nullopt;
    const char* const end = body.data() + body.size();
    std::pair<std::size_t, std::size_t> numbers{};
    auto read = std::from_chars(body.data() + at + prefix.size(), end, numbers.first);
    if (read.ec != std::errc())
        return std::nullopt;
    if (read.ptr != end && *read.ptr == '-')
        std::from_chars(read.ptr + 1, end, numbers.second);
    return numbers;
}

} // namespace

std::string PlainScript::model() const {
    return fmt::format("plain-{}", replyBytes);
}

std::string PlainScript::requestBody() const {
    return plainRequest(model(), filler(padding(requestBytes, plainRequest(model(), "").size())));
}

std::string PlainScript::replyText() const {
    return filler(padding(replyBytes, plainReply("").size()));
}

std::string PlainScript::replyBody() const {
    return plainReply(replyText());
}

std::string StreamScript::model() const {
    return fmt::format("stream-{}-{}", events, perSecond);
}

std::string StreamScript::requestBody() const {
    return fmt::format(R"({{"model":"{}","messages":[{{"role":"user","content":"{}"}}],"stream":true,)"
                       R"("stream_options":{{"include_usage":true}}}})",
                       model(), filler(300));
}

std::string StreamScript::piece(std::size_t index) {
    return fmt::format("word{:06} ", index);
}

std::string StreamScript::event(std::size_t index) {
    return fmt::format(kChunk, fmt::format(R"({{"content":"{}"}})", piece(index)), "null");
}

std::string StreamScript::opening() {
    return fmt::format(kChunk, R"({"role":"assistant","content":""})", "null");
}

std::string StreamScript::closing(std::size_t events) {
    return fmt::format(kChunk, "{}", R"("stop")") +
           fmt::format(R"(data: {{"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,)"
                       R"("model":"bench","choices":[],"usage":{{"prompt_tokens":80,"completion_tokens":{},)"
                       R"("total_tokens":{}}}}})",
                       events, events + 80) +
           "\n\ndata: [DONE]\n\n";
}

std::optional<PlainScript> plainScriptIn(std::string_view body) {
    const auto numbers = numbersAfter(body, R"("model":"plain-)");
    if (!numbers)
        return std::nullopt;
    return PlainScript{.requestBytes = body.size(), .replyBytes = numbers->first};
}

std::optional<StreamScript> streamScriptIn(std::string_view body) {
    const auto numbers = numbersAfter(body, R"("model":"stream-)");
    if (!numbers)
        return std::nullopt;
    return StreamScript{.events = numbers->first, .perSecond = numbers->second};
}

std::string httpRequest(std::string_view body) {
    return fmt::format("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                       "Accept: */*\r\nUser-Agent: gateway-bench\r\nContent-Length: {}\r\n\r\n{}",
                       body.size(), body);
}

} // namespace patchbay::bench
