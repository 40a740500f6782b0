// Reads the answer of /api/chat and /api/generate: NDJSON lines, or one object for stream:false.
#pragma once

#include <string>

#include "providers/codec.h"
#include "providers/surrogate_joiner.h"
#include "wire/ndjson_reader.h"

namespace patchbay::ollama {

class OllamaReplyDecoder final : public ReplyDecoder {
public:
    OllamaReplyDecoder(WireReplyHead head, bool stream);
    Result<void> feed(std::string_view bytes, EventBatch& events) override;
    Outcome finish(EventBatch& events) override;
    bool complete() const override { return m_done; }

private:
    Result<void> takeLine(std::string_view line, EventBatch& events);
    Result<void> takeObject(const json::object& object, EventBatch& events);
    void takeToolCalls(const json::array& calls, EventBatch& events);
    void takeEnd(const json::object& object, EventBatch& events);

    WireReplyHead m_head;
    bool m_wholeBody; // an error answer or stream:false: collected, then parsed once
    std::string m_body;
    SurrogateJoiner m_surrogates;
    NdjsonReader m_reader;
    ChatSummary m_summary;
    int m_toolCalls = 0;
    bool m_started = false;
    bool m_done = false;
};

} // namespace patchbay::ollama
