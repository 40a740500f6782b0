#include "services/import_elements.h"

#include <utility>

#include "base/strings.h"

namespace patchbay {
namespace {

constexpr std::size_t kBeginningKept = 4096;

Error notJson() {
    return makeError(ErrorCode::Malformed, "This is not an export of ChatGPT or Claude.",
                     "Choose the conversations.json of the export, or the .zip in which it came.");
}

bool isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace

bool JsonElements::begin(std::string_view bytes, std::size_t& at) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    for (; at < bytes.size(); ++at) {
        const char c = bytes[at];
        const std::uint64_t position = m_offset + at;
        if (isSpace(c) || (position < kMark.size() && c == kMark[position]))
            continue;
        if (c != '[' && c != '{')
            return false;
        m_isArray = c == '[';
        m_state = State::Inside;
        if (m_isArray)
            ++at; // an object is read as an element from here on
        m_current.offset = m_offset + at;
        return true;
    }
    return true;
}

Result<void> JsonElements::feed(std::string_view bytes) {
    std::size_t at = 0;
    if (m_state == State::Start && !begin(bytes, at))
        return notJson();
    std::size_t kept = at; // up to here it is in m_current
    for (; at < bytes.size() && m_state == State::Inside; ++at) {
        const char c = bytes[at];
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inString = false;
            continue;
        }
        if (c == '"')
            m_inString = true;
        else if (c == '[' || c == '{')
            ++m_depth;
        else if (m_depth == 0 && m_isArray && (c == ',' || c == ']')) {
            keep(bytes.substr(kept, at - kept));
            complete();
            kept = at + 1;
            m_current.offset = m_offset + kept;
            if (c == ']')
                m_state = State::Done;
        } else if (c == ']' || c == '}') {
            if (m_depth > 0)
                --m_depth;
            if (m_depth == 0 && !m_isArray) {
                keep(bytes.substr(kept, at + 1 - kept));
                complete();
                kept = at + 1;
                m_state = State::Done;
            }
        }
    }
    if (m_state == State::Inside)
        keep(bytes.substr(kept));
    m_offset += bytes.size();
    return {};
}

void JsonElements::keep(std::string_view bytes) {
    if (m_current.tooLarge)
        return;
    if (m_current.text.size() + bytes.size() > m_limit) {
        m_current.tooLarge = true;
        m_current.text.append(bytes.substr(0, kBeginningKept));
        m_current.text.resize(std::min(m_current.text.size(), kBeginningKept));
        m_current.text.shrink_to_fit();
        return;
    }
    m_current.text.append(bytes);
}

void JsonElements::complete() {
    JsonElement done = std::exchange(m_current, {});
    if (!trim(done.text).empty())
        m_ready.push_back(std::move(done));
}

JsonElement JsonElements::take() {
    JsonElement first = std::move(m_ready.front());
    m_ready.pop_front();
    return first;
}

Result<void> JsonElements::finish() const {
    if (m_state == State::Done)
        return {};
    if (m_state == State::Start)
        return notJson();
    return makeError(ErrorCode::Truncated, "The file ends in the middle of a conversation.",
                     "It was not saved completely: download or unpack the export again. What came before the break is "
                     "imported.");
}

} // namespace patchbay
