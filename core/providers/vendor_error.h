// What a vendor's refusal means. Shared by every format: bodies differ in shape, not in what can be wrong.
#pragma once

#include <string_view>

#include "providers/codec.h"

namespace patchbay {

/// The error for an answer with status >= 400. Understands all body forms of the known vendors (wrapped, flat, `detail`,
/// Gemini's google.rpc.Status, plain text, HTML); fills type, code, param, request id, retry hints, and the ErrorCode.
Error vendorErrorOf(const WireReplyHead& head, std::string_view body);

/// The error for an error object inside a 200 stream or body. `object` is the inner error (with message, type, code …) or
/// a flat one. Vendor.status stays 0 unless the object names an HTTP status in a field that the format defines as one.
Error vendorErrorOf(const json::object& object);

/// Seconds (fractions allowed), an HTTP date relative to the Date header, or retry-after-ms, which wins.
std::optional<std::chrono::milliseconds> retryAfterOf(const Headers& headers);

/// Takes the endpoint's key and the values of its secret headers out of everything that the vendor said: some repeat
/// what they were sent, and an error goes to clients and logs.
Error withoutSecrets(Error error, const Endpoint& endpoint);

/// An Error with VendorError attached for a reply that broke off.
Error truncatedReply(std::string_view detail);
Error malformedReply(std::string_view detail);

} // namespace patchbay
