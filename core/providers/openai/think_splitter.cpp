#include "providers/openai/think_splitter.h"

#include <algorithm>

namespace patchbay {
namespace {

constexpr std::string_view kOpen = "<think>";
constexpr std::string_view kClose = "</think>";
constexpr std::string_view kSpace = " \t\r\n";
constexpr std::size_t kMaxLeadingSpace = 64;

// Length of the longest end of `text` that is white space followed by a beginning of "</think>".
std::size_t heldBackLength(std::string_view text) {
    std::size_t tag = std::min(text.size(), kClose.size() - 1);
    while (tag > 0 && !kClose.starts_with(text.substr(text.size() - tag)))
        --tag;
    const auto last = text.substr(0, text.size() - tag).find_last_not_of(kSpace);
    return last == std::string_view::npos ? text.size() : text.size() - last - 1;
}

} // namespace

void ThinkSplitter::takeStart(Pieces& pieces) {
    const auto begin = m_held.find_first_not_of(kSpace);
    if (begin == std::string::npos) {
        if (m_held.size() > kMaxLeadingSpace)
            m_state = State::Text;
    } else {
        const std::string_view rest = std::string_view(m_held).substr(begin);
        if (rest.starts_with(kOpen)) {
            m_held.erase(0, begin + kOpen.size());
            m_state = State::Inside;
            return takeInside(pieces);
        }
        if (!kOpen.starts_with(rest))
            m_state = State::Text;
    }
    if (m_state == State::Text)
        takeText(pieces);
}

void ThinkSplitter::takeInside(Pieces& pieces) {
    if (!m_reasoningBegun) {
        m_held.erase(0, std::min(m_held.find_first_not_of(kSpace), m_held.size()));
        m_reasoningBegun = !m_held.empty();
    }
    if (const auto close = m_held.find(kClose); close != std::string::npos) {
        const std::string_view thought = std::string_view(m_held).substr(0, close);
        const auto last = thought.find_last_not_of(kSpace);
        if (last != std::string_view::npos)
            pieces.reasoning.append(thought.substr(0, last + 1));
        m_held.erase(0, close + kClose.size());
        m_state = State::After;
        return takeAfter(pieces);
    }
    const std::size_t certain = m_held.size() - heldBackLength(m_held);
    pieces.reasoning.append(m_held, 0, certain);
    m_held.erase(0, certain);
}

void ThinkSplitter::takeAfter(Pieces& pieces) {
    m_held.erase(0, std::min(m_held.find_first_not_of(kSpace), m_held.size()));
    if (m_held.empty())
        return;
    m_state = State::Text;
    takeText(pieces);
}

void ThinkSplitter::takeText(Pieces& pieces) {
    pieces.text.append(m_held);
    m_held.clear();
}

ThinkSplitter::Pieces ThinkSplitter::feed(std::string_view piece) {
    Pieces pieces;
    m_held.append(piece);
    switch (m_state) {
    case State::Start:
        takeStart(pieces);
        break;
    case State::Inside:
        takeInside(pieces);
        break;
    case State::After:
        takeAfter(pieces);
        break;
    case State::Text:
        takeText(pieces);
        break;
    }
    return pieces;
}

ThinkSplitter::Pieces ThinkSplitter::finish() {
    Pieces pieces;
    if (m_state == State::Inside) { // the model was cut off while it thought
        const auto last = m_held.find_last_not_of(kSpace);
        pieces.reasoning = last == std::string::npos ? std::string{} : m_held.substr(0, last + 1);
        m_held.clear();
    }
    takeText(pieces);
    m_state = State::Text;
    return pieces;
}

} // namespace patchbay
