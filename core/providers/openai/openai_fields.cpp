#include "providers/openai/openai_fields.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/json_writer.h"

namespace patchbay {
namespace {

constexpr std::size_t kMaxNameLength = 64;

std::string_view kindName(const json::value& value) {
    switch (value.kind()) {
    case json::kind::null:
        return "null";
    case json::kind::bool_:
        return "a boolean";
    case json::kind::int64:
    case json::kind::uint64:
        return "an integer";
    case json::kind::double_:
        return "a decimal number";
    case json::kind::string:
        return "a string";
    case json::kind::array:
        return "an array";
    case json::kind::object:
        return "an object";
    }
    return "something else";
}

bool isWhole(const json::value& value) {
    return value.is_uint64() || value.is_int64() ||
           (value.is_double() && std::floor(value.get_double()) == value.get_double());
}

} // namespace

Error openAiInvalidRequest(std::string_view param, std::string message, std::string_view code) {
    Error error = makeError(ErrorCode::InvalidRequest, std::move(message));
    error.vendor = VendorError{.code = std::string(code), .param = std::string(param)};
    return error;
}

void RequestProblem::report(std::string_view param, std::string message, std::string_view code) {
    if (!m_error)
        m_error = openAiInvalidRequest(param, std::move(message), code);
}

void RequestProblem::missing(std::string_view param) {
    report(param, fmt::format("Missing required parameter: '{}'.", param), "missing_required_parameter");
}

void RequestProblem::wrongType(std::string_view param, std::string_view expected, const json::value& got) {
    report(param,
           fmt::format("Invalid type for '{}': expected {}, but got {} instead.", param, expected, kindName(got)),
           "invalid_type");
}

std::string FieldReader::pathOf(std::string_view key) const {
    return m_path.empty() ? std::string(key) : fmt::format("{}.{}", m_path, key);
}

const json::value* FieldReader::value(std::string_view key) {
    m_seen.push_back(key);
    return find(m_object, key);
}

std::optional<std::string> FieldReader::string(std::string_view key) {
    const json::value* member = value(key);
    if (!member)
        return std::nullopt;
    if (!member->is_string()) {
        m_problem.wrongType(pathOf(key), "a string", *member);
        return std::nullopt;
    }
    return std::string(toView(member->get_string()));
}

std::string FieldReader::requiredString(std::string_view key) {
    if (!value(key))
        m_problem.missing(pathOf(key));
    std::string text = stringOrEmpty(key);
    if (text.empty())
        m_problem.report(pathOf(key), fmt::format("Invalid '{}': empty string.", pathOf(key)), "empty_string");
    return text;
}

std::optional<std::string> FieldReader::choice(std::string_view key, std::initializer_list<std::string_view> allowed) {
    auto text = string(key);
    if (text && std::find(allowed.begin(), allowed.end(), *text) == allowed.end()) {
        std::string list;
        for (const std::string_view value : allowed)
            list += fmt::format("{}'{}'", list.empty() ? "" : ", ", value);
        m_problem.report(pathOf(key), fmt::format("Invalid value: '{}'. Supported values are: {}.", *text, list));
        return std::nullopt;
    }
    return text;
}

std::optional<bool> FieldReader::boolean(std::string_view key) {
    const json::value* member = value(key);
    if (!member)
        return std::nullopt;
    if (!member->is_bool()) {
        m_problem.wrongType(pathOf(key), "a boolean", *member);
        return std::nullopt;
    }
    return member->get_bool();
}

std::optional<std::int64_t> FieldReader::integer(std::string_view key, std::int64_t min, std::int64_t max) {
    const json::value* member = value(key);
    if (!member)
        return std::nullopt;
    const auto number = findInt(m_object, key);
    if (!number && isWhole(*member)) { // an integer, but one beyond 64 bits
        const bool below = member->is_double() && member->get_double() < 0;
        m_problem.report(pathOf(key),
                         fmt::format("Invalid '{}': integer {} value. Expected a value {} {}, but got {} instead.",
                                     pathOf(key), below ? "below minimum" : "above maximum", below ? ">=" : "<=",
                                     below ? min : max, writeJson(*member)),
                         below ? "integer_below_min_value" : "integer_above_max_value");
        return std::nullopt;
    }
    if (!number) {
        m_problem.wrongType(pathOf(key), "an integer", *member);
        return std::nullopt;
    }
    if (*number < min || *number > max) {
        const bool below = *number < min;
        m_problem.report(pathOf(key),
                         fmt::format("Invalid '{}': integer {} value. Expected a value {} {}, but got {} instead.",
                                     pathOf(key), below ? "below minimum" : "above maximum",
                                     below ? ">=" : "<=", below ? min : max, *number),
                         below ? "integer_below_min_value" : "integer_above_max_value");
        return std::nullopt;
    }
    return number;
}

std::optional<double> FieldReader::number(std::string_view key, double min, double max) {
    const json::value* member = value(key);
    if (!member)
        return std::nullopt;
    const auto number = findDouble(m_object, key);
    if (!number) {
        m_problem.wrongType(pathOf(key), "a decimal", *member);
        return std::nullopt;
    }
    if (!(*number >= min && *number <= max)) {
        const bool below = !(*number >= min);
        m_problem.report(pathOf(key),
                         fmt::format("Invalid '{}': decimal {} value. Expected a value {} {}, but got {} instead.",
                                     pathOf(key), below ? "below minimum" : "above maximum",
                                     below ? ">=" : "<=", below ? min : max, *number),
                         below ? "decimal_below_min_value" : "decimal_above_max_value");
        return std::nullopt;
    }
    return number;
}

const json::object* FieldReader::object(std::string_view key) {
    const json::value* member = value(key);
    if (member && !member->is_object())
        m_problem.wrongType(pathOf(key), "an object", *member);
    return member ? member->if_object() : nullptr;
}

const json::array* FieldReader::array(std::string_view key) {
    const json::value* member = value(key);
    if (member && !member->is_array())
        m_problem.wrongType(pathOf(key), "an array", *member);
    return member ? member->if_array() : nullptr;
}

const json::object* FieldReader::requiredObject(std::string_view key) {
    if (!value(key))
        m_problem.missing(pathOf(key));
    return object(key);
}

const json::array* FieldReader::requiredArray(std::string_view key) {
    if (!value(key))
        m_problem.missing(pathOf(key));
    return array(key);
}

json::object FieldReader::rest() const {
    json::object others;
    for (const auto& [key, member] : m_object)
        if (std::find(m_seen.begin(), m_seen.end(), toView(key)) == m_seen.end())
            others.emplace(key, member);
    return others;
}

std::string indexedPath(std::string_view array, std::size_t index) {
    return fmt::format("{}[{}]", array, index);
}

bool isOpenAiName(std::string_view name) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    return !name.empty() && name.size() <= kMaxNameLength && std::all_of(name.begin(), name.end(), allowed);
}

Result<json::object> parseOpenAiBody(std::string_view body) {
    auto parsed = parseJson(body);
    if (!parsed)
        return openAiInvalidRequest({}, "We could not parse the JSON body of your request: " + parsed.error().message,
                                    "invalid_json");
    if (!parsed->is_object())
        return openAiInvalidRequest({}, "The JSON body of your request is not an object.", "invalid_json");
    return std::move(parsed->get_object());
}

} // namespace patchbay
