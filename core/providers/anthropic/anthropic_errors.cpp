#include "providers/anthropic/anthropic_errors.h"

#include "base/json_writer.h"
#include "base/strings.h"

namespace patchbay::anthropic {
namespace {

constexpr int kOverloadedStatus = 529;

std::string_view errorType(ErrorCode code) {
    switch (code) {
    case ErrorCode::InvalidRequest:
    case ErrorCode::MethodNotAllowed:
    case ErrorCode::UnsupportedMedia:
    case ErrorCode::Unprocessable:
    case ErrorCode::ContextTooLong:
    case ErrorCode::ContentFiltered:
    case ErrorCode::Unsupported:
        return "invalid_request_error";
    case ErrorCode::Authentication:
        return "authentication_error";
    case ErrorCode::Payment:
        return "billing_error";
    case ErrorCode::Permission:
        return "permission_error";
    case ErrorCode::NotFound:
        return "not_found_error";
    case ErrorCode::Conflict:
        return "conflict_error";
    case ErrorCode::TooLarge:
        return "request_too_large";
    case ErrorCode::RateLimited:
    case ErrorCode::QuotaExhausted:
        return "rate_limit_error";
    case ErrorCode::Overloaded:
        return "overloaded_error";
    case ErrorCode::Timeout:
        return "timeout_error";
    case ErrorCode::Unreachable:
    case ErrorCode::UpstreamFailed:
    case ErrorCode::Malformed:
    case ErrorCode::Truncated:
    case ErrorCode::Cancelled:
    case ErrorCode::Storage:
    case ErrorCode::StorageFull:
    case ErrorCode::Corrupt:
    case ErrorCode::Configuration:
    case ErrorCode::Unavailable:
    case ErrorCode::Internal:
        break;
    }
    return "api_error";
}

// Clients of this format know a prompt that is too long by these words: the format has no code for it.
std::string messageOf(const Error& error) {
    if (error.code != ErrorCode::ContextTooLong ||
        toLowerAscii(error.message).find("prompt is too long") != std::string::npos)
        return error.message;
    return "prompt is too long: " + error.message;
}

} // namespace

int errorStatus(const Error& error) {
    if (error.code == ErrorCode::Overloaded)
        return kOverloadedStatus;
    if (error.code == ErrorCode::UpstreamFailed && error.vendor && error.vendor->status >= 500)
        return error.vendor->status;
    return errorCodeHttpStatus(error.code);
}

std::string errorBody(const Error& error, std::string_view requestId) {
    json::object inner{{"details", nullptr}, {"type", errorType(error.code)}, {"message", messageOf(error)}};
    // The one machine code that changes what a client does: waiting does not help.
    if (error.code == ErrorCode::QuotaExhausted)
        inner["details"] = json::object{{"error_code", "enforced_spend_limit_reached"}};
    json::object body{{"type", "error"}, {"error", std::move(inner)}, {"request_id", nullptr}};
    if (!requestId.empty())
        body["request_id"] = requestId;
    return writeJson(body);
}

} // namespace patchbay::anthropic
