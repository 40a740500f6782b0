// What is said in a benchmark: the requests of the load generator and the answers of the upstream, byte for byte. Both
// ends know the script, so that the load generator can tell whether a proxy passed on everything.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace patchbay::bench {

/// A whole answer: {"id":…} padded to `replyBytes`, for a request padded to `requestBytes`.
struct PlainScript {
    std::size_t requestBytes = 500;
    std::size_t replyBytes = 700;

    std::string model() const; ///< "plain-700": the upstream reads its task from the model's name
    std::string requestBody() const;
    std::string replyBody() const;
    std::string replyText() const; ///< the assistant's words in it
};

/// A streamed answer: `events` pieces of text, `perSecond` of them a second (0 = as fast as they can be written).
struct StreamScript {
    std::size_t events = 200;
    std::size_t perSecond = 50;

    std::string model() const; ///< "stream-200-50"
    std::string requestBody() const;
    static std::string piece(std::size_t index);    ///< the words of one event, about 20 bytes
    static std::string event(std::size_t index);    ///< the SSE event around it, about 150 bytes
    static std::string opening();                   ///< the event with the role, first of all
    static std::string closing(std::size_t events); ///< finish reason, usage and [DONE]
};

/// The task in a request's body; nullopt where the model's name says something else.
std::optional<PlainScript> plainScriptIn(std::string_view body);
std::optional<StreamScript> streamScriptIn(std::string_view body);

/// A POST of the body to /v1/chat/completions, keep-alive.
std::string httpRequest(std::string_view body);

} // namespace patchbay::bench
