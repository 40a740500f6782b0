#include "providers/openai/arguments_progress.h"

namespace patchbay {
namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

void ArgumentsProgress::feed(std::string_view piece) {
    for (const char c : piece) {
        if (m_state == State::Broken)
            return;
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inString = false;
            continue;
        }
        if (m_state != State::Inside) {
            if (isSpace(c))
                continue;
            if (m_state == State::Closed || c != '{') {
                m_state = State::Broken; // not an object, or something behind it
                return;
            }
            m_state = State::Inside;
            m_depth = 1;
        } else if (c == '"')
            m_inString = true;
        else if (c == '{' || c == '[')
            ++m_depth;
        else if ((c == '}' || c == ']') && --m_depth == 0)
            m_state = State::Closed;
    }
}

} // namespace patchbay
