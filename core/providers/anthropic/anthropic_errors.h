// Errors in Anthropic's shape: which type and status stand for which ErrorCode, and the body that says it.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace patchbay::anthropic {

/// 400 … 529. Overloaded is 529, Timeout 504, TooLarge 413, whatever the vendor's own status was; other failures of a
/// vendor keep their 5xx.
int errorStatus(const Error& error);

/// {"type":"error","error":{"details","type","message"},"request_id"}; an empty id becomes null.
std::string errorBody(const Error& error, std::string_view requestId);

} // namespace patchbay::anthropic
