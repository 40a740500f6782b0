#include "providers/openai/chat_reply_encoder.h"

#include <array>
#include <charconv>

#include "base/json_writer.h"
#include "base/overloaded.h"
#include "providers/openai/openai_errors.h"
#include "providers/openai/openai_usage.h"

namespace patchbay {
namespace {

constexpr std::size_t kMaxChoices = 128;

// OpenAI knows five words; what it lacks becomes the plain end.
std::string_view wireFinish(FinishReason reason) {
    switch (reason) {
    case FinishReason::Length:
        return "length";
    case FinishReason::ToolCalls:
        return "tool_calls";
    case FinishReason::ContentFilter:
        return "content_filter";
    default:
        return "stop";
    }
}

void appendNumber(std::string& out, std::int64_t number) {
    std::array<char, 24> buffer;
    out.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr);
}

class ChatReplyEncoder final : public ReplyEncoder {
public:
    ChatReplyEncoder(const ReplyIdentity& identity, bool includeUsage) : m_includeUsage(includeUsage) {
        m_opening = "data: {\"id\":";
        appendJsonString(m_opening, identity.id);
        m_opening.append(",\"object\":\"chat.completion.chunk\",\"created\":");
        appendNumber(m_opening, identity.created);
        m_opening.append(",\"model\":");
        appendJsonString(m_opening, identity.model);
        m_opening.append(",\"choices\":[");
    }

    std::string_view contentType() const override { return "text/event-stream; charset=utf-8"; }

    void encode(const ChatEvent& event, std::string& out) override {
        std::visit(Overloaded{
                       [](const ReplyStarted&) {}, // the role chunk waits for what comes first
                       [&](const TextDelta& e) { text(out, e.choice, "\"\"", "content", e.text); },
                       [&](const ReasoningDelta& e) { text(out, e.choice, "null", "reasoning_content", e.text); },
                       [](const ReasoningSignature&) {}, // the format has no place for it
                       [&](const RefusalDelta& e) { text(out, e.choice, "null", "refusal", e.text); },
                       [&](const ToolCallStarted& e) { toolStarted(out, e); },
                       [&](const ToolCallDelta& e) { toolDelta(out, e); },
                       [&](const UsageReported& e) { m_usage = e.usage; },
                       [&](const ReplyFinished& e) { finished(out, e.choice, e.reason); },
                   },
                   event);
    }

    void finish(const ChatSummary& summary, std::string& out) override {
        if (m_choices.empty() || !m_choices.front().finished)
            finished(out, 0, summary.finish);
        const Usage& usage = summary.usage.empty() ? m_usage : summary.usage;
        if (m_includeUsage && !usage.empty()) { // unknown is not 0: then there is no such chunk
            out.append(m_opening).append("],\"usage\":");
            appendOpenAiUsage(out, usage);
            out.append("}\n\n");
        }
        out.append("data: [DONE]\n\n");
    }

    void fail(const Error& error, std::string& out) override {
        out.append("data: {\"error\":");
        appendOpenAiErrorObject(out, error);
        out.append("}\n\n");
    }

private:
    struct Choice {
        bool opened = false;
        bool finished = false;
        std::vector<bool> customTools; // by index of the call
    };

    Choice& choiceAt(int index) {
        const auto at = std::min(static_cast<std::size_t>(std::max(index, 0)), kMaxChoices - 1);
        if (m_choices.size() <= at)
            m_choices.resize(at + 1);
        return m_choices[at];
    }

    void beginDelta(std::string& out, int choice) const {
        out.append(m_opening).append("{\"index\":");
        appendNumber(out, choice);
        out.append(",\"delta\":{");
    }

    void endDelta(std::string& out, std::string_view finish = {}) const {
        out.append("},\"logprobs\":null,\"finish_reason\":");
        if (finish.empty())
            out.append("null");
        else
            out.append("\"").append(finish).append("\"");
        out.append(m_includeUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n");
    }

    void open(std::string& out, int index, std::string_view content) {
        Choice& choice = choiceAt(index);
        if (choice.opened)
            return;
        choice.opened = true;
        beginDelta(out, index);
        out.append("\"role\":\"assistant\",\"content\":").append(content).append(",\"refusal\":null");
        endDelta(out);
    }

    void text(std::string& out, int index, std::string_view opening, std::string_view member, std::string_view piece) {
        if (piece.empty())
            return;
        open(out, index, opening);
        beginDelta(out, index);
        out.append("\"").append(member).append("\":");
        appendJsonString(out, piece);
        endDelta(out);
    }

    void toolStarted(std::string& out, const ToolCallStarted& call) {
        open(out, call.choice, "null");
        std::vector<bool>& custom = choiceAt(call.choice).customTools;
        if (call.index >= 0 && call.custom) {
            custom.resize(std::max(custom.size(), static_cast<std::size_t>(call.index) + 1));
            custom[static_cast<std::size_t>(call.index)] = true;
        }
        beginDelta(out, call.choice);
        out.append("\"tool_calls\":[{\"index\":");
        appendNumber(out, call.index);
        out.append(",\"id\":");
        appendJsonString(out, call.id);
        out.append(call.custom ? ",\"type\":\"custom\",\"custom\":{\"name\":"
                               : ",\"type\":\"function\",\"function\":{\"name\":");
        appendJsonString(out, call.name);
        out.append(call.custom ? ",\"input\":\"\"}}]" : ",\"arguments\":\"\"}}]");
        endDelta(out);
    }

    void toolDelta(std::string& out, const ToolCallDelta& delta) {
        if (delta.arguments.empty())
            return;
        const std::vector<bool>& tools = choiceAt(delta.choice).customTools;
        const auto at = static_cast<std::size_t>(std::max(delta.index, 0));
        const bool custom = at < tools.size() && tools[at];
        beginDelta(out, delta.choice);
        out.append("\"tool_calls\":[{\"index\":");
        appendNumber(out, delta.index);
        out.append(custom ? ",\"custom\":{\"input\":" : ",\"function\":{\"arguments\":");
        appendJsonString(out, delta.arguments);
        out.append("}}]");
        endDelta(out);
    }

    void finished(std::string& out, int index, FinishReason reason) {
        if (choiceAt(index).finished)
            return;
        open(out, index, "\"\"");
        choiceAt(index).finished = true;
        beginDelta(out, index);
        endDelta(out, wireFinish(reason));
    }

    bool m_includeUsage;
    std::string m_opening; // of every chunk, up to the choices
    std::vector<Choice> m_choices;
    Usage m_usage;
};

void appendToolCall(std::string& out, const ToolCallPart& call) {
    out.append("{\"id\":");
    appendJsonString(out, call.id);
    out.append(call.custom ? ",\"type\":\"custom\",\"custom\":{\"name\":"
                           : ",\"type\":\"function\",\"function\":{\"name\":");
    appendJsonString(out, call.name);
    out.append(call.custom ? ",\"input\":" : ",\"arguments\":");
    appendJsonString(out, call.arguments);
    out.append("}}");
}

void appendMessage(std::string& out, const Message& message) {
    std::string text, refusal, reasoning, calls;
    for (const ContentPart& part : message.parts) {
        if (const auto* piece = std::get_if<TextPart>(&part))
            text += piece->text;
        else if (const auto* refused = std::get_if<RefusalPart>(&part))
            refusal += refused->text;
        else if (const auto* thought = std::get_if<ReasoningPart>(&part))
            reasoning += thought->text;
        else if (const auto* call = std::get_if<ToolCallPart>(&part)) {
            if (!calls.empty())
                calls.push_back(',');
            appendToolCall(calls, *call);
        }
    }
    out.append("{\"role\":\"assistant\",\"content\":");
    if (text.empty() && (!calls.empty() || !refusal.empty()))
        out.append("null");
    else
        appendJsonString(out, text);
    out.append(",\"refusal\":");
    if (refusal.empty())
        out.append("null");
    else
        appendJsonString(out, refusal);
    if (!reasoning.empty()) {
        out.append(",\"reasoning_content\":");
        appendJsonString(out, reasoning);
    }
    out.append(",\"annotations\":[]");
    if (!calls.empty())
        out.append(",\"tool_calls\":[").append(calls).append("]");
    out.push_back('}');
}

} // namespace

std::unique_ptr<ReplyEncoder> makeChatReplyEncoder(const ChatRequest& request, ReplyIdentity identity) {
    return std::make_unique<ChatReplyEncoder>(identity, request.includeUsage);
}

ClientReply encodeChatReply(const ReplyIdentity& identity, const ChatReply& reply) {
    ClientReply result;
    std::string& out = result.body;
    out = "{\"id\":";
    appendJsonString(out, identity.id);
    out.append(",\"object\":\"chat.completion\",\"created\":");
    appendNumber(out, identity.created);
    out.append(",\"model\":");
    appendJsonString(out, identity.model);
    out.append(",\"choices\":[");
    for (std::size_t i = 0; i < reply.choices.size(); ++i) {
        out.append(i > 0 ? ",{\"index\":" : "{\"index\":");
        appendNumber(out, static_cast<std::int64_t>(i));
        out.append(",\"message\":");
        appendMessage(out, reply.choices[i].message);
        out.append(",\"logprobs\":null,\"finish_reason\":\"");
        out.append(wireFinish(reply.choices[i].finish.reason)).append("\"}");
    }
    out.push_back(']');
    if (!reply.usage.empty()) {
        out.append(",\"usage\":");
        appendOpenAiUsage(out, reply.usage);
    }
    out.push_back('}');
    return result;
}

} // namespace patchbay
