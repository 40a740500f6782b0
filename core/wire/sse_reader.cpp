#include "wire/sse_reader.h"

#include "base/strings.h"

namespace patchbay {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// A line may exceed the limit on an event's data by its field name and a byte order mark.
constexpr std::size_t kLineSlack = 64;

Error tooLarge(std::size_t limit) {
    return makeError(ErrorCode::Malformed,
                     "a server-sent event is larger than the limit of " + std::to_string(limit) + " bytes",
                     "Raise the limit if the provider really sends events of this size.");
}

void mendUtf8(std::string& text) {
    if (!isValidUtf8(text))
        text = repairUtf8(text);
}

} // namespace

Result<void> SseReader::feed(std::string_view bytes, std::vector<SseEvent>& events) {
    constexpr auto kNone = std::string_view::npos;
    if (m_afterCr && !bytes.empty()) {
        m_afterCr = false;
        if (bytes.front() == '\n')
            bytes.remove_prefix(1);
    }
    // The next LF is looked for once and kept while CRs before it end lines: else a stream with CR only would be
    // scanned to its end for each line.
    std::size_t at = 0;
    std::size_t lineFeed = bytes.find('\n');
    while (at < bytes.size()) {
        if (lineFeed != kNone && lineFeed < at)
            lineFeed = bytes.find('\n', at);
        const std::string_view upToFeed = bytes.substr(at, lineFeed == kNone ? kNone : lineFeed - at);
        const std::size_t carriageReturn = upToFeed.find('\r');
        if (carriageReturn == kNone && lineFeed == kNone)
            return holdBack(upToFeed);
        const std::string_view line = upToFeed.substr(0, carriageReturn);
        at += line.size() + 1;
        if (carriageReturn != kNone) {
            if (at == bytes.size())
                m_afterCr = true;
            else if (bytes[at] == '\n')
                ++at;
        }
        if (m_line.empty()) { // the usual case: a whole line in one read is not copied
            if (auto taken = takeLine(line, events); !taken)
                return taken;
            continue;
        }
        if (auto held = holdBack(line); !held)
            return held;
        const auto taken = takeLine(m_line, events);
        m_line.clear();
        if (!taken)
            return taken;
    }
    return {};
}

std::optional<SseEvent> SseReader::finish() {
    std::vector<SseEvent> none; // a line that is not empty completes no event
    const bool usable = m_line.empty() || static_cast<bool>(takeLine(m_line, none));
    m_line.clear();
    if (!usable || !m_hasData)
        return std::nullopt;
    return takeEvent();
}

Result<void> SseReader::holdBack(std::string_view piece) {
    if (m_line.size() + piece.size() > m_maxEventBytes + kLineSlack)
        return tooLarge(m_maxEventBytes);
    m_line.append(piece);
    return {};
}

Result<void> SseReader::takeLine(std::string_view line, std::vector<SseEvent>& events) {
    if (m_start) {
        m_start = false;
        if (line.starts_with(kByteOrderMark))
            line.remove_prefix(kByteOrderMark.size());
    }
    if (line.empty()) {
        dispatch(events);
        return {};
    }
    if (line.size() > m_maxEventBytes + kLineSlack)
        return tooLarge(m_maxEventBytes);
    const std::size_t colon = line.find(':');
    const std::string_view field = line.substr(0, colon);
    std::string_view value = colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    if (field == "data")
        return takeData(value);
    if (field == "event")
        m_name = value;
    // id and retry serve reconnecting, which no vendor offers; an empty field name is a comment; others are unknown.
    return {};
}

Result<void> SseReader::takeData(std::string_view value) {
    if (m_data.size() + value.size() + (m_hasData ? 1 : 0) > m_maxEventBytes)
        return tooLarge(m_maxEventBytes);
    if (m_hasData)
        m_data.push_back('\n');
    m_data.append(value);
    m_hasData = true;
    return {};
}

void SseReader::dispatch(std::vector<SseEvent>& events) {
    if (m_hasData)
        events.push_back(takeEvent());
    else
        m_name.clear();
}

SseEvent SseReader::takeEvent() {
    SseEvent event{.name = m_name.empty() ? "message" : std::move(m_name), .data = std::move(m_data)};
    m_name.clear();
    m_data.clear();
    m_hasData = false;
    mendUtf8(event.name);
    mendUtf8(event.data);
    return event;
}

} // namespace patchbay
