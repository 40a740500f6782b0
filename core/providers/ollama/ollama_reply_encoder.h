// ChatEvents -> the lines of /api/chat or /api/generate, and a whole reply -> the one object of stream:false.
#pragma once

#include <string>
#include <vector>

#include "providers/codec.h"

namespace patchbay::ollama {

/// Tool calls arrive whole at Ollama's clients, so fragments wait until the reply ends. Durations are 0: a codec has no
/// clock.
class OllamaReplyEncoder final : public ReplyEncoder {
public:
    OllamaReplyEncoder(const ReplyIdentity& identity, bool generate);
    std::string_view contentType() const override { return "application/x-ndjson"; }
    void encode(const ChatEvent& event, std::string& out) override;
    void finish(const ChatSummary& summary, std::string& out) override;
    void fail(const Error& error, std::string& out) override;

private:
    void writeText(std::string_view text, std::string& out) const;
    void writeThinking(std::string_view text, std::string& out) const;
    void writeToolCalls(std::string& out);

    bool m_generate;
    std::string m_opening; // {"model":…,"created_at":…
    std::vector<ToolCallPart> m_calls;
};

/// The done:true object with everything in it.
json::object wholeReply(const ReplyIdentity& identity, const ChatReply& reply, bool generate);

} // namespace patchbay::ollama
