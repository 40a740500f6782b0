#include "providers/ollama/ollama_common.h"

#include <charconv>
#include <chrono>

#include "base/clock.h"
#include "base/strings.h"
#include "providers/vendor_error.h"

namespace patchbay::ollama {
namespace {

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size())
        return std::nullopt;
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data() + at, text.data() + at + count, value);
    if (failure != std::errc{} || end != text.data() + at + count || value < 0)
        return std::nullopt;
    return value;
}

} // namespace

bool isGenerate(const ChatRequest& request) {
    return request.extraFormat == wireFormatName(WireFormat::Ollama) &&
           findBool(request.extra, kGenerateMark).value_or(false);
}

WireRequest wireRequest(std::string_view method, const Endpoint& endpoint, std::string_view path, std::string body) {
    WireRequest request{.method = std::string(method), .url = joinUrl(endpoint.baseUrl, path), .body = std::move(body)};
    if (!request.body.empty())
        request.headers.push_back({"content-type", "application/json"});
    if (!endpoint.key.empty())
        request.headers.push_back({"authorization", "Bearer " + endpoint.key});
    request.headers.insert(request.headers.end(), endpoint.headers.begin(), endpoint.headers.end());
    return request;
}

std::int64_t unixSecondsOf(std::string_view time) {
    using namespace std::chrono;
    const auto y = digits(time, 0, 4), mo = digits(time, 5, 2), d = digits(time, 8, 2);
    const auto h = digits(time, 11, 2), mi = digits(time, 14, 2), s = digits(time, 17, 2);
    if (!y || !mo || !d || !h || !mi || !s)
        return 0;
    const year_month_day date{year(*y), month(static_cast<unsigned>(*mo)), day(static_cast<unsigned>(*d))};
    if (!date.ok())
        return 0;
    auto moment = sys_days(date) + hours(*h) + minutes(*mi) + seconds(*s);
    if (const auto sign = time.find_first_of("+-", 19); sign != std::string_view::npos) {
        const auto offsetHours = digits(time, sign + 1, 2), offsetMinutes = digits(time, sign + 4, 2);
        const auto offset = hours(offsetHours.value_or(0)) + minutes(offsetMinutes.value_or(0));
        moment -= time[sign] == '-' ? -offset : offset;
    }
    return duration_cast<seconds>(moment.time_since_epoch()).count();
}

std::string timeText(std::int64_t unixSeconds) {
    return formatRfc3339(WallTime(std::chrono::seconds(unixSeconds)));
}

json::object argumentsObject(std::string_view text) {
    if (trim(text).empty())
        return {};
    if (auto parsed = parseJsonObject(text))
        return std::move(*parsed);
    return {{"_raw", repairUtf8(text)}};
}

Error invalidField(std::string param, std::string message) {
    Error error = makeError(ErrorCode::InvalidRequest, std::move(message), "Correct the field and send it again.");
    error.vendor = VendorError{.param = std::move(param)};
    return error;
}

Error unsupportedField(std::string param, std::string message, std::string hint) {
    Error error = makeError(ErrorCode::Unsupported, std::move(message), std::move(hint));
    error.vendor = VendorError{.param = std::move(param)};
    return error;
}

Result<json::object> replyObject(const WireReplyHead& head, std::string_view body) {
    if (head.status >= 400)
        return vendorErrorOf(head, body);
    auto object = parseJsonObject(trim(body));
    if (!object)
        return malformedReply(object.error().message);
    if (find(*object, "error"))
        return vendorErrorOf(*object);
    return object;
}

Result<json::object> requestObject(std::string_view body) {
    if (trim(body).empty())
        return invalidField("", "missing request body");
    auto object = parseJsonObject(body);
    if (!object)
        return invalidField("", "the request body cannot be read: " + object.error().message);
    return object;
}

Result<std::string> requiredModel(const json::object& body) {
    for (const std::string_view key : {"model", "name"})
        if (const auto model = findString(body, key); model && !model->empty())
            return std::string(*model);
    return invalidField("model", "model is required");
}

} // namespace patchbay::ollama
