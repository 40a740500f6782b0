#include "base/error.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace patchbay {
namespace {

struct CodeRow {
    std::string_view name;
    int httpStatus;
    bool retryable;
};

// In the order of ErrorCode.
constexpr std::array<CodeRow, 28> kCodes{{
    {"invalid_request", 400, false},  {"authentication", 401, false},     {"payment_required", 402, false},
    {"permission", 403, false},       {"not_found", 404, false},          {"method_not_allowed", 405, false},
    {"conflict", 409, false},         {"too_large", 413, false},          {"unsupported_media_type", 415, false},
    {"unprocessable", 422, false},    {"rate_limited", 429, true},        {"quota_exhausted", 429, false},
    {"context_too_long", 400, false}, {"content_filtered", 400, false},   {"unsupported", 400, false},
    {"unreachable", 502, true},       {"upstream_failed", 502, true},     {"overloaded", 503, true},
    {"timeout", 504, true},           {"malformed_reply", 502, true},     {"truncated_reply", 502, true},
    {"cancelled", 499, false},        {"storage", 500, false},            {"storage_full", 507, false},
    {"storage_corrupt", 500, false},  {"configuration", 500, false},      {"unavailable", 503, true},
    {"internal", 500, false},
}};
static_assert(kCodes.size() == static_cast<std::size_t>(ErrorCode::Internal) + 1);

const CodeRow& row(ErrorCode code) {
    return kCodes[static_cast<std::size_t>(code)];
}

} // namespace

std::string_view errorCodeName(ErrorCode code) {
    return row(code).name;
}

int errorCodeHttpStatus(ErrorCode code) {
    return row(code).httpStatus;
}

int Error::httpStatus() const {
    return vendor && vendor->status >= 400 ? vendor->status : errorCodeHttpStatus(code);
}

Error makeError(ErrorCode code, std::string message, std::string hint) {
    return Error{.code = code, .message = std::move(message), .hint = std::move(hint), .retryable = row(code).retryable};
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::logic_error("value() of a failed Result: " + error.message);
}

} // namespace patchbay
