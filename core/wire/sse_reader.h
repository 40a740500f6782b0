// Server-sent events, read from bytes as they arrive (WHATWG HTML, "Interpreting an event stream"). Sans-IO: no socket,
// no clock. Deviation: an event that is pending at the end of the input is delivered by finish(), as OpenAI's SDK does;
// the caller drops it if it does not parse.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace patchbay {

struct SseEvent {
    std::string name; ///< "message" when the stream gave none
    std::string data; ///< lines joined with LF; bad UTF-8 replaced by U+FFFD
    bool operator==(const SseEvent&) const = default;
};

class SseReader {
public:
    /// An event with more data than this is refused (ErrorCode::Malformed): a peer must not fill our memory.
    explicit SseReader(std::size_t maxEventBytes = 16U << 20U) : m_maxEventBytes(maxEventBytes) {}
    /// Appends the events completed by `bytes`. Cost is linear in the bytes fed, however they are split.
    Result<void> feed(std::string_view bytes, std::vector<SseEvent>& events);
    /// The event that the input ended in the middle of, if it had any data.
    std::optional<SseEvent> finish();

private:
    Result<void> holdBack(std::string_view piece);
    Result<void> takeLine(std::string_view line, std::vector<SseEvent>& events);
    Result<void> takeData(std::string_view value);
    void dispatch(std::vector<SseEvent>& events);
    SseEvent takeEvent();

    std::size_t m_maxEventBytes;
    std::string m_line; // an incomplete line
    std::string m_name;
    std::string m_data;
    bool m_hasData = false;
    bool m_start = true;    // the first line is not complete yet: it may begin with a byte order mark
    bool m_afterCr = false; // the next LF belongs to the line end already seen
};

} // namespace patchbay
