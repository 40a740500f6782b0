#include "reply_check.h"

#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "base/json.h"

namespace patchbay::bench {
namespace {

[[noreturn]] void refuse(std::string_view what, std::string_view bytes) {
    throw std::runtime_error(fmt::format("{}: {}", what, bytes.substr(0, 2000)));
}

/// Where the value of the first member of this name stands, without quotes.
std::pair<std::size_t, std::size_t> valueOf(std::string_view body, std::string_view name) {
    const std::string key = fmt::format("\"{}\":", name);
    std::size_t begin = body.find(key);
    if (begin == std::string_view::npos)
        refuse(fmt::format("no {} in the answer", name), body);
    begin += key.size();
    if (body[begin] == '"')
        return {begin + 1, body.find('"', begin + 1)};
    return {begin, body.find_first_of(",}", begin)};
}

} // namespace

void PlainCheck::learn(std::string_view body) {
    const auto object = parseJsonObject(body);
    if (!object)
        refuse("the answer is not JSON", body);
    const json::array* choices = findArray(*object, "choices");
    const json::object* usage = findObject(*object, "usage");
    if (!choices || choices->size() != 1 || !usage || findInt(*usage, "total_tokens") != 190)
        refuse("the answer lacks its choice or usage", body);
    const json::object& choice = choices->front().as_object();
    const json::object* message = findObject(choice, "message");
    if (!message || findString(*message, "content") != m_script.replyText() ||
        findString(choice, "finish_reason") != "stop")
        refuse("the answer says something else", body);
    m_expected = body;
    m_free = {valueOf(body, "id"), valueOf(body, "created")};
    std::sort(m_free.begin(), m_free.end());
}

void PlainCheck::check(std::string_view body) {
    if (m_fidelity == Fidelity::SameBytes) {
        if (m_expected.empty())
            m_expected = m_script.replyBody();
        if (body != m_expected)
            refuse("the answer is not the upstream's", body);
        return;
    }
    if (m_expected.empty())
        learn(body);
    if (body.size() != m_expected.size())
        refuse("the answer has another length than the first", body);
    const std::string_view expected = m_expected;
    std::size_t at = 0;
    for (const auto& [begin, end] : m_free) {
        if (body.substr(at, begin - at) != expected.substr(at, begin - at))
            refuse("the answer differs from the first", body);
        at = end;
    }
    if (body.substr(at) != expected.substr(at))
        refuse("the answer differs from the first", body);
}

void StreamCheck::takeLine(std::string_view line) {
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    if (line.empty() || line.front() == ':')
        return;
    if (m_done || !line.starts_with("data: "))
        refuse("unexpected line in the stream", line);
    if (line == "data: [DONE]") {
        m_done = true;
        return;
    }
    constexpr std::string_view kContent = R"("content":")";
    if (const std::size_t at = line.find(kContent); at != std::string_view::npos) {
        const std::string_view text =
            line.substr(at + kContent.size(), line.find('"', at + kContent.size()) - at - kContent.size());
        if (text.empty())
            return; // the role's chunk
        if (m_finished || text.size() != 11 || !text.starts_with("word"))
            refuse("unexpected text in the stream", line);
        std::size_t index = 0;
        std::from_chars(text.data() + 4, text.data() + 10, index);
        if (index != m_events)
            refuse(fmt::format("event {} where {} was due", index, m_events), line);
        ++m_events;
    } else if (line.find(R"("finish_reason":"stop")") != std::string_view::npos) {
        m_finished = true;
    } else if (line.find(fmt::format(R"("completion_tokens":{})", m_expected)) != std::string_view::npos) {
        m_usage = true;
    } else {
        refuse("unexpected event in the stream", line);
    }
}

void StreamCheck::feed(std::string& body) {
    std::size_t at = 0;
    for (std::size_t end = body.find('\n'); end != std::string::npos; end = body.find('\n', at)) {
        takeLine(std::string_view(body).substr(at, end - at));
        at = end + 1;
    }
    body.erase(0, at);
}

void StreamCheck::finish() const {
    if (m_events != m_expected || !m_finished || !m_usage || !m_done)
        throw std::runtime_error(
            fmt::format("a stream ended after {} of {} events (finish reason {}, usage {}, [DONE] {})", m_events,
                        m_expected, m_finished, m_usage, m_done));
}

} // namespace patchbay::bench
