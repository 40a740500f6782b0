#include "services/toml_depth.h"

namespace patchbay {
namespace {

class DepthScanner {
public:
    explicit DepthScanner(std::string_view text) : m_text(text) {}

    std::optional<int> run() {
        while (m_at < m_text.size()) {
            step();
            if (m_brackets + m_dots > kMaxTomlDepth)
                return m_line;
        }
        return std::nullopt;
    }

private:
    void step() {
        const char c = m_text[m_at];
        if (c == '"' || c == '\'')
            return skipString(c);
        if (c == '#') {
            while (m_at < m_text.size() && m_text[m_at] != '\n')
                ++m_at;
            return;
        }
        ++m_at;
        switch (c) {
        case '\n':
            ++m_line;
            m_dots = 0;
            break;
        case '.':
            ++m_dots;
            break;
        case '[':
        case '{':
            ++m_brackets;
            m_dots = 0;
            break;
        case ']':
        case '}':
            m_brackets -= m_brackets > 0 ? 1 : 0;
            m_dots = 0;
            break;
        case ',':
        case '=':
            m_dots = 0; // the next key or value begins
            break;
        default:
            break;
        }
    }

    // A string of one line ends with its line, also where its quote is missing: then the parser will say so.
    void skipString(char quote) {
        const bool multiLine = m_text.substr(m_at, 3) == std::string_view(quote == '"' ? "\"\"\"" : "\'\'\'");
        m_at += multiLine ? 3 : 1;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '\n' && !multiLine)
                return;
            if (c == '\n')
                ++m_line;
            if (c == '\\' && quote == '"' && m_at + 1 < m_text.size() && m_text[m_at + 1] != '\n')
                ++m_at;
            else if (c == quote && !multiLine) {
                ++m_at;
                return;
            } else if (c == quote && isTriple(quote)) {
                m_at += 3;
                for (int more = 0; more < 2 && m_at < m_text.size() && m_text[m_at] == quote; ++more)
                    ++m_at; // up to two quotes may stand before the closing three
                return;
            }
            ++m_at;
        }
    }

    bool isTriple(char quote) const {
        return m_at + 2 < m_text.size() && m_text[m_at + 1] == quote && m_text[m_at + 2] == quote;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    int m_brackets = 0;
    int m_dots = 0; // of the key that is being read
};

} // namespace

std::optional<int> tomlTooDeepAt(std::string_view text) {
    return DepthScanner(text).run();
}

} // namespace patchbay
