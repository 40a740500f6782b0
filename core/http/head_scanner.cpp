#include "http/head_scanner.h"

#include <array>

namespace patchbay::http {
namespace {

constexpr std::array<bool, 256> tokenCharacters() {
    std::array<bool, 256> table{};
    for (int c = '0'; c <= '9'; ++c)
        table[static_cast<std::size_t>(c)] = true;
    for (int c = 'a'; c <= 'z'; ++c)
        table[static_cast<std::size_t>(c)] = true;
    for (int c = 'A'; c <= 'Z'; ++c)
        table[static_cast<std::size_t>(c)] = true;
    for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}
constexpr auto kTokenCharacters = tokenCharacters();

} // namespace

bool isTokenCharacter(unsigned char c) {
    return kTokenCharacters[c];
}

HeadScanner::State HeadScanner::fail(const char* problem) {
    m_problem = problem;
    return State::Malformed;
}

HeadScanner::State HeadScanner::scan(std::string_view bytes) {
    for (; m_position < bytes.size(); ++m_position) {
        const auto c = static_cast<unsigned char>(bytes[m_position]);
        if (m_afterCr) {
            if (c != '\n')
                return fail("a carriage return without line feed in the request head");
            m_afterCr = false;
            const bool emptyLine = m_position == m_lineStart + 1;
            m_lineStart = m_position + 1;
            if (emptyLine) {
                ++m_position;
                return State::Complete;
            }
            continue;
        }
        if (m_position == m_lineStart) {
            // Refused at the first byte already, so that a TLS greeting gets its answer at once.
            if (m_lineStart == 0 && !isTokenCharacter(c))
                return fail("the request does not begin with a method (is this TLS on a plain port?)");
            if (c == ' ' || c == '\t')
                return fail("a folded or indented header line");
        }
        if (c >= 0x20 && c != 0x7f)
            continue;
        if (c == '\r')
            m_afterCr = true;
        else if (c == '\n')
            return fail("a line feed without carriage return in the request head");
        else if (c != '\t')
            return fail("a control character in the request head");
    }
    return State::NeedMore;
}

} // namespace patchbay::http
