#include "providers/anthropic/anthropic_reply_decoder.h"

#include "base/strings.h"
#include "providers/anthropic/anthropic_block_queue.h"
#include "providers/anthropic/anthropic_blocks.h"
#include "providers/reply_limits.h"
#include "providers/surrogate_joiner.h"
#include "providers/vendor_error.h"
#include "wire/sse_reader.h"

namespace patchbay::anthropic {
namespace {

constexpr std::size_t kMaxErrorBytes = 1U << 20U;

class AnthropicReplyDecoder final : public ReplyDecoder {
public:
    explicit AnthropicReplyDecoder(WireReplyHead head) : m_head(std::move(head)) {
        if (m_head.status >= 400)
            m_form = Form::Error;
    }

    Result<void> feed(std::string_view bytes, EventBatch& events) override;
    Outcome finish(EventBatch& events) override;
    bool complete() const override { return m_blocks.stopped(); }

private:
    enum class Form { Unknown, Stream, Whole, Error };

    Result<void> take(const SseEvent& event, EventBatch& events);
    Result<void> fail(Error error);
    Outcome finishStream(EventBatch& events);
    Outcome finishWhole(EventBatch& events);

    WireReplyHead m_head;
    Form m_form = Form::Unknown;
    SseReader m_reader;
    std::vector<SseEvent> m_pending; // reused between feeds
    std::string m_body;
    SurrogateJoiner m_surrogates;
    BlockReader m_blocks;
    std::optional<Error> m_error;
};

Result<void> AnthropicReplyDecoder::fail(Error error) {
    m_error = error;
    return error;
}

Result<void> AnthropicReplyDecoder::feed(std::string_view bytes, EventBatch& events) {
    if (m_error)
        return *m_error;
    if (m_form == Form::Error) {
        m_body.append(bytes.substr(0, kMaxErrorBytes - std::min(kMaxErrorBytes, m_body.size())));
        return {};
    }
    if (m_form == Form::Unknown) {
        const auto first = bytes.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos)
            return {};
        m_form = bytes[first] == '{' || bytes[first] == '<' || bytes[first] == '[' ? Form::Whole : Form::Stream;
    }
    if (m_form == Form::Whole) {
        if (m_body.size() + bytes.size() > kMaxReplyBytes)
            return fail(malformedReply("the answer is larger than 128 MiB"));
        m_body.append(bytes);
        return {};
    }
    m_pending.clear();
    const Result<void> read = m_reader.feed(bytes, m_pending);
    for (const SseEvent& event : m_pending)
        if (auto taken = take(event, events); !taken)
            return fail(taken.error());
    return read ? Result<void>{} : fail(read.error());
}

Result<void> AnthropicReplyDecoder::take(const SseEvent& event, EventBatch& events) {
    if (m_blocks.stopped() || trim(event.data) == "[DONE]")
        return {}; // harmless trailers of gateways
    auto parsed = parseJsonObject(m_surrogates.join(event.data));
    if (!parsed)
        return malformedReply("an event is not a JSON object: " + parsed.error().message);
    return m_blocks.event(event.name, *parsed, events);
}

Outcome AnthropicReplyDecoder::finish(EventBatch& events) {
    if (m_error)
        return *m_error;
    switch (m_form) {
    case Form::Error:
        return vendorErrorOf(m_head, m_body);
    case Form::Stream:
        return finishStream(events);
    case Form::Whole:
        return finishWhole(events);
    case Form::Unknown:
        break;
    }
    return truncatedReply("the answer is empty");
}

Outcome AnthropicReplyDecoder::finishStream(EventBatch& events) {
    // Servers forget the last blank line; what does not parse was cut and counts as not sent.
    if (const auto last = m_reader.finish(); last && parseJsonObject(last->data))
        if (auto taken = take(*last, events); !taken)
            return taken.error();
    return m_blocks.finish(events);
}

Outcome AnthropicReplyDecoder::finishWhole(EventBatch& events) {
    auto parsed = parseJsonObject(m_body);
    if (!parsed) {
        ObjectEndFinder end;
        end.feed(m_body);
        const bool cut = trim(m_body).starts_with('{') && !end.closed();
        return cut ? truncatedReply("the JSON ends in the middle") : malformedReply(parsed.error().message);
    }
    if (stringOr(*parsed, "type") == "error" || find(*parsed, "error"))
        return vendorErrorOf(*parsed);
    if (!findArray(*parsed, "content"))
        return malformedReply("the answer is not a message: it has no content");
    m_blocks.message(*parsed, events);
    return m_blocks.finish(events);
}

} // namespace

std::unique_ptr<ReplyDecoder> makeReplyDecoder(WireReplyHead head) {
    return std::make_unique<AnthropicReplyDecoder>(std::move(head));
}

} // namespace patchbay::anthropic
