#include "providers/anthropic/anthropic_field.h"

#include <fmt/format.h>

namespace patchbay::anthropic {

Error invalidField(std::string_view path, std::string_view problem, std::string_view hint) {
    Error error = makeError(ErrorCode::InvalidRequest, fmt::format("{}: {}", path, problem), std::string(hint));
    error.vendor = VendorError{.type = "invalid_request_error", .param = std::string(path)};
    return error;
}

std::string joinPath(std::string_view path, std::string_view member) {
    return path.empty() ? std::string(member) : fmt::format("{}.{}", path, member);
}

std::string joinPath(std::string_view path, std::size_t index) {
    return fmt::format("{}.{}", path, index);
}

Result<std::optional<std::string>> FieldReader::text(std::string_view key) const {
    if (!has(key))
        return std::optional<std::string>{};
    const auto value = findString(m_object, key);
    if (!value)
        return invalid(key, "Input should be a valid string");
    return std::optional<std::string>(*value);
}

Result<std::optional<std::int64_t>> FieldReader::integer(std::string_view key, std::int64_t least) const {
    if (!has(key))
        return std::optional<std::int64_t>{};
    const auto value = findInt(m_object, key);
    if (!value)
        return invalid(key, "Input should be a valid integer");
    if (*value < least)
        return invalid(key, fmt::format("Input should be greater than or equal to {}", least));
    return value;
}

Result<std::optional<double>> FieldReader::number(std::string_view key, double least, double most) const {
    if (!has(key))
        return std::optional<double>{};
    const auto value = findDouble(m_object, key);
    if (!value)
        return invalid(key, "Input should be a valid number");
    if (!(*value >= least && *value <= most))
        return invalid(key, fmt::format("Input should be between {} and {}", least, most));
    return value;
}

Result<std::optional<bool>> FieldReader::boolean(std::string_view key) const {
    if (!has(key))
        return std::optional<bool>{};
    const auto value = findBool(m_object, key);
    if (!value)
        return invalid(key, "Input should be a valid boolean");
    return value;
}

Result<const json::object*> FieldReader::objectOr(std::string_view key) const {
    const json::object* value = findObject(m_object, key);
    if (!value && has(key))
        return invalid(key, "Input should be an object");
    return value;
}

Result<const json::array*> FieldReader::arrayOr(std::string_view key) const {
    const json::array* value = findArray(m_object, key);
    if (!value && has(key))
        return invalid(key, "Input should be a valid list");
    return value;
}

Result<std::vector<std::string>> FieldReader::texts(std::string_view key) const {
    auto list = arrayOr(key);
    if (!list)
        return list.error();
    std::vector<std::string> result;
    for (std::size_t i = 0; *list && i < (*list)->size(); ++i) {
        const json::value& entry = (**list)[i];
        if (!entry.is_string())
            return invalidField(joinPath(pathOf(key), i), "Input should be a valid string");
        result.emplace_back(toView(entry.get_string()));
    }
    return result;
}

Result<std::string> FieldReader::requiredText(std::string_view key, bool mayBeEmpty) const {
    auto value = text(key);
    if (!value)
        return value.error();
    if (!*value)
        return invalid(key, "Field required");
    if ((*value)->empty() && !mayBeEmpty)
        return invalid(key, "String should have at least 1 character");
    return **value;
}

Result<const json::object*> FieldReader::requiredObject(std::string_view key) const {
    auto value = objectOr(key);
    if (value && !*value)
        return invalid(key, "Field required");
    return value;
}

} // namespace patchbay::anthropic
