#include "providers/anthropic/anthropic_reply_encoder.h"

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "chat/token_estimate.h"
#include "providers/anthropic/anthropic_block_queue.h"
#include "providers/anthropic/anthropic_errors.h"
#include "providers/anthropic/anthropic_values.h"
#include "wire/sse_writer.h"

namespace patchbay::anthropic {
namespace {

constexpr std::size_t kIdLength = 24;
constexpr std::size_t kBytesPerToken = 4;

std::string messageId(const ReplyIdentity& identity) {
    return identity.id.empty() ? "msg_" + randomAlphanumeric(kIdLength) : identity.id;
}

json::object emptyMessage(const ReplyIdentity& identity) {
    return {{"model", identity.model},  {"id", messageId(identity)}, {"type", "message"},
            {"role", "assistant"},      {"content", json::array()},  {"stop_reason", nullptr},
            {"stop_sequence", nullptr}, {"stop_details", nullptr},   {"container", nullptr}};
}

void setStop(json::object& target, const ReplyFinished& finish, bool toolCalls, bool refusal) {
    target["stop_reason"] = stopReasonOf(finish, toolCalls, refusal);
    target["stop_sequence"] = nullptr;
    if (!finish.stopSequence.empty())
        target["stop_sequence"] = finish.stopSequence;
    target["stop_details"] = stopDetailsJson(finish);
}

class AnthropicReplyEncoder final : public ReplyEncoder {
public:
    AnthropicReplyEncoder(const ChatRequest& request, ReplyIdentity identity)
        : m_identity(std::move(identity)), m_estimatedInput(estimatePromptTokens(request)) {}

    std::string_view contentType() const override { return "text/event-stream; charset=utf-8"; }
    void encode(const ChatEvent& event, std::string& out) override;
    void finish(const ChatSummary& summary, std::string& out) override;
    void fail(const Error& error, std::string& out) override;

private:
    void start(std::string& out);
    void count(std::string_view output) { m_outputBytes += output.size(); }

    ReplyIdentity m_identity;
    std::int64_t m_estimatedInput;
    std::size_t m_outputBytes = 0;
    BlockQueue m_blocks;
    Usage m_usage;
    std::optional<ReplyFinished> m_finish;
    bool m_started = false;
    bool m_refusal = false;
};

void AnthropicReplyEncoder::start(std::string& out) {
    if (m_started)
        return;
    m_started = true;
    json::object message = emptyMessage(m_identity);
    message["usage"] = usageJson(m_usage, m_estimatedInput, 1); // the service counts the token to come
    appendSseEvent(out, "message_start",
                   writeJson(json::object{{"type", "message_start"}, {"message", std::move(message)}}));
}

void AnthropicReplyEncoder::encode(const ChatEvent& event, std::string& out) {
    if (std::holds_alternative<ReplyStarted>(event))
        return;
    if (const auto* usage = std::get_if<UsageReported>(&event)) {
        m_usage = usage->usage;
        return;
    }
    const int choice = std::visit(
        [](const auto& e) {
            if constexpr (requires { e.choice; })
                return e.choice;
            else
                return 0;
        },
        event);
    if (choice != 0)
        return; // the format has one answer
    start(out);
    if (const auto* text = std::get_if<TextDelta>(&event)) {
        count(text->text);
        m_blocks.text(text->text, out);
    } else if (const auto* reasoning = std::get_if<ReasoningDelta>(&event)) {
        count(reasoning->text);
        m_blocks.reasoning(*reasoning, out);
    } else if (const auto* signature = std::get_if<ReasoningSignature>(&event)) {
        m_blocks.signature(*signature, out);
    } else if (const auto* refusal = std::get_if<RefusalDelta>(&event)) {
        m_refusal = true;
        count(refusal->text);
        m_blocks.text(refusal->text, out);
    } else if (const auto* call = std::get_if<ToolCallStarted>(&event)) {
        m_blocks.toolStart(*call, out);
    } else if (const auto* delta = std::get_if<ToolCallDelta>(&event)) {
        count(delta->arguments);
        m_blocks.toolDelta(*delta, out);
    } else if (const auto* finish = std::get_if<ReplyFinished>(&event)) {
        m_finish = *finish;
    }
}

void AnthropicReplyEncoder::finish(const ChatSummary& summary, std::string& out) {
    if (!summary.usage.empty())
        m_usage = summary.usage;
    start(out);
    m_blocks.flush(out);
    json::object delta;
    setStop(delta, m_finish.value_or(ReplyFinished{.reason = summary.finish}), m_blocks.hasToolCalls(), m_refusal);
    delta["container"] = nullptr;
    const auto written = static_cast<std::int64_t>((m_outputBytes + kBytesPerToken - 1) / kBytesPerToken);
    appendSseEvent(out, "message_delta",
                   writeJson(json::object{{"type", "message_delta"},
                                          {"delta", std::move(delta)},
                                          {"usage", usageJson(m_usage, m_estimatedInput, written)}}));
    appendSseEvent(out, "message_stop", R"({"type":"message_stop"})");
}

void AnthropicReplyEncoder::fail(const Error& error, std::string& out) {
    // The id that the answer's head gave, where there is one: our log knows it, the vendor's is in the log beside it.
    const bool ours = !m_identity.requestId.empty() || !error.vendor;
    appendSseEvent(out, "error", errorBody(error, ours ? m_identity.requestId : error.vendor->requestId));
}

json::object toolUse(const ToolCallPart& part) {
    json::object input;
    if (!trim(part.arguments).empty()) {
        if (auto parsed = parseJsonObject(part.arguments))
            input = std::move(*parsed);
        else
            input[kRawArguments] = repairUtf8(part.arguments);
    }
    return {{"type", "tool_use"},
            {"id", part.id.empty() ? "toolu_" + randomAlphanumeric(kIdLength) : part.id},
            {"name", part.name},
            {"input", std::move(input)},
            {"caller", {{"type", "direct"}}}};
}

struct MessageContent {
    json::array blocks;
    bool toolCalls = false;
    bool refusal = false;
    std::int64_t estimatedTokens = 0;
};

void addText(MessageContent& content, const std::string& text) {
    content.estimatedTokens += estimateTokens(text);
    if (!text.empty())
        content.blocks.emplace_back(json::object{{"type", "text"}, {"text", text}});
}

MessageContent contentOf(const Message& message) {
    MessageContent content;
    for (const ContentPart& part : message.parts) {
        if (const auto* text = std::get_if<TextPart>(&part)) {
            addText(content, text->text);
        } else if (const auto* refusal = std::get_if<RefusalPart>(&part)) {
            content.refusal = true;
            addText(content, refusal->text);
        } else if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) {
            content.estimatedTokens += estimateTokens(reasoning->text);
            if (!reasoning->redacted.empty())
                content.blocks.emplace_back(json::object{{"type", "redacted_thinking"}, {"data", reasoning->redacted}});
            else if (!reasoning->text.empty() || !reasoning->signature.empty())
                content.blocks.emplace_back(json::object{
                    {"type", "thinking"}, {"thinking", reasoning->text}, {"signature", reasoning->signature}});
        } else if (const auto* call = std::get_if<ToolCallPart>(&part)) {
            content.toolCalls = true;
            content.estimatedTokens += estimateTokens(call->name) + estimateTokens(call->arguments);
            content.blocks.emplace_back(toolUse(*call));
        }
    }
    return content;
}

} // namespace

std::unique_ptr<ReplyEncoder> makeReplyEncoder(const ChatRequest& request, ReplyIdentity identity) {
    return std::make_unique<AnthropicReplyEncoder>(request, std::move(identity));
}

std::string encodeMessage(const ChatRequest& request, const ReplyIdentity& identity, const ChatReply& reply) {
    const ReplyChoice first = reply.choices.empty() ? ReplyChoice{} : reply.choices.front();
    MessageContent content = contentOf(first.message);
    json::object message = emptyMessage(identity);
    message["content"] = std::move(content.blocks);
    setStop(message, first.finish, content.toolCalls, content.refusal);
    message["usage"] = usageJson(reply.usage, estimatePromptTokens(request), content.estimatedTokens);
    return writeJson(message);
}

} // namespace patchbay::anthropic
