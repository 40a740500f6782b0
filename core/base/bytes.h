// Base64, hex, random bytes and constant-time comparison.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace patchbay {

/// RFC 4648 section 4, with padding.
std::string base64Encode(std::string_view bytes);
/// Accepts missing padding and ASCII white space; nothing else outside the alphabet.
std::optional<std::string> base64Decode(std::string_view text);
std::string hexEncode(std::string_view bytes);

/// From the operating system's cryptographic generator.
std::string randomBytes(std::size_t count);
/// The characters of [0-9A-Za-z] that random bytes choose, without bias: a few bytes choose none, so there are at most
/// as many characters as bytes.
std::string alphanumericsIn(std::string_view randomBytes);
/// count characters of [0-9A-Za-z], without bias.
std::string randomAlphanumeric(std::size_t count);
/// Takes the same time wherever the two differ; different lengths are unequal.
bool constantTimeEquals(std::string_view a, std::string_view b);

} // namespace patchbay
