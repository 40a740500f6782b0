#include "providers/openai/openai_errors.h"

#include <array>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/vendor_error.h"

namespace patchbay {
namespace {

struct ErrorRow {
    std::string_view type;
    std::string_view code; // empty = null
};

// The words of OpenAI's service where it has one for the case; else our own code's name under its broad type.
ErrorRow rowFor(ErrorCode code) {
    constexpr std::string_view kRequest = "invalid_request_error";
    constexpr std::string_view kServer = "server_error";
    switch (code) {
    case ErrorCode::InvalidRequest:
        return {kRequest, {}};
    case ErrorCode::Authentication:
        return {kRequest, "invalid_api_key"};
    case ErrorCode::Payment:
    case ErrorCode::QuotaExhausted:
        return {"insufficient_quota", "insufficient_quota"};
    case ErrorCode::Permission:
        return {kRequest, "permission_denied"};
    case ErrorCode::NotFound:
        return {kRequest, "model_not_found"};
    case ErrorCode::MethodNotAllowed:
        return {kRequest, "method_not_supported"};
    case ErrorCode::Conflict:
        return {kRequest, "conflict"};
    case ErrorCode::TooLarge:
        return {kRequest, "request_too_large"};
    case ErrorCode::UnsupportedMedia:
        return {kRequest, "unsupported_content_type"};
    case ErrorCode::Unprocessable:
        return {kRequest, {}};
    case ErrorCode::RateLimited:
        return {"rate_limit_error", "rate_limit_exceeded"};
    case ErrorCode::ContextTooLong:
        return {kRequest, "context_length_exceeded"};
    case ErrorCode::ContentFiltered:
        return {kRequest, "content_filter"};
    case ErrorCode::Unsupported:
        return {kRequest, "unsupported_parameter"};
    case ErrorCode::Overloaded:
    case ErrorCode::Unavailable:
        return {"service_unavailable_error", "server_is_overloaded"};
    default:
        return {kServer, errorCodeName(code)};
    }
}

bool isWord(std::string_view code) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !code.empty() && letter(code.front());
}

std::string withHint(const Error& error) {
    if (error.hint.empty() || error.message.find(error.hint) != std::string::npos)
        return error.message;
    std::string text(trim(error.message));
    if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos)
        text.push_back('.');
    return text.append(text.empty() ? "" : " ").append(error.hint);
}

void appendNullable(std::string& out, std::string_view text) {
    if (text.empty())
        out.append("null");
    else
        appendJsonString(out, text);
}

} // namespace

OpenAiError openAiErrorOf(const Error& error) {
    const ErrorRow row = rowFor(error.code);
    OpenAiError result{.message = withHint(error), .type = row.type, .code = std::string(row.code)};
    if (error.vendor) {
        // A vendor's own word says more than ours ("unsupported_parameter"), a number of its own does not. A context
        // overflow has many spellings, and clients look for one.
        if (isWord(error.vendor->code) && error.code != ErrorCode::ContextTooLong)
            result.code = error.vendor->code;
        result.param = error.vendor->param;
        if (error.code == ErrorCode::RateLimited && error.vendor->type == "tokens")
            result.type = "tokens";
        if (error.code == ErrorCode::RateLimited && error.vendor->type == "requests")
            result.type = "requests";
    }
    if (error.code == ErrorCode::ContextTooLong && result.param.empty())
        result.param = "messages";
    return result;
}

void appendOpenAiErrorObject(std::string& out, const Error& error) {
    const OpenAiError parts = openAiErrorOf(error);
    out.append("{\"message\":");
    appendJsonString(out, parts.message);
    out.append(",\"type\":");
    appendJsonString(out, parts.type);
    out.append(",\"param\":");
    appendNullable(out, parts.param);
    out.append(",\"code\":");
    appendNullable(out, parts.code);
    out.push_back('}');
}

ClientReply openAiErrorReply(const Error& error, std::string_view requestId) {
    ClientReply reply{.status = error.httpStatus()};
    if (!requestId.empty())
        reply.headers.push_back({"x-request-id", std::string(requestId)});
    if (error.retryAfter) {
        const auto wait = error.retryAfter->count();
        reply.headers.push_back({"retry-after", std::to_string((wait + 999) / 1000)});
        reply.headers.push_back({"retry-after-ms", std::to_string(wait)});
    }
    // The SDKs retry every 429, which an empty purse does not mend.
    if (error.code == ErrorCode::QuotaExhausted)
        reply.headers.push_back({"x-should-retry", "false"});
    reply.body = "{\"error\":";
    appendOpenAiErrorObject(reply.body, error);
    reply.body.push_back('}');
    return reply;
}

std::optional<Error> errorInsideOk(const json::object& document) {
    const json::value* error = find(document, "error");
    const bool worded = error && (error->is_object() || (error->is_string() && !error->get_string().empty()));
    const bool named = stringOr(document, "object") == "error";
    const bool detailed = find(document, "detail") && !find(document, "choices");
    if (!worded && !named && !detailed)
        return std::nullopt;
    return vendorErrorOf(document);
}

} // namespace patchbay
