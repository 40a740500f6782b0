// How deeply a TOML text nests, found without parsing it: toml++ and everything behind it go down one call per level,
// so a key of many thousand dots would use up the stack before anyone could say what is wrong.
#pragma once

#include <optional>
#include <string_view>

namespace patchbay {

constexpr int kMaxTomlDepth = 64; ///< open brackets and dots of a key together

/// The line (from 1) on which the text nests deeper than kMaxTomlDepth; nullopt where it does not. Strings and comments
/// do not count.
std::optional<int> tomlTooDeepAt(std::string_view text);

} // namespace patchbay
