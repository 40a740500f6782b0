// What the files of this folder share: how a request to Ollama is put together, the mark of a generate request, and the
// small conversions that both directions need.
#pragma once

#include <string>
#include <string_view>

#include "providers/codec.h"

namespace patchbay::ollama {

/// Member of ChatRequest::extra that marks a request as /api/generate's: its answer carries `response` instead of
/// `message`, and an Ollama upstream is asked over /api/generate too, so that suffix, raw, template and context (which
/// stand beside the mark in `extra`) keep their meaning. The mark itself is never sent.
inline constexpr std::string_view kGenerateMark = "patchbay.generate";
bool isGenerate(const ChatRequest& request);

/// Adds authorization and the configured headers; `body` may be empty.
WireRequest wireRequest(std::string_view method, const Endpoint& endpoint, std::string_view path, std::string body);

/// Unix seconds of an RFC 3339 time with any fraction and offset; 0 if it is none.
std::int64_t unixSecondsOf(std::string_view time);
/// RFC 3339 in UTC.
std::string timeText(std::int64_t unixSeconds);

/// Ollama's arguments are an object; text that is none is kept as {"_raw": text}, an empty text is {}.
json::object argumentsObject(std::string_view text);

/// InvalidRequest with `param` in the vendor part, where the fronts look for it.
Error invalidField(std::string param, std::string message);
Error unsupportedField(std::string param, std::string message, std::string hint);

/// Parses the body of a successful answer; an error answer or error object becomes an Error with `vendor` set.
Result<json::object> replyObject(const WireReplyHead& head, std::string_view body);
/// Parses a client's body; what is no JSON object is the client's fault (InvalidRequest).
Result<json::object> requestObject(std::string_view body);
/// The `model` member, or the older `name`.
Result<std::string> requiredModel(const json::object& body);

} // namespace patchbay::ollama
