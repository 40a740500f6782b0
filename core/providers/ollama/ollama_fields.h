// Reading a client's body: each look-up says by name which field is wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "providers/ollama/ollama_common.h"

namespace patchbay::ollama {

/// "messages[3]"
inline std::string at(std::string_view field, std::size_t index) {
    return std::string(field) + "[" + std::to_string(index) + "]";
}

/// InvalidRequest: "param must be expected".
inline Error wrongType(std::string param, std::string_view expected) {
    std::string message = param + " must be " + std::string(expected);
    return invalidField(std::move(param), std::move(message));
}

/// The member's value; a value of another type is the client's mistake. Null counts as absent, as in Go.
template <class T, class Finder>
Result<std::optional<T>> typed(const json::object& object, std::string_view key, Finder finder, std::string_view prefix,
                               std::string_view expected) {
    const auto value = finder(object, key);
    if (!value && find(object, key))
        return wrongType(std::string(prefix) + std::string(key), expected);
    return value ? std::optional<T>(*value) : std::nullopt;
}

/// The member's text; empty when absent.
inline Result<std::string> textMember(const json::object& object, std::string_view key, std::string_view prefix) {
    auto value = typed<std::string_view>(object, key, findString, prefix, "a string");
    if (!value)
        return value.error();
    return std::string(value->value_or(std::string_view{}));
}

} // namespace patchbay::ollama
