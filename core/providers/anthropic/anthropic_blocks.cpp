#include "providers/anthropic/anthropic_blocks.h"

#include "base/bytes.h"
#include "base/json_writer.h"
#include "providers/vendor_error.h"

namespace patchbay::anthropic {
namespace {

constexpr std::size_t kToolIdLength = 24;

} // namespace

Result<void> BlockReader::event(std::string_view name, const json::object& event, EventBatch& events) {
    const std::string_view type = stringOr(event, "type", name);
    // The local server of another vendor may send a bare {"error": …}.
    if (type == "error" || (!event.contains("type") && findObject(event, "error"))) {
        m_stopped = true;
        return vendorErrorOf(event);
    }
    const std::int64_t last = m_open.empty() ? 0 : m_open.rbegin()->first;
    const std::int64_t index = findInt(event, "index").value_or(last);
    if (type == "message_start") {
        if (const json::object* message = findObject(event, "message"))
            start(*message, events);
    } else if (type == "content_block_start") {
        if (const json::object* block = findObject(event, "content_block"))
            startBlock(index, *block, events);
    } else if (type == "content_block_delta") {
        if (const json::object* piece = findObject(event, "delta"))
            delta(index, *piece, events);
    } else if (type == "content_block_stop") {
        stopBlock(index, events);
    } else if (type == "message_delta") {
        messageDelta(event, events);
    } else if (type == "message_stop") {
        m_stopped = true;
    }
    return {};
}

void BlockReader::message(const json::object& message, EventBatch& events) {
    start(message, events);
    std::int64_t index = 0;
    if (const json::array* content = findArray(message, "content"))
        for (const json::value& block : *content) {
            if (!block.is_object())
                continue;
            startBlock(index, block.get_object(), events);
            stopBlock(index++, events);
        }
    if (const Usage usage = m_counts.usage(); !usage.empty()) {
        m_summary.usage = usage;
        events.emplace_back(UsageReported{.usage = usage});
    }
    end(message, events);
    m_stopped = true;
}

void BlockReader::start(const json::object& message, EventBatch& events) {
    if (m_started)
        return;
    m_started = true;
    m_summary.id = stringOr(message, "id");
    m_summary.model = stringOr(message, "model");
    events.emplace_back(ReplyStarted{.id = m_summary.id, .model = m_summary.model});
    const json::object* usage = findObject(message, "usage");
    if (!usage)
        return;
    m_counts.update(*usage);
    // Known before the first token, and all that is known of the costs should the stream be cut. The output count of
    // the start says nothing yet.
    if (const Usage input = m_counts.inputUsage(); !input.empty())
        events.emplace_back(UsageReported{.usage = input});
}

BlockReader::Block& BlockReader::openThinking(std::int64_t index) {
    Block& block = m_open[index];
    block = Block{.kind = Kind::Thinking, .number = m_thinkingBlocks++};
    return block;
}

void BlockReader::startBlock(std::int64_t index, const json::object& block, EventBatch& events) {
    stopBlock(index, events); // a server that forgot the stop
    const std::string_view type = stringOr(block, "type");
    if (type == "text") {
        m_open[index].kind = Kind::Text;
        if (const std::string_view text = stringOr(block, "text"); !text.empty())
            events.emplace_back(TextDelta{.text = std::string(text)});
    } else if (type == "thinking") {
        Block& open = openThinking(index);
        open.signature = stringOr(block, "signature");
        if (const std::string_view text = stringOr(block, "thinking"); !text.empty())
            events.emplace_back(ReasoningDelta{.text = std::string(text), .block = open.number});
    } else if (type == "redacted_thinking") {
        m_open[index].kind = Kind::Ignored; // complete at once
        events.emplace_back(
            ReasoningSignature{.redacted = std::string(stringOr(block, "data")), .block = m_thinkingBlocks++});
    } else if (type == "tool_use") {
        Block& open = m_open[index];
        open = Block{.kind = Kind::Tool, .number = m_toolCalls++};
        if (const json::object* input = findObject(block, "input"))
            open.input = *input;
        std::string id(stringOr(block, "id"));
        if (id.empty())
            id = "call_" + randomAlphanumeric(kToolIdLength);
        events.emplace_back(
            ToolCallStarted{.index = open.number, .id = std::move(id), .name = std::string(stringOr(block, "name"))});
    } else {
        m_open[index].kind = Kind::Ignored; // server tools: the vendor runs them, the text says what came of it
    }
}

void BlockReader::delta(std::int64_t index, const json::object& piece, EventBatch& events) {
    const std::string_view type = stringOr(piece, "type");
    const auto found = m_open.find(index);
    if (type == "text_delta") {
        std::string_view text = stringOr(piece, "text");
        if (!text.empty())
            events.emplace_back(TextDelta{.text = std::string(text)});
    } else if (type == "thinking_delta") {
        Block& block =
            found != m_open.end() && found->second.kind == Kind::Thinking ? found->second : openThinking(index);
        if (const std::string_view text = stringOr(piece, "thinking"); !text.empty())
            events.emplace_back(ReasoningDelta{.text = std::string(text), .block = block.number});
    } else if (type == "signature_delta") {
        if (found != m_open.end() && found->second.kind == Kind::Thinking)
            found->second.signature += stringOr(piece, "signature");
    } else if (type == "input_json_delta") {
        const std::string_view fragment = stringOr(piece, "partial_json");
        if (found == m_open.end() || found->second.kind != Kind::Tool || fragment.empty())
            return;
        found->second.hasInput = true;
        events.emplace_back(ToolCallDelta{.index = found->second.number, .arguments = std::string(fragment)});
    }
}

void BlockReader::stopBlock(std::int64_t index, EventBatch& events) {
    const auto found = m_open.find(index);
    if (found == m_open.end())
        return;
    closeBlock(found->second, events);
    m_open.erase(found);
}

void BlockReader::closeBlock(Block& block, EventBatch& events) {
    if (block.kind == Kind::Thinking && !block.signature.empty())
        events.emplace_back(ReasoningSignature{.signature = std::move(block.signature), .block = block.number});
    // No fragment means the input of the start, which is {} for a tool without arguments.
    if (block.kind == Kind::Tool && !block.hasInput)
        events.emplace_back(ToolCallDelta{.index = block.number, .arguments = writeJson(block.input)});
}

void BlockReader::closeAll(EventBatch& events) {
    for (auto& [index, block] : m_open)
        closeBlock(block, events);
    m_open.clear();
}

void BlockReader::messageDelta(const json::object& event, EventBatch& events) {
    if (const json::object* usage = findObject(event, "usage")) {
        m_counts.update(*usage);
        if (const Usage total = m_counts.usage(); !total.empty()) {
            m_summary.usage = total;
            events.emplace_back(UsageReported{.usage = total});
        }
    }
    if (const json::object* facts = findObject(event, "delta"); facts && find(*facts, "stop_reason"))
        end(*facts, events);
}

// `facts` holds stop_reason and its companions. Without a reason (a sloppy local server) the content tells.
void BlockReader::end(const json::object& facts, EventBatch& events) {
    if (m_finished)
        return;
    m_finished = true;
    closeAll(events);
    ReplyFinished finish{.raw = std::string(stringOr(facts, "stop_reason")),
                         .stopSequence = std::string(stringOr(facts, "stop_sequence"))};
    if (finish.raw.empty())
        finish.reason = m_toolCalls > 0 ? FinishReason::ToolCalls : FinishReason::Stop;
    else
        finish.reason = finishReasonOf(finish.raw);
    if (const json::object* details = findObject(facts, "stop_details"))
        finish.refusalJson = writeJson(*details);
    m_summary.finish = finish.reason;
    events.emplace_back(std::move(finish));
}

Outcome BlockReader::finish(EventBatch& events) {
    if (!m_finished && m_stopped && m_started)
        end({}, events);
    if (!m_finished)
        return truncatedReply(m_started ? "no stop reason and no message_stop came" : "it ended before message_start");
    return m_summary;
}

} // namespace patchbay::anthropic
