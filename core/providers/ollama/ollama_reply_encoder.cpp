#include "providers/ollama/ollama_reply_encoder.h"

#include "base/json_writer.h"
#include "providers/ollama/ollama_common.h"

namespace patchbay::ollama {
namespace {

constexpr std::size_t kMaxToolCalls = 4096;

// Ollama itself says "stop" for tool calls.
std::string_view doneReason(FinishReason reason) {
    return reason == FinishReason::ToolCalls ? finishReasonName(FinishReason::Stop) : finishReasonName(reason);
}

json::string_view jsonView(std::string_view text) {
    return {text.data(), text.size()};
}

void putEnd(json::object& object, FinishReason reason, const Usage& usage) {
    object["done"] = true;
    object["done_reason"] = jsonView(doneReason(reason));
    object["total_duration"] = 0;
    object["load_duration"] = 0;
    if (usage.inputTotal)
        object["prompt_eval_count"] = *usage.inputTotal;
    object["prompt_eval_duration"] = 0;
    if (usage.outputTotal)
        object["eval_count"] = *usage.outputTotal;
    object["eval_duration"] = 0;
}

json::object toolCall(const ToolCallPart& call, std::size_t index) {
    json::object function{{"index", index}, {"name", call.name}};
    function["arguments"] = argumentsObject(call.arguments);
    json::object item;
    if (!call.id.empty())
        item["id"] = call.id;
    item["function"] = std::move(function);
    return item;
}

} // namespace

OllamaReplyEncoder::OllamaReplyEncoder(const ReplyIdentity& identity, bool generate) : m_generate(generate) {
    m_opening = "{\"model\":";
    appendJsonString(m_opening, identity.model);
    m_opening.append(",\"created_at\":");
    appendJsonString(m_opening, timeText(identity.created));
}

void OllamaReplyEncoder::encode(const ChatEvent& event, std::string& out) {
    // Ollama's clients know one choice; others than the first are not asked for.
    if (const auto* text = std::get_if<TextDelta>(&event); text && text->choice == 0)
        writeText(text->text, out);
    else if (const auto* refusal = std::get_if<RefusalDelta>(&event); refusal && refusal->choice == 0)
        writeText(refusal->text, out);
    else if (const auto* reasoning = std::get_if<ReasoningDelta>(&event); reasoning && reasoning->choice == 0)
        writeThinking(reasoning->text, out);
    else if (const auto* call = std::get_if<ToolCallStarted>(&event); call && call->choice == 0) {
        const auto index = static_cast<std::size_t>(std::max(call->index, 0));
        if (index >= kMaxToolCalls)
            return;
        if (m_calls.size() <= index)
            m_calls.resize(index + 1);
        m_calls[index].id = call->id;
        m_calls[index].name = call->name;
    } else if (const auto* delta = std::get_if<ToolCallDelta>(&event); delta && delta->choice == 0) {
        if (delta->index >= 0 && static_cast<std::size_t>(delta->index) < m_calls.size())
            m_calls[static_cast<std::size_t>(delta->index)].arguments += delta->arguments;
    } else if (std::holds_alternative<ReplyFinished>(event))
        writeToolCalls(out);
}

void OllamaReplyEncoder::finish(const ChatSummary& summary, std::string& out) {
    writeToolCalls(out);
    json::object end;
    putEnd(end, summary.finish, summary.usage);
    out.append(m_opening)
        .append(m_generate ? R"(,"response":"",)" : R"(,"message":{"role":"assistant","content":""},)")
        .append(std::string_view(writeJson(end)).substr(1))
        .push_back('\n');
}

void OllamaReplyEncoder::fail(const Error& error, std::string& out) {
    out.append("{\"error\":");
    appendJsonString(out, error.message);
    out.append("}\n");
}

void OllamaReplyEncoder::writeText(std::string_view text, std::string& out) const {
    if (text.empty())
        return;
    out.append(m_opening).append(m_generate ? ",\"response\":" : ",\"message\":{\"role\":\"assistant\",\"content\":");
    appendJsonString(out, text);
    out.append(m_generate ? ",\"done\":false}\n" : "},\"done\":false}\n");
}

void OllamaReplyEncoder::writeThinking(std::string_view text, std::string& out) const {
    if (text.empty())
        return;
    out.append(m_opening).append(m_generate ? ",\"response\":\"\",\"thinking\":"
                                            : ",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":");
    appendJsonString(out, text);
    out.append(m_generate ? ",\"done\":false}\n" : "},\"done\":false}\n");
}

void OllamaReplyEncoder::writeToolCalls(std::string& out) {
    std::size_t index = 0;
    for (const ToolCallPart& call : m_calls) {
        if (call.name.empty() || m_generate) // generate has no tools
            continue;
        out.append(m_opening).append(R"(,"message":{"role":"assistant","content":"","tool_calls":[)");
        appendJson(out, toolCall(call, index++));
        out.append("]},\"done\":false}\n");
    }
    m_calls.clear();
}

json::object wholeReply(const ReplyIdentity& identity, const ChatReply& reply, bool generate) {
    static const ReplyChoice kNothing;
    const ReplyChoice& choice = reply.choices.empty() ? kNothing : reply.choices.front();
    std::string text;
    std::string thinking;
    json::array calls;
    for (const ContentPart& part : choice.message.parts) {
        if (const auto* plain = std::get_if<TextPart>(&part))
            text += plain->text;
        else if (const auto* refusal = std::get_if<RefusalPart>(&part))
            text += refusal->text;
        else if (const auto* reasoning = std::get_if<ReasoningPart>(&part))
            thinking += reasoning->text;
        else if (const auto* call = std::get_if<ToolCallPart>(&part))
            calls.emplace_back(toolCall(*call, calls.size()));
    }
    json::object object{{"model", identity.model}, {"created_at", timeText(identity.created)}};
    json::object message{{"role", "assistant"}, {"content", text}};
    if (generate)
        object["response"] = text;
    if (!thinking.empty())
        (generate ? object : message)["thinking"] = thinking;
    if (!calls.empty())
        message["tool_calls"] = std::move(calls);
    if (!generate)
        object["message"] = std::move(message);
    putEnd(object, choice.finish.reason, reply.usage);
    return object;
}

} // namespace patchbay::ollama
