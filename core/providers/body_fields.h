// Reads the members of a client's JSON body: a wrong type becomes an error that names the field, and what nobody asked
// for is left over for ChatRequest::extra. The first error is kept, so that a decoder reads everything and asks once.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/json.h"

namespace patchbay {

/// InvalidRequest that blames `param`.
inline Error invalidField(std::string param, std::string message,
                          std::string hint = "Correct the field and try again.") {
    Error error = makeError(ErrorCode::InvalidRequest, std::move(message), std::move(hint));
    error.vendor = VendorError{.param = std::move(param)};
    return error;
}

class BodyFields {
public:
    /// `prefix` stands before the names in errors: "generationConfig.".
    explicit BodyFields(const json::object& object, std::string prefix = {})
        : m_object(object), m_prefix(std::move(prefix)) {}

    std::optional<std::string> string(std::string_view name) {
        const json::value* value = take(name);
        if (!value)
            return std::nullopt;
        if (value->is_string())
            return std::string(toView(value->get_string()));
        refuse(name, "a string");
        return std::nullopt;
    }
    std::optional<std::int64_t> integer(std::string_view name) {
        return number(name, findInt(m_object, name), "an integer");
    }
    std::optional<double> real(std::string_view name) { return number(name, findDouble(m_object, name), "a number"); }
    std::optional<bool> boolean(std::string_view name) { return number(name, findBool(m_object, name), "a boolean"); }
    const json::object* object(std::string_view name) {
        const json::value* value = take(name);
        if (value && !value->is_object())
            refuse(name, "an object");
        return value ? value->if_object() : nullptr;
    }
    const json::array* array(std::string_view name) {
        const json::value* value = take(name);
        if (value && !value->is_array())
            refuse(name, "an array");
        return value ? value->if_array() : nullptr;
    }
    /// Any type; null counts as absent.
    const json::value* take(std::string_view name) {
        m_known.emplace(name);
        return find(m_object, name);
    }

    void fail(Error error) {
        if (!m_failure)
            m_failure = std::move(error);
    }
    const std::optional<Error>& failure() const { return m_failure; }

    /// The members that nobody asked for, in their order; nulls are dropped.
    json::object rest() const {
        json::object left;
        for (const auto& [key, value] : m_object)
            if (!value.is_null() && !m_known.contains(toView(key)))
                left.emplace(key, value);
        return left;
    }

private:
    template <class T> std::optional<T> number(std::string_view name, std::optional<T> found, const char* expected) {
        if (take(name) && !found)
            refuse(name, expected);
        return found;
    }
    void refuse(std::string_view name, const char* expected) {
        std::string param = m_prefix + std::string(name);
        std::string message = "'" + param + "' must be " + expected;
        fail(invalidField(std::move(param), std::move(message)));
    }

    const json::object& m_object;
    std::string m_prefix;
    std::set<std::string, std::less<>> m_known;
    std::optional<Error> m_failure;
};

} // namespace patchbay
