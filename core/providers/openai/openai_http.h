// How a request reaches an OpenAI-compatible vendor: URL, authorization and the configured extra headers.
#pragma once

#include <string>
#include <string_view>

#include "providers/codec.h"

namespace patchbay {

/// POST `body` to base + path. A configured header of the same name replaces ours.
WireRequest openAiPost(const Endpoint& endpoint, std::string_view path, std::string body, bool stream = false);
WireRequest openAiGet(const Endpoint& endpoint, std::string_view path);

/// The body of an answer that is not a chat: an error for status >= 400 or an error inside a 200, Malformed for what is
/// no JSON (an HTML page of a proxy), Truncated for JSON that ends too early.
Result<json::value> openAiAnswer(const WireReplyHead& head, std::string_view body);

/// Text that should have been a JSON document: Truncated when it merely ends too early, else Malformed.
Error unreadableAnswer(std::string_view body);

} // namespace patchbay
