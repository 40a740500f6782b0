#include "base/json.h"

#include <algorithm>
#include <cmath>

namespace patchbay {
namespace {

constexpr std::size_t kSmallestBlock = 512;
constexpr std::size_t kLargestBlock = 16U << 10U; // the first one; more follow when it is full

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// The value of \uXXXX at `at`, or -1.
int escapeAt(std::string_view text, std::size_t at) {
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u')
        return -1;
    int value = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        const int digit = hexDigit(text[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

bool isHigh(int unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}
bool isLow(int unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

// Vendors cut text at UTF-16 units and so send halves of a pair; one bad character must not lose the event.
std::optional<std::string> mendLoneSurrogates(std::string_view text) {
    std::optional<std::string> mended;
    std::size_t copied = 0;
    for (std::size_t i = text.find('\\'); i != std::string_view::npos; i = text.find('\\', i)) {
        const int unit = escapeAt(text, i);
        if (unit < 0) {
            i += 2;
            continue;
        }
        if (isHigh(unit) && isLow(escapeAt(text, i + 6))) {
            i += 12;
            continue;
        }
        if (isHigh(unit) || isLow(unit)) {
            if (!mended)
                mended.emplace();
            mended->append(text.substr(copied, i - copied)).append("\\uFFFD");
            copied = i + 6;
        }
        i += 6;
    }
    if (mended)
        mended->append(text.substr(copied));
    return mended;
}

// A document's values are made together and mostly end together: taken from one block they cost one allocation instead
// of one each. Whatever is moved out of the document keeps the block alive; a copy does not.
json::storage_ptr blockFor(std::string_view text) {
    return json::make_shared_resource<json::monotonic_resource>(
        std::clamp<std::size_t>(text.size() * 2, kSmallestBlock, kLargestBlock));
}

} // namespace

Result<json::value> parseJson(std::string_view text) {
    json::parse_options options;
    options.max_depth = kMaxJsonDepth;
    boost::system::error_code failure;
    std::optional<std::string> mended;
    if (text.find("\\u") != std::string_view::npos)
        mended = mendLoneSurrogates(text);
    json::value value = json::parse(mended ? json::string_view(*mended) : json::string_view(text.data(), text.size()),
                                    failure, blockFor(text), options);
    if (failure)
        return makeError(ErrorCode::Malformed, "not valid JSON: " + failure.message(), "Check the JSON text.");
    return value;
}

Result<json::object> parseJsonObject(std::string_view text) {
    auto value = parseJson(text);
    if (!value)
        return value.error();
    if (!value->is_object())
        return makeError(ErrorCode::Malformed, "the JSON document is not an object", "Send a JSON object.");
    return std::move(value->get_object());
}

const json::value* find(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(json::string_view(key.data(), key.size()));
    return value && !value->is_null() ? value : nullptr;
}

const json::object* findObject(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    return value ? value->if_object() : nullptr;
}

const json::array* findArray(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    return value ? value->if_array() : nullptr;
}

std::optional<std::string_view> findString(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    if (!value || !value->is_string())
        return std::nullopt;
    return toView(value->get_string());
}

std::optional<std::int64_t> findInt(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    if (!value)
        return std::nullopt;
    if (value->is_int64())
        return value->get_int64();
    if (value->is_uint64())
        return value->get_uint64() <= std::uint64_t{INT64_MAX} ? std::optional(std::int64_t(value->get_uint64()))
                                                               : std::nullopt;
    if (value->is_double()) {
        const double number = value->get_double();
        if (std::abs(number) < 9.0e18 && number == std::floor(number))
            return static_cast<std::int64_t>(number);
    }
    return std::nullopt;
}

std::optional<double> findDouble(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    if (!value || !value->is_number())
        return std::nullopt;
    return value->is_double()  ? value->get_double()
           : value->is_int64() ? static_cast<double>(value->get_int64())
                               : static_cast<double>(value->get_uint64());
}

std::optional<bool> findBool(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    if (!value || !value->is_bool())
        return std::nullopt;
    return value->get_bool();
}

std::string_view stringOr(const json::object& object, std::string_view key, std::string_view fallback) {
    return findString(object, key).value_or(fallback);
}

} // namespace patchbay
