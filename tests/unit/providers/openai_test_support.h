// Runs bytes through the decoder of the chat completions format, cut as a test wants them.
#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/json_writer.h"
#include "chat/reply_builder.h"
#include "providers/openai/openai_codec.h"
#include "providers/vendors.h"

#include <QtTest> // last: its `emit` is a macro

namespace QTest {
template <> inline char* toString(const std::string& text) {
    return qstrdup(text.c_str());
}
} // namespace QTest

namespace patchbay::test {

inline std::string fixture(std::string_view name) {
    std::ifstream file(std::string(PATCHBAY_FIXTURES) + "/wire/" + std::string(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// JSON written with ' for ", which keeps it legible (and moc, which knows no raw strings, content).
inline std::string quoted(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

inline Endpoint endpointOf(std::string_view vendor) {
    Endpoint endpoint{.baseUrl = "https://api.example.com/v1", .key = "k"};
    endpoint.quirks = vendorQuirks(vendor, WireFormat::OpenAiChat, {});
    return endpoint;
}

struct Replayed {
    ChatReply reply;
    Outcome outcome = Error{};
    EventBatch events;
    bool complete = false;
};

inline Replayed replayPieces(const std::vector<std::string_view>& pieces, const WireReplyHead& head,
                             const Endpoint& endpoint, const ChatRequest& request = {}) {
    const auto decoder = openAiChatClientCodec().chatDecoder(head, request, endpoint);
    Replayed result;
    for (const std::string_view piece : pieces)
        if (auto fed = decoder->feed(piece, result.events); !fed) {
            result.outcome = fed.error();
            break;
        }
    // A decoder that failed stays failed.
    result.outcome = decoder->finish(result.events);
    result.complete = decoder->complete();
    ReplyBuilder builder;
    builder.add(result.events);
    result.reply = builder.take();
    return result;
}

inline WireReplyHead streamHead() {
    return {.status = 200, .headers = {{"Content-Type", "text/event-stream; charset=utf-8"}}};
}
inline WireReplyHead jsonHead() {
    return {.status = 200, .headers = {{"Content-Type", "application/json"}}};
}

inline Replayed replay(std::string_view bytes, const WireReplyHead& head = streamHead(),
                       const Endpoint& endpoint = endpointOf("generic")) {
    return replayPieces({bytes}, head, endpoint);
}

inline std::vector<std::string_view> singleBytes(std::string_view bytes) {
    std::vector<std::string_view> pieces;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        pieces.push_back(bytes.substr(i, 1));
    return pieces;
}

template <class Part> std::string joined(const Message& message) {
    std::string text;
    for (const ContentPart& part : message.parts)
        if (const auto* piece = std::get_if<Part>(&part))
            text += piece->text;
    return text;
}

inline std::vector<ToolCallPart> callsOf(const Message& message) {
    std::vector<ToolCallPart> calls;
    for (const ContentPart& part : message.parts)
        if (const auto* call = std::get_if<ToolCallPart>(&part))
            calls.push_back(*call);
    return calls;
}

/// A stream of chunks with these choices' JSON, one chunk each, then a finish chunk and [DONE].
inline std::string chunks(const std::vector<std::string>& deltas, std::string_view finish = "stop") {
    std::string out;
    for (const std::string& delta : deltas)
        out += quoted("data: {'id':'c1','model':'m','choices':[{'index':0,'delta':") + delta + "}]}\n\n";
    out += quoted("data: {'id':'c1','model':'m','choices':[{'index':0,'delta':{},'finish_reason':'") +
           std::string(finish) + quoted("'}]}\n\ndata: [DONE]\n\n");
    return out;
}

} // namespace patchbay::test
