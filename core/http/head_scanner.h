// Looks at the raw bytes of a request head as they arrive, before any parser does: finds its end and refuses what
// lenient parsers and proxies read differently from one another (request smuggling): bare LF, bare CR, NUL and other
// control bytes, folded lines. RFC 9112 sections 2.2 and 5.2.
#pragma once

#include <cstddef>
#include <string_view>

namespace patchbay::http {

class HeadScanner {
public:
    enum class State { NeedMore, Complete, Malformed };

    /// `bytes` is everything of this message received so far; bytes seen by an earlier call are not looked at again.
    State scan(std::string_view bytes);
    /// After Complete: the length of the head with its empty line.
    std::size_t headSize() const { return m_position; }
    /// After Malformed: what is wrong, a constant text.
    const char* problem() const { return m_problem; }
    void reset() { *this = HeadScanner(); }

private:
    State fail(const char* problem);

    std::size_t m_position = 0;
    std::size_t m_lineStart = 0;
    bool m_afterCr = false;
    const char* m_problem = "";
};

/// A character that may stand in a method or header name (RFC 9110 section 5.6.2).
bool isTokenCharacter(unsigned char c);

} // namespace patchbay::http
