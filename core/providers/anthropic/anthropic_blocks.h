// Reads the content blocks and events of a Messages answer into ChatEvents. One reader serves both forms of the answer:
// a plain message is read as if its blocks had been streamed whole.
#pragma once

#include <map>
#include <string>

#include "base/error.h"
#include "base/json.h"
#include "chat/chat_event.h"
#include "chat/chat_handler.h"
#include "providers/anthropic/anthropic_values.h"

namespace patchbay::anthropic {

class BlockReader {
public:
    /// One stream event's JSON. `name` stands in where the JSON has no type. An error event is returned as an error;
    /// unknown events and deltas are ignored, as the format demands.
    Result<void> event(std::string_view name, const json::object& event, EventBatch& events);
    /// A whole message object.
    void message(const json::object& message, EventBatch& events);
    /// Closes what is open and tells how the reply ended; Truncated if it has not.
    Outcome finish(EventBatch& events);
    /// message_stop or an error was seen.
    bool stopped() const { return m_stopped; }

private:
    enum class Kind { Ignored, Text, Thinking, Tool };
    struct Block {
        Kind kind = Kind::Ignored;
        int number = 0;        // of the thinking block or of the tool call
        std::string signature; // may come in pieces
        json::object input;    // given whole at the start
        bool hasInput = false;
    };

    void start(const json::object& message, EventBatch& events);
    void startBlock(std::int64_t index, const json::object& block, EventBatch& events);
    void delta(std::int64_t index, const json::object& delta, EventBatch& events);
    void stopBlock(std::int64_t index, EventBatch& events);
    void closeBlock(Block& block, EventBatch& events);
    void closeAll(EventBatch& events);
    void messageDelta(const json::object& event, EventBatch& events);
    void end(const json::object& facts, EventBatch& events);
    Block& openThinking(std::int64_t index);

    std::map<std::int64_t, Block> m_open;
    int m_thinkingBlocks = 0;
    int m_toolCalls = 0;
    UsageCounts m_counts;
    ChatSummary m_summary;
    bool m_started = false;
    bool m_finished = false; // a stop reason came
    bool m_stopped = false;
};

} // namespace patchbay::anthropic
