// JSON for the whole core: Boost.JSON values (member order is kept), our parser settings and our writer.
//
// Boost.JSON 1.81 prints 19.99 as 1.999E1, refuses nesting over 32 and fails a whole document for one lone surrogate;
// parseJson and writeJson settle these three. Accessors never throw and never insert.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/error.h"

namespace patchbay {

namespace json = boost::json;

/// Nesting deeper than this is refused: a hostile document must not exhaust the stack of what walks it.
inline constexpr std::size_t kMaxJsonDepth = 512;

/// Parses one complete document. Lone \uD800-\uDFFF escapes become U+FFFD; ill-formed UTF-8 is an error (code Malformed).
Result<json::value> parseJson(std::string_view text);
/// The same, requiring an object at the root.
Result<json::object> parseJsonObject(std::string_view text);

// Look-ups in an object: null and a wrong type count as absent.
const json::value* find(const json::object& object, std::string_view key); ///< nullptr when absent or null
const json::object* findObject(const json::object& object, std::string_view key);
const json::array* findArray(const json::object& object, std::string_view key);
std::optional<std::string_view> findString(const json::object& object, std::string_view key);
std::optional<std::int64_t> findInt(const json::object& object, std::string_view key); ///< accepts 3.0 as 3
std::optional<double> findDouble(const json::object& object, std::string_view key);
std::optional<bool> findBool(const json::object& object, std::string_view key);
/// The text or an empty view.
std::string_view stringOr(const json::object& object, std::string_view key, std::string_view fallback = {});

inline std::string_view toView(const json::string& text) {
    return {text.data(), text.size()};
}
inline std::string_view toView(json::string_view text) {
    return {text.data(), text.size()};
}

} // namespace patchbay
