#include "playground/tokens.h"

#include <cstdint>

namespace patchbay::playground {
namespace {

constexpr std::size_t kMaxWordBytes = 24; // base64 and the like must still stream in pieces

std::size_t sequenceLength(char lead) {
    const auto byte = static_cast<std::uint8_t>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

} // namespace

std::size_t firstTokenSize(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && isSpace(text[end]))
        ++end;
    const std::size_t word = end;
    while (end < text.size() && !isSpace(text[end])) {
        const std::size_t length = sequenceLength(text[end]);
        if (length >= 3) { // a character of its own, unless a word came before it
            if (end == word)
                end += length;
            break;
        }
        end += length;
        if (end - word >= kMaxWordBytes)
            break;
    }
    return std::min(end, text.size());
}

std::vector<std::string> splitTokens(std::string_view text) {
    std::vector<std::string> tokens;
    while (!text.empty()) {
        const std::size_t size = firstTokenSize(text);
        tokens.emplace_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return tokens;
}

std::string numberedText(std::int64_t count) {
    std::string text;
    for (std::int64_t i = 1; i <= count; ++i) {
        if (i > 1)
            text.push_back(' ');
        text.append("token").append(std::to_string(i));
    }
    return text;
}

} // namespace patchbay::playground
