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

std::vector<std::string> splitTokens(std::string_view text) {
    std::vector<std::string> tokens;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = at;
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
        end = std::min(end, text.size());
        tokens.emplace_back(text.substr(at, end - at));
        at = end;
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
