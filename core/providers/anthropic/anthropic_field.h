// Checked access to the members of a client's JSON. Each failure is an InvalidRequest that names the member by its path
// ("messages.0.content.1.type"), as the service does.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace patchbay::anthropic {

/// InvalidRequest with `path` in the message and in vendor.param.
Error invalidField(std::string_view path, std::string_view problem, std::string_view hint = "Correct this field.");

/// The error of the first that failed.
template <class... Results> std::optional<Error> firstError(const Results&... results) {
    std::optional<Error> error;
    (..., (!results && !error ? void(error = results.error()) : void()));
    return error;
}

std::string joinPath(std::string_view path, std::string_view member);
std::string joinPath(std::string_view path, std::size_t index);

/// An object of the client's document together with where it stands. Null counts as absent.
class FieldReader {
public:
    FieldReader(const json::object& object, std::string path) : m_object(object), m_path(std::move(path)) {}

    const std::string& path() const { return m_path; }
    std::string pathOf(std::string_view key) const { return joinPath(m_path, key); }
    const json::object& object() const { return m_object; }
    bool has(std::string_view key) const { return find(m_object, key) != nullptr; }

    // Absent is fine, a wrong type is an error.
    Result<std::optional<std::string>> text(std::string_view key) const;
    Result<std::optional<std::int64_t>> integer(std::string_view key, std::int64_t least) const;
    Result<std::optional<double>> number(std::string_view key, double least, double most) const;
    Result<std::optional<bool>> boolean(std::string_view key) const;
    Result<const json::object*> objectOr(std::string_view key) const; ///< nullptr when absent
    Result<const json::array*> arrayOr(std::string_view key) const;   ///< nullptr when absent
    Result<std::vector<std::string>> texts(std::string_view key) const;

    // Absent is an error too; requiredText refuses an empty text unless told.
    Result<std::string> requiredText(std::string_view key, bool mayBeEmpty = false) const;
    Result<const json::object*> requiredObject(std::string_view key) const;

    Error invalid(std::string_view key, std::string_view problem) const { return invalidField(pathOf(key), problem); }

private:
    const json::object& m_object;
    std::string m_path;
};

} // namespace patchbay::anthropic
