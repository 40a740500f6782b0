// The body of a POST /responses, both directions, and the pieces of it that a response object repeats.
#pragma once

#include "providers/codec.h"

namespace patchbay::responses {

Result<json::object> encodeRequest(const ChatRequest& request, const VendorQuirks& quirks);
Result<ChatRequest> decodeRequest(std::string_view body);

// How the response object echoes the request.
json::array toolsJson(const ChatRequest& request);
json::value toolChoiceJson(const ChatRequest& request);
json::object formatJson(const ResponseFormat& format);
/// reasoning.effort for the wish, in whatever terms it was made; empty = unsaid.
std::string effortOf(const ReasoningOptions& reasoning);

} // namespace patchbay::responses
