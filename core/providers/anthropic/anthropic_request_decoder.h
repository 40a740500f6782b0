// The body of POST /v1/messages and of count_tokens -> ChatRequest, for both API versions that are alive.
#pragma once

#include "providers/codec.h"

namespace patchbay::anthropic {

/// CountTokens needs no max_tokens. Errors are InvalidRequest with vendor.param naming the field.
Result<ChatRequest> decodeRequest(const ClientRequest& request, bool countTokens);

} // namespace patchbay::anthropic
