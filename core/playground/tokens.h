// Cuts text into the pieces in which the playground streams it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace patchbay::playground {

/// A Latin word with the spaces before it is a token, so is a CJK character or an emoji code point. Joined, the tokens
/// are the text again, byte for byte.
std::vector<std::string> splitTokens(std::string_view text);
/// The size of the first of these tokens; 0 for an empty text.
std::size_t firstTokenSize(std::string_view text);
/// "word 1 word 2 …": exactly `count` tokens, all different.
std::string numberedText(std::int64_t count);

} // namespace patchbay::playground
