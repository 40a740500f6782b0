// What reply decoders of event-stream formats share: an answer is a stream of server-sent events, one JSON document, or
// a refusal (status >= 400), told apart by the head. A format says only what an event or a document means.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "providers/codec.h"
#include "providers/reply_limits.h"
#include "providers/vendor_error.h"
#include "wire/sse_reader.h"

namespace patchbay {

class FramedDecoder : public ReplyDecoder {
public:
    FramedDecoder(WireReplyHead head, bool streamed) : m_head(std::move(head)) {
        const std::string* type = findHeader(m_head.headers, "content-type");
        const std::string lower = type ? toLowerAscii(*type) : std::string{};
        // A stream that was asked for may be answered by a JSON document, most often an error; and some servers name no
        // type.
        m_events = m_head.status < 400 && (lower.find("event-stream") != std::string::npos ||
                                           (streamed && lower.find("json") == std::string::npos));
    }

    Result<void> feed(std::string_view bytes, EventBatch& events) final {
        if (!m_events) {
            if (m_body.size() + bytes.size() > kMaxReplyBytes) // a peer must not fill our memory
                return malformedReply("the document is larger than 128 MiB");
            m_body.append(bytes);
            return {};
        }
        std::vector<SseEvent> read;
        if (auto fed = m_reader.feed(bytes, read); !fed)
            return fed.error();
        for (const SseEvent& event : read)
            if (auto taken = onEvent(event, events); !taken)
                return taken.error();
        return {};
    }

    Outcome finish(EventBatch& events) final {
        if (m_head.status >= 400)
            return vendorErrorOf(m_head, m_body);
        if (m_events) {
            // An event that the input ended in the middle of counts if it is whole, as in OpenAI's own SDK.
            if (auto pending = m_reader.finish(); pending && !complete() && parseJson(pending->data))
                if (auto taken = onEvent(*pending, events); !taken)
                    return taken.error();
            return onEnd(events);
        }
        const std::string_view text = trim(m_body);
        if (text.empty())
            return truncatedReply("an empty answer");
        auto document = parseJson(text);
        if (!document)
            return text.back() == '}' || text.back() == ']' ? malformedReply(document.error().message)
                                                            : truncatedReply("the document is not complete");
        if (auto taken = onDocument(*document, events); !taken)
            return taken.error();
        return onEnd(events);
    }

protected:
    virtual Result<void> onEvent(const SseEvent& event, EventBatch& events) = 0;
    virtual Result<void> onDocument(const json::value& document, EventBatch& events) = 0;
    /// The input is over: the summary, or truncatedReply() if the format's end was not seen.
    virtual Outcome onEnd(EventBatch& events) = 0;

private:
    WireReplyHead m_head;
    bool m_events = false;
    SseReader m_reader;
    std::string m_body;
};

} // namespace patchbay
