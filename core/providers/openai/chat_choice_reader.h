// Reads what one choice of a reply says: chunks' deltas or a whole message, which have the same members. Tolerates the
// deviations of the OpenAI-compatible vendors.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "chat/chat_event.h"
#include "providers/openai/think_splitter.h"
#include "providers/openai/tool_call_assembler.h"

namespace patchbay {

class ChatChoiceReader {
public:
    /// With `splitThink`, <think>…</think> at the beginning of the text becomes reasoning.
    ChatChoiceReader(int index, bool splitThink) : m_index(index), m_splitThink(splitThink), m_tools(index) {}

    /// A delta or a message. Malformed for tool calls beyond every measure.
    Result<void> addMessage(const json::object& message, EventBatch& events);
    /// Null, empty and repeated reasons are ignored: the first that says something counts.
    void setFinish(std::string_view raw);
    bool hasFinish() const { return !m_finish.empty(); }
    /// Appends text that was held back because a tag might have followed.
    void flushText(EventBatch& events);
    /// Flushes and appends ReplyFinished; does nothing the second time.
    Result<void> finish(EventBatch& events);
    FinishReason reason() const;
    bool hasOutput() const { return m_hasOutput; }

private:
    void addContent(const json::value& content, EventBatch& events);
    void addContentPart(const json::object& part, EventBatch& events);
    void addText(std::string_view text, EventBatch& events);
    void addReasoning(std::string_view text, EventBatch& events);
    void emitText(std::string text, EventBatch& events);

    int m_index;
    bool m_splitThink;
    ThinkSplitter m_think;
    ToolCallAssembler m_tools;
    std::string m_finish;
    int m_block = 0;
    bool m_inReasoning = false;
    bool m_hasReasoning = false;
    bool m_hasOutput = false;
    bool m_ended = false;
};

/// OpenAI's finish reasons and the ones that compatible servers add. "error" and DeepSeek's interruption are Error.
FinishReason openAiFinishReason(std::string_view raw);

} // namespace patchbay
