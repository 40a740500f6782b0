#include "providers/openai/responses_decoder.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "providers/framed_decoder.h"
#include "providers/openai/responses_items.h"
#include "providers/surrogate_joiner.h"

namespace patchbay::responses {
namespace {

constexpr std::size_t kMaxItems = 4096; // a hostile output_index must not make us allocate

Usage usageOf(const json::object& object) {
    Usage usage{.inputTotal = findInt(object, "input_tokens"), .outputTotal = findInt(object, "output_tokens")};
    if (const json::object* details = findObject(object, "input_tokens_details")) {
        usage.cacheRead = findInt(*details, "cached_tokens");
        usage.cacheWrite = findInt(*details, "cache_write_tokens");
    }
    if (const json::object* details = findObject(object, "output_tokens_details"))
        usage.reasoning = findInt(*details, "reasoning_tokens");
    if (usage.inputTotal && usage.cacheRead)
        usage.inputUncached = *usage.inputTotal - *usage.cacheRead - usage.cacheWrite.value_or(0);
    return usage;
}

// The kinds of text inside an item, each with its own event and its own rest to be made up for.
enum class TextKind : std::uint8_t { Output, Refusal, Summary, Reasoning, Arguments };

class Decoder final : public FramedDecoder {
public:
    using FramedDecoder::FramedDecoder;

    bool complete() const override { return m_ended; }

protected:
    Result<void> onEvent(const SseEvent& event, EventBatch& events) override;
    Result<void> onDocument(const json::value& document, EventBatch& events) override;
    Outcome onEnd(EventBatch&) override {
        return m_ended ? Outcome(m_summary) : Outcome(truncatedReply("the stream ended before response.completed"));
    }

private:
    struct Item {
        int tool = -1;  // number of the tool call
        int block = -1; // number of the reasoning block
        bool done = false;
        std::map<std::pair<TextKind, std::int64_t>, std::size_t> sent; // bytes of each text that have become events
    };

    void start(const json::object& response, EventBatch& events);
    Item& item(std::int64_t index);
    void openItem(Item& state, const json::object& object, EventBatch& events);
    void closeItem(Item& state, const json::object& object, EventBatch& events);
    void addText(Item& state, TextKind kind, std::int64_t part, std::string_view text, EventBatch& events);
    void addRest(Item& state, TextKind kind, std::int64_t part, std::string_view whole, EventBatch& events);
    void addParts(Item& state, const json::array& parts, TextKind fallback, EventBatch& events);
    bool onText(std::string_view type, const json::object& data, EventBatch& events);
    Result<void> end(const json::object& response, EventBatch& events);

    SurrogateJoiner m_surrogates;
    std::vector<Item> m_items;
    int m_tools = 0;
    int m_blocks = 0;
    bool m_started = false;
    bool m_ended = false;
    ChatSummary m_summary;
};

Error errorOf(const json::object& object) {
    if (const json::object* inner = findObject(object, "error"))
        return vendorErrorOf(*inner);
    json::object flat = object; // here `type` names the event, not the error
    flat.erase("type");
    return vendorErrorOf(flat);
}

void Decoder::start(const json::object& response, EventBatch& events) {
    if (m_started)
        return;
    m_started = true;
    m_summary.id = stringOr(response, "id");
    m_summary.model = stringOr(response, "model");
    events.emplace_back(ReplyStarted{
        .id = m_summary.id, .model = m_summary.model, .created = findInt(response, "created_at").value_or(0)});
}

Decoder::Item& Decoder::item(std::int64_t index) {
    const auto at = std::min(static_cast<std::size_t>(std::max<std::int64_t>(index, 0)), kMaxItems - 1);
    if (m_items.size() <= at)
        m_items.resize(at + 1);
    return m_items[at];
}

void Decoder::openItem(Item& state, const json::object& object, EventBatch& events) {
    const std::string_view type = stringOr(object, "type");
    if (type == "reasoning") {
        if (state.block < 0)
            state.block = m_blocks++;
        return;
    }
    const bool custom = type == "custom_tool_call";
    if ((type != "function_call" && !custom) || state.tool >= 0)
        return;
    state.tool = m_tools++;
    std::string signature;
    if (const json::object* extra = findObject(object, "extra_content"))
        if (const json::object* google = findObject(*extra, "google"))
            signature = stringOr(*google, "thought_signature");
    std::string id(stringOr(object, "call_id"));
    if (id.empty())
        id = "call_" + randomAlphanumeric(24);
    events.emplace_back(ToolCallStarted{.index = state.tool,
                                        .id = std::move(id),
                                        .name = std::string(stringOr(object, "name")),
                                        .signature = std::move(signature),
                                        .custom = custom});
    addText(state, TextKind::Arguments, 0, stringOr(object, custom ? "input" : "arguments"), events);
}

void Decoder::addText(Item& state, TextKind kind, std::int64_t part, std::string_view text, EventBatch& events) {
    if (text.empty())
        return;
    std::size_t& sent = state.sent[{kind, part}];
    const bool first = sent == 0;
    sent += text.size();
    switch (kind) {
    case TextKind::Output:
        events.emplace_back(TextDelta{.text = std::string(text)});
        break;
    case TextKind::Refusal:
        events.emplace_back(RefusalDelta{.text = std::string(text)});
        break;
    case TextKind::Arguments:
        if (state.tool >= 0)
            events.emplace_back(ToolCallDelta{.index = state.tool, .arguments = std::string(text)});
        break;
    case TextKind::Summary:
    case TextKind::Reasoning:
        if (state.block < 0)
            state.block = m_blocks++;
        // The parts of one item's summary are paragraphs of one block.
        events.emplace_back(
            ReasoningDelta{.text = first && state.sent.size() > 1 ? "\n\n" + std::string(text) : std::string(text),
                           .block = state.block});
    }
}

// Some servers send a text's end without its deltas, or only the finished item.
void Decoder::addRest(Item& state, TextKind kind, std::int64_t part, std::string_view whole, EventBatch& events) {
    const auto found = state.sent.find({kind, part});
    const std::size_t sent = found == state.sent.end() ? 0 : found->second;
    if (whole.size() > sent)
        addText(state, kind, part, whole.substr(sent), events);
}

void Decoder::addParts(Item& state, const json::array& parts, TextKind fallback, EventBatch& events) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const json::object* part = parts[i].if_object();
        if (!part)
            continue;
        const bool refusal = stringOr(*part, "type") == "refusal";
        addRest(state, refusal ? TextKind::Refusal : fallback, static_cast<std::int64_t>(i),
                stringOr(*part, refusal ? "refusal" : "text"), events);
    }
}

void Decoder::closeItem(Item& state, const json::object& object, EventBatch& events) {
    if (state.done)
        return;
    state.done = true;
    openItem(state, object, events);
    const std::string_view type = stringOr(object, "type");
    if (type == "message") {
        if (const json::array* content = findArray(object, "content"))
            addParts(state, *content, TextKind::Output, events);
    } else if (type == "function_call" || type == "custom_tool_call") {
        addRest(state, TextKind::Arguments, 0, stringOr(object, type == "function_call" ? "arguments" : "input"),
                events);
    } else if (type == "reasoning") {
        if (const json::array* summary = findArray(object, "summary"))
            addParts(state, *summary, TextKind::Summary, events);
        const json::array* content = findArray(object, "content");
        const auto isSummary = [](const auto& sent) { return sent.first.first == TextKind::Summary; };
        if (content && std::ranges::none_of(state.sent, isSummary))
            addParts(state, *content, TextKind::Reasoning, events);
        ReasoningPart part = reasoningOf(object);
        if (!part.signature.empty() || !part.redacted.empty() || !part.id.empty())
            events.emplace_back(ReasoningSignature{.signature = std::move(part.signature),
                                                   .redacted = std::move(part.redacted),
                                                   .id = std::move(part.id),
                                                   .block = state.block});
    }
}

// True if the event was one of the text events: "response.<what>.delta" and ".done".
bool Decoder::onText(std::string_view type, const json::object& data, EventBatch& events) {
    struct Row {
        std::string_view event;
        TextKind kind;
        std::string_view part;  // the member that counts the parts of an item
        std::string_view whole; // the member of the done event with the whole text
    };
    static constexpr std::array<Row, 6> kRows{{
        {"response.output_text.", TextKind::Output, "content_index", "text"},
        {"response.refusal.", TextKind::Refusal, "content_index", "refusal"},
        {"response.function_call_arguments.", TextKind::Arguments, "", "arguments"},
        {"response.custom_tool_call_input.", TextKind::Arguments, "", "input"},
        {"response.reasoning_summary_text.", TextKind::Summary, "summary_index", "text"},
        {"response.reasoning_text.", TextKind::Reasoning, "content_index", "text"},
    }};
    for (const Row& row : kRows) {
        if (!type.starts_with(row.event))
            continue;
        const std::string_view what = type.substr(row.event.size());
        Item& state = item(findInt(data, "output_index").value_or(0));
        const std::int64_t part = row.part.empty() ? 0 : findInt(data, row.part).value_or(0);
        if (what == "delta")
            addText(state, row.kind, part, stringOr(data, "delta"), events);
        else if (what == "done")
            addRest(state, row.kind, part, stringOr(data, row.whole), events);
        return true;
    }
    return false;
}

Result<void> Decoder::end(const json::object& response, EventBatch& events) {
    start(response, events);
    const std::string_view status = stringOr(response, "status", "completed");
    if (status == "failed" || status == "cancelled") {
        if (const json::object* error = findObject(response, "error"))
            return vendorErrorOf(*error);
        return vendorErrorOf(json::object{{"message", fmt::format("the provider ended the response as {}", status)}});
    }
    if (status != "completed" && status != "incomplete")
        return malformedReply(fmt::format("the response is still {}", status));
    if (const json::array* output = findArray(response, "output"))
        for (std::size_t i = 0; i < output->size(); ++i)
            if (const json::object* object = (*output)[i].if_object())
                closeItem(item(static_cast<std::int64_t>(i)), *object, events);
    ReplyFinished finish{.reason = m_tools > 0 ? FinishReason::ToolCalls : FinishReason::Stop, .raw = "completed"};
    if (status == "incomplete") {
        const json::object* details = findObject(response, "incomplete_details");
        const std::string_view reason = details ? stringOr(*details, "reason") : std::string_view{};
        finish.reason = reason == "max_output_tokens" ? FinishReason::Length
                        : reason == "content_filter"  ? FinishReason::ContentFilter
                                                      : FinishReason::Other;
        finish.raw = fmt::format("incomplete:{}", reason);
    }
    m_summary.finish = finish.reason;
    events.emplace_back(std::move(finish));
    if (const json::object* usage = findObject(response, "usage")) {
        m_summary.usage = usageOf(*usage);
        events.emplace_back(UsageReported{.usage = m_summary.usage});
    }
    m_ended = true;
    return {};
}

Result<void> Decoder::onEvent(const SseEvent& event, EventBatch& events) {
    if (m_ended || event.data.starts_with("[DONE]"))
        return {};
    auto parsed = parseJsonObject(m_surrogates.join(event.data));
    if (!parsed)
        return malformedReply(parsed.error().message);
    const json::object& data = *parsed;
    const std::string_view type = stringOr(data, "type", event.name);
    if (type == "error" || (!type.starts_with("response.") && findObject(data, "error")))
        return errorOf(data);
    if (onText(type, data, events))
        return {};
    const json::object* object = findObject(data, "item");
    if (type == "response.output_item.added" && object)
        openItem(item(findInt(data, "output_index").value_or(0)), *object, events);
    else if (type == "response.output_item.done" && object)
        closeItem(item(findInt(data, "output_index").value_or(0)), *object, events);
    const json::object* response = findObject(data, "response");
    if (!response)
        return {};
    if (type == "response.completed" || type == "response.incomplete" || type == "response.failed" ||
        type == "response.cancelled")
        return end(*response, events);
    start(*response, events);
    return {};
}

Result<void> Decoder::onDocument(const json::value& document, EventBatch& events) {
    const json::object* object = document.if_object();
    if (!object)
        return malformedReply("the answer is not an object");
    if (const json::value* error = find(*object, "error"); error && !findArray(*object, "output"))
        return error->is_object() ? vendorErrorOf(error->get_object()) : vendorErrorOf(*object);
    if (!findArray(*object, "output"))
        return malformedReply("the answer has no output");
    return end(*object, events);
}

} // namespace

std::unique_ptr<ReplyDecoder> makeDecoder(const WireReplyHead& head, bool streamed) {
    return std::make_unique<Decoder>(head, streamed);
}

} // namespace patchbay::responses
