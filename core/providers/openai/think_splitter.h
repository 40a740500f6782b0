// Local servers leave a reasoning model's <think>…</think> at the beginning of the text. The splitter takes it out as
// reasoning, wherever the pieces are cut; a tag further in is the model's own text.
#pragma once

#include <string>
#include <string_view>

namespace patchbay {

class ThinkSplitter {
public:
    /// What is certain so far; reasoning always stands before text.
    struct Pieces {
        std::string reasoning;
        std::string text;
    };
    Pieces feed(std::string_view piece);
    /// What was held back because it might have become a tag.
    Pieces finish();
    /// True once nothing can be held back any more: pieces may bypass the splitter.
    bool passesThrough() const { return m_state == State::Text; }
    /// An opened tag has not been closed, or only white space came since.
    bool inside() const { return m_state == State::Inside || m_state == State::After; }

private:
    enum class State { Start, Inside, After, Text };
    void takeStart(Pieces& pieces);
    void takeInside(Pieces& pieces);
    void takeAfter(Pieces& pieces);
    void takeText(Pieces& pieces);

    State m_state = State::Start;
    bool m_reasoningBegun = false; // white space at its edges is the template's, not the model's
    std::string m_held;
};

} // namespace patchbay
