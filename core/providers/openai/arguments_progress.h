// Whether the arguments of a tool call, which come in pieces, are a complete JSON object by now. Looks at every byte
// once, however many pieces there are.
#pragma once

#include <string_view>

namespace patchbay {

class ArgumentsProgress {
public:
    void feed(std::string_view piece);
    /// The brackets are closed and nothing but white space follows; whether the inside is valid JSON is for a parser.
    bool closed() const { return m_state == State::Closed; }

private:
    enum class State { Before, Inside, Closed, Broken };
    State m_state = State::Before;
    std::size_t m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

} // namespace patchbay
