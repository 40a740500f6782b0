// Small text helpers. All text in the core is UTF-8 in std::string.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace patchbay {

std::string_view trim(std::string_view text);
/// ASCII-only case folding, as HTTP and the vendors' tokens need it.
bool equalsIgnoreCase(std::string_view a, std::string_view b);
std::string toLowerAscii(std::string_view text);
bool startsWithIgnoreCase(std::string_view text, std::string_view prefix);
/// Splits at every separator; an empty text gives one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Percent-decodes a URL path or query piece; bad escapes stay as they are. '+' becomes a space only with plusIsSpace.
std::string percentDecode(std::string_view text, bool plusIsSpace = false);
/// Percent-encodes everything but the unreserved characters of RFC 3986 section 2.3.
std::string percentEncode(std::string_view text);

bool isValidUtf8(std::string_view text);
/// Replaces every ill-formed sequence by U+FFFD (one per maximal subpart, as WHATWG Encoding does).
std::string repairUtf8(std::string_view text);
/// The longest prefix of at most maxBytes that does not cut a code point.
std::string_view truncateUtf8(std::string_view text, std::size_t maxBytes);

/// Keeps nothing of a secret but a hint of which one it is: "sk-…4f2a". Short secrets become "…".
std::string maskSecret(std::string_view secret);

} // namespace patchbay
