// Strict reading of a client's request body, as OpenAI's own service checks it: the first problem is kept with the path
// of the field that is to blame, in OpenAI's words, and reading goes on without branches at each field.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace patchbay {

/// InvalidRequest with vendor.param and vendor.code (OpenAI's machine code, for example "invalid_type").
Error openAiInvalidRequest(std::string_view param, std::string message, std::string_view code = "invalid_value");

/// The first problem found in a body; later ones are dropped.
class RequestProblem {
public:
    void report(std::string_view param, std::string message, std::string_view code = "invalid_value");
    void missing(std::string_view param);
    /// `expected` with its article: "a string".
    void wrongType(std::string_view param, std::string_view expected, const json::value& got);
    bool found() const { return m_error.has_value(); }
    const Error& error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

/// Reads the members of one object. null counts as absent; a wrong type or a value out of range is reported.
class FieldReader {
public:
    /// `path` is empty for the body, else "messages[0]". All three outlive the reader.
    FieldReader(const json::object& object, std::string path, RequestProblem& problem)
        : m_object(object), m_path(std::move(path)), m_problem(problem) {}

    std::optional<std::string> string(std::string_view key);
    std::string stringOrEmpty(std::string_view key) { return string(key).value_or(std::string{}); }
    /// Reports an absent or empty value.
    std::string requiredString(std::string_view key);
    /// One of `allowed`.
    std::optional<std::string> choice(std::string_view key, std::initializer_list<std::string_view> allowed);
    std::optional<bool> boolean(std::string_view key);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max);
    std::optional<double> number(std::string_view key, double min, double max);
    const json::object* object(std::string_view key);
    const json::array* array(std::string_view key);
    const json::object* requiredObject(std::string_view key);
    const json::array* requiredArray(std::string_view key);
    /// Any value but null; nullptr when absent.
    const json::value* value(std::string_view key);

    /// "messages[0].content" for key "content".
    std::string pathOf(std::string_view key) const;
    const std::string& path() const { return m_path; }
    RequestProblem& problem() { return m_problem; }
    /// The members that nobody asked for.
    json::object rest() const;

private:
    const json::object& m_object;
    std::string m_path;
    RequestProblem& m_problem;
    std::vector<std::string_view> m_seen;
};

/// "messages[3]"
std::string indexedPath(std::string_view array, std::size_t index);
/// Tool and schema names: [A-Za-z0-9_-]{1,64}.
bool isOpenAiName(std::string_view name);
/// The body as an object, or an InvalidRequest in OpenAI's words.
Result<json::object> parseOpenAiBody(std::string_view body);

} // namespace patchbay
