#include "providers/surrogate_joiner.h"

namespace patchbay {
namespace {

constexpr std::size_t kEscape = 6; // \uXXXX

bool isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Whether the escape at `at` is a surrogate; `low`: of the second half.
bool isSurrogate(std::string_view text, std::size_t at, bool low) {
    if (at + kEscape > text.size() || text[at] != '\\' || text[at + 1] != 'u' || (text[at + 2] | 0x20) != 'd')
        return false;
    const char c = static_cast<char>(text[at + 3] | 0x20);
    const bool half = low ? (c >= 'c' && c <= 'f') : (c == '8' || c == '9' || c == 'a' || c == 'b');
    return half && isHexDigit(text[at + 4]) && isHexDigit(text[at + 5]);
}

// The string that ends with half a character: the place of the escape; npos where there is none.
std::size_t cutHigh(std::string_view text) {
    for (auto at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
        if (isSurrogate(text, at, false) && text.substr(at + kEscape, 1) == "\"")
            return at;
        at += 2; // the escaped character is no beginning
    }
    return std::string_view::npos;
}

// The string that begins with the other half.
std::size_t leadingLow(std::string_view text) {
    for (auto at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
        if (isSurrogate(text, at, true) && at > 0 && text[at - 1] == '"')
            return at;
        at += 2;
    }
    return std::string_view::npos;
}

} // namespace

std::string_view SurrogateJoiner::join(std::string_view event) {
    if (event.find('\\') == std::string_view::npos)
        return event;
    const auto low = m_held.empty() ? std::string_view::npos : leadingLow(event);
    if (low != std::string_view::npos) {
        std::string joined(event.substr(0, low));
        joined.append(m_held).append(event.substr(low));
        m_held.clear();
        m_text = std::move(joined);
        event = m_text;
    }
    if (const auto high = cutHigh(event); high != std::string_view::npos) {
        m_held = event.substr(high, kEscape);
        std::string rest(event.substr(0, high));
        rest.append(event.substr(high + kEscape));
        m_text = std::move(rest);
        event = m_text;
    }
    return event;
}

} // namespace patchbay
