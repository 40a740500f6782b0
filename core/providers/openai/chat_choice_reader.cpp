#include "providers/openai/chat_choice_reader.h"

#include "providers/vendor_error.h"

namespace patchbay {
namespace {

// DeepSeek, xAI and llama.cpp say reasoning_content; Groq, vLLM, Ollama and OpenRouter say reasoning. Some send both.
std::string_view reasoningOf(const json::object& message) {
    for (const std::string_view key : {"reasoning_content", "reasoning", "thinking"})
        if (const std::string_view text = stringOr(message, key); !text.empty())
            return text;
    return {};
}

} // namespace

FinishReason openAiFinishReason(std::string_view raw) {
    if (raw == "stop" || raw == "eos" || raw == "stop_sequence" || raw == "end_turn")
        return FinishReason::Stop;
    if (raw == "length" || raw == "max_tokens" || raw == "model_length")
        return FinishReason::Length;
    if (raw == "tool_calls" || raw == "function_call" || raw == "tool_use")
        return FinishReason::ToolCalls;
    if (raw == "content_filter")
        return FinishReason::ContentFilter;
    if (raw == "error" || raw == "insufficient_system_resource")
        return FinishReason::Error;
    return FinishReason::Other;
}

FinishReason ChatChoiceReader::reason() const {
    const FinishReason reason = openAiFinishReason(m_finish);
    // Several local servers end a turn of tool calls with "stop".
    const bool callsTools = !m_tools.empty() && (reason == FinishReason::Stop || reason == FinishReason::Other);
    return callsTools ? FinishReason::ToolCalls : reason;
}

void ChatChoiceReader::setFinish(std::string_view raw) {
    if (m_finish.empty())
        m_finish = raw;
}

Result<void> ChatChoiceReader::addMessage(const json::object& message, EventBatch& events) {
    if (const std::string_view reasoning = reasoningOf(message); !reasoning.empty())
        addReasoning(reasoning, events);
    if (const json::value* content = find(message, "content"))
        addContent(*content, events);
    if (const std::string_view refusal = stringOr(message, "refusal"); !refusal.empty()) {
        m_hasOutput = true;
        m_inReasoning = false;
        events.emplace_back(RefusalDelta{.text = std::string(refusal), .choice = m_index});
    }
    const json::array* calls = findArray(message, "tool_calls");
    if (!calls || calls->empty())
        return {};
    flushText(events); // the text before a call is complete
    m_hasOutput = true;
    m_inReasoning = false;
    for (const json::value& call : *calls)
        if (const json::object* fragment = call.if_object())
            if (auto added = m_tools.add(*fragment, events); !added)
                return added;
    return {};
}

void ChatChoiceReader::addContent(const json::value& content, EventBatch& events) {
    if (content.is_string())
        return addText(toView(content.get_string()), events);
    const json::array* parts = content.if_array(); // Mistral
    for (std::size_t i = 0; parts && i < parts->size(); ++i) {
        const json::value& part = (*parts)[i];
        if (part.is_string())
            addText(toView(part.get_string()), events);
        else if (part.is_object())
            addContentPart(part.get_object(), events);
    }
}

void ChatChoiceReader::addContentPart(const json::object& part, EventBatch& events) {
    const std::string_view type = stringOr(part, "type");
    if (type != "thinking" && type != "reasoning") {
        if (const std::string_view refusal = stringOr(part, "refusal"); type == "refusal" && !refusal.empty())
            events.emplace_back(RefusalDelta{.text = std::string(refusal), .choice = m_index});
        return addText(stringOr(part, "text"), events);
    }
    const json::value* thinking = find(part, "thinking");
    if (!thinking)
        return addReasoning(stringOr(part, "text"), events);
    if (thinking->is_string())
        return addReasoning(toView(thinking->get_string()), events);
    if (const json::array* pieces = thinking->if_array())
        for (const json::value& piece : *pieces)
            if (const json::object* object = piece.if_object())
                addReasoning(stringOr(*object, "text"), events);
}

void ChatChoiceReader::addReasoning(std::string_view text, EventBatch& events) {
    if (text.empty())
        return;
    if (m_hasReasoning && !m_inReasoning)
        ++m_block; // it thinks again after it spoke
    m_hasReasoning = m_inReasoning = m_hasOutput = true;
    events.emplace_back(ReasoningDelta{.text = std::string(text), .block = m_block, .choice = m_index});
}

void ChatChoiceReader::emitText(std::string text, EventBatch& events) {
    if (text.empty())
        return;
    m_hasOutput = true;
    m_inReasoning = false;
    events.emplace_back(TextDelta{.text = std::move(text), .choice = m_index});
}

void ChatChoiceReader::addText(std::string_view text, EventBatch& events) {
    if (text.empty())
        return;
    if (!m_splitThink || m_think.passesThrough())
        return emitText(std::string(text), events);
    if (m_hasReasoning && !m_think.inside()) { // the server takes the tags out by itself
        emitText(m_think.finish().text, events);
        return emitText(std::string(text), events);
    }
    auto pieces = m_think.feed(text);
    addReasoning(pieces.reasoning, events);
    emitText(std::move(pieces.text), events);
}

void ChatChoiceReader::flushText(EventBatch& events) {
    if (!m_splitThink || m_think.passesThrough())
        return;
    auto pieces = m_think.finish();
    addReasoning(pieces.reasoning, events);
    emitText(std::move(pieces.text), events);
}

Result<void> ChatChoiceReader::finish(EventBatch& events) {
    if (m_ended)
        return {};
    m_ended = true;
    flushText(events);
    if (auto done = m_tools.finish(events); !done)
        return done.error();
    if (reason() == FinishReason::Error) {
        Error error = truncatedReply("the provider stopped with \"" + m_finish + "\"");
        error.vendor = VendorError{.type = m_finish};
        return error;
    }
    events.emplace_back(ReplyFinished{.reason = reason(), .raw = m_finish, .choice = m_index});
    return {};
}

} // namespace patchbay
