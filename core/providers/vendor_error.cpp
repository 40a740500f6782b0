#include "providers/vendor_error.h"

#include <charconv>
#include <cmath>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/secret_mask.h"

namespace patchbay {
namespace {

constexpr std::size_t kMinSecretBytes = 4;     // a shorter one ("x" for a local server) would take words apart
constexpr std::size_t kMaxMessageBytes = 8192; // HTML error pages are cut here

std::string scalarText(const json::value* value) {
    if (!value)
        return {};
    if (value->is_string())
        return std::string(toView(value->get_string()));
    return value->is_number() ? writeJson(*value) : std::string{};
}

bool contains(std::string_view text, std::string_view piece) {
    return text.find(piece) != std::string_view::npos;
}

bool isContextTooLong(std::string_view code, std::string_view type, std::string_view lowerMessage) {
    return code == "context_length_exceeded" || type == "exceed_context_size_error" ||
           contains(lowerMessage, "context length") || contains(lowerMessage, "context window") ||
           contains(lowerMessage, "prompt is too long") || contains(lowerMessage, "context size") ||
           contains(lowerMessage, "exceeds the maximum number of tokens");
}

bool isQuota(std::string_view code, std::string_view type) {
    return code == "insufficient_quota" || type == "insufficient_quota" || code == "credit_balance_exhausted" ||
           code == "enforced_spend_limit_reached";
}

ErrorCode codeFor(int status, std::string_view type, std::string_view code, std::string_view message) {
    const std::string lower = toLowerAscii(message);
    if (status == 402) // OpenAI's word for it is the same as for a quota, but a wait does not help here
        return ErrorCode::Payment;
    if (isQuota(code, type))
        return ErrorCode::QuotaExhausted;
    if (isContextTooLong(code, type, lower) && (status == 0 || status == 400 || status == 413 || status == 422))
        return ErrorCode::ContextTooLong;
    if (code == "content_filter" || code == "content_policy_violation" || type == "content_filter")
        return ErrorCode::ContentFiltered;
    switch (status) {
    case 0: break;
    case 401: return ErrorCode::Authentication;
    case 403: return ErrorCode::Permission;
    case 404: return ErrorCode::NotFound;
    case 408: return ErrorCode::Timeout;
    case 409: return ErrorCode::Conflict;
    case 413: return ErrorCode::TooLarge;
    case 422: return ErrorCode::Unprocessable;
    case 429: return ErrorCode::RateLimited;
    case 503:
    case 529: return ErrorCode::Overloaded;
    case 504: return ErrorCode::Timeout;
    default:
        if (status >= 500)
            return ErrorCode::UpstreamFailed;
        // Gemini answers a wrong key with 400.
        return contains(lower, "api key not valid") ? ErrorCode::Authentication : ErrorCode::InvalidRequest;
    }
    // Inside a 200 there is only the vendor's own word for it.
    if (type == "overloaded_error" || code == "server_is_overloaded" || type == "UNAVAILABLE" || code == "503")
        return ErrorCode::Overloaded;
    if (type == "rate_limit_error" || code == "rate_limit_exceeded" || type == "RESOURCE_EXHAUSTED" || code == "429")
        return ErrorCode::RateLimited;
    if (type == "authentication_error" || code == "invalid_api_key" || code == "401")
        return ErrorCode::Authentication;
    if (type == "permission_error" || code == "403")
        return ErrorCode::Permission;
    if (type == "not_found_error" || code == "model_not_found" || code == "404")
        return ErrorCode::NotFound;
    if (type == "invalid_request_error" || type == "INVALID_ARGUMENT" || code == "400")
        return ErrorCode::InvalidRequest;
    if (type == "timeout_error" || code == "408" || code == "504")
        return ErrorCode::Timeout;
    return ErrorCode::UpstreamFailed;
}

std::string hintFor(ErrorCode code) {
    switch (code) {
    case ErrorCode::Authentication: return "Check the provider's key.";
    case ErrorCode::Payment:
    case ErrorCode::QuotaExhausted: return "Check the plan and the credit at the provider.";
    case ErrorCode::Permission: return "The key lacks access to this model or region.";
    case ErrorCode::NotFound: return "Check the model name and the provider's base URL.";
    case ErrorCode::ContextTooLong: return "Shorten the conversation or use a model with a larger context.";
    case ErrorCode::RateLimited:
    case ErrorCode::Overloaded: return "Wait a moment and try again.";
    case ErrorCode::ContentFiltered: return "Rephrase the request.";
    case ErrorCode::UpstreamFailed:
    case ErrorCode::Timeout: return "Try again; if it stays, look at the provider's status page.";
    default: return "Check the request.";
    }
}

std::optional<std::chrono::milliseconds> retryDelayOf(const json::object& error) {
    const json::array* details = findArray(error, "details");
    if (!details)
        return std::nullopt;
    for (const json::value& detail : *details) {
        if (!detail.is_object())
            continue;
        const std::string_view delay = stringOr(detail.get_object(), "retryDelay"); // google.rpc.RetryInfo: "34.4s"
        double seconds = 0;
        if (!delay.empty() && std::from_chars(delay.data(), delay.data() + delay.size(), seconds).ec == std::errc{})
            return std::chrono::milliseconds(std::llround(seconds * 1000));
    }
    return std::nullopt;
}

// The object that holds message, type and code, in whichever form the vendor wraps it.
struct Located {
    json::object error;
    std::string message;
    std::string requestId;
};

Located locate(const json::object& body) {
    Located located{.error = body, .requestId = std::string(stringOr(body, "request_id"))};
    if (const json::object* inner = findObject(body, "error"))
        located.error = *inner;
    located.message = stringOr(located.error, "message");
    if (located.message.empty())
        located.message = stringOr(body, "error"); // Ollama and xAI: the text itself
    if (located.message.empty())
        located.message = stringOr(body, "message");
    if (located.message.empty()) {
        if (const json::value* detail = find(body, "detail"))
            located.message = detail->is_string() ? scalarText(detail) : writeJson(*detail);
    }
    return located;
}

Error build(int status, const Located& located, std::string message) {
    VendorError vendor{.status = status,
                       .type = std::string(stringOr(located.error, "type")),
                       .code = scalarText(find(located.error, "code")),
                       .param = std::string(stringOr(located.error, "param")),
                       .requestId = located.requestId};
    if (const auto rpcStatus = findString(located.error, "status"); rpcStatus && vendor.type.empty()) {
        vendor.type = *rpcStatus; // google.rpc.Status: code is the HTTP status, status its name
        if (vendor.status == 0)
            vendor.status = static_cast<int>(findInt(located.error, "code").value_or(0));
        vendor.code.clear();
    }
    std::string detailCode;
    if (const json::object* details = findObject(located.error, "details"))
        detailCode = stringOr(*details, "error_code"); // Anthropic's machine code
    const ErrorCode code =
        codeFor(vendor.status, vendor.type, detailCode.empty() ? vendor.code : detailCode, message);
    Error error = makeError(code, std::move(message), hintFor(code));
    error.retryAfter = retryDelayOf(located.error);
    error.vendor = std::move(vendor);
    return error;
}

std::optional<std::time_t> parseHttpDate(const std::string& text) {
    std::tm parts{};
    std::istringstream stream(text);
    stream.imbue(std::locale::classic());
    stream >> std::get_time(&parts, "%a, %d %b %Y %H:%M:%S");
    if (stream.fail())
        return std::nullopt;
#ifdef _WIN32
    return _mkgmtime(&parts);
#else
    return timegm(&parts);
#endif
}

} // namespace

std::optional<std::chrono::milliseconds> retryAfterOf(const Headers& headers) {
    const auto number = [](std::string_view text) -> std::optional<double> {
        text = trim(text);
        double value = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole = failure == std::errc{} && end == text.data() + text.size();
        return whole && std::isfinite(value) && value >= 0 && value < 1e9 ? std::optional(value) : std::nullopt;
    };
    if (const std::string* text = findHeader(headers, "retry-after-ms"))
        if (const auto value = number(*text))
            return std::chrono::milliseconds(std::llround(*value));
    const std::string* text = findHeader(headers, "retry-after");
    if (!text)
        return std::nullopt;
    if (const auto value = number(*text))
        return std::chrono::milliseconds(std::llround(*value * 1000));
    const std::string* date = findHeader(headers, "date");
    const auto when = parseHttpDate(*text);
    const auto now = date ? parseHttpDate(*date) : std::optional(std::time(nullptr));
    if (!when || !now)
        return std::nullopt;
    return std::chrono::seconds(std::max<std::int64_t>(0, *when - *now));
}

Error vendorErrorOf(const WireReplyHead& head, std::string_view body) {
    Located located;
    if (auto parsed = parseJson(trim(body)); parsed && parsed->is_object())
        located = locate(parsed->get_object());
    else if (parsed && parsed->is_array() && !parsed->get_array().empty() && parsed->get_array().front().is_object())
        located = locate(parsed->get_array().front().get_object()); // Gemini without alt=sse
    std::string message = located.message;
    if (message.empty())
        message = repairUtf8(truncateUtf8(body, kMaxMessageBytes));
    if (trim(message).empty())
        message = "the provider answered with status " + std::to_string(head.status) + " and no explanation";
    for (const std::string_view name : {"x-request-id", "request-id", "x-generation-id"})
        if (const std::string* id = findHeader(head.headers, name); id && located.requestId.empty())
            located.requestId = *id;
    Error error = build(head.status, located, std::move(message));
    if (const auto wait = retryAfterOf(head.headers))
        error.retryAfter = wait;
    if (head.status == 408 || head.status == 409)
        error.retryable = true;
    if (const std::string* should = findHeader(head.headers, "x-should-retry"))
        error.retryable = equalsIgnoreCase(trim(*should), "true");
    return error;
}

Error vendorErrorOf(const json::object& object) {
    const Located located = locate(object);
    return build(0, located, located.message.empty() ? "the provider reported an error without a message"
                                                     : located.message);
}

Error withoutSecrets(Error error, const Endpoint& endpoint) {
    std::vector<std::string_view> secrets;
    const auto add = [&secrets](std::string_view secret) {
        if (secret.size() >= kMinSecretBytes)
            secrets.push_back(secret);
    };
    add(endpoint.key);
    for (const Header& header : endpoint.headers) {
        const std::string name = toLowerAscii(header.name);
        for (const std::string_view word : {"auth", "key", "token", "secret", "password", "cookie"})
            if (contains(name, word)) {
                const std::string_view value = trim(header.value);
                add(value);
                add(value.substr(value.find(' ') + 1)); // "Bearer …" may come back without its first word
                break;
            }
    }
    std::vector<std::string*> texts{&error.message, &error.hint};
    if (error.vendor)
        for (std::string* text :
             {&error.vendor->type, &error.vendor->code, &error.vendor->param, &error.vendor->requestId})
            texts.push_back(text);
    const SecretMask mask(secrets);
    for (std::string* text : texts)
        mask.apply(*text);
    return error;
}

Error truncatedReply(std::string_view detail) {
    return makeError(ErrorCode::Truncated, "the provider's reply broke off: " + std::string(detail),
                     "Try again; the text so far is incomplete.");
}

Error malformedReply(std::string_view detail) {
    return makeError(ErrorCode::Malformed, "the provider's reply is not what its format says: " + std::string(detail),
                     "Check that the provider's format and base URL are right.");
}

} // namespace patchbay
