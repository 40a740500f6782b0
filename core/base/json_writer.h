// Writes JSON text. Numbers are written exactly: integers stay integers, doubles in their shortest form (to_chars);
// NaN and infinities, which JSON lacks, become null. Streams write straight into one growing string.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace patchbay {

void appendJson(std::string& out, const json::value& value);
std::string writeJson(const json::value& value);
/// Two spaces per level, for files and terminals.
std::string writeJsonPretty(const json::value& value);
/// A quoted JSON string. Bytes that are not UTF-8 become U+FFFD, so the result is always valid JSON.
void appendJsonString(std::string& out, std::string_view text);

} // namespace patchbay
