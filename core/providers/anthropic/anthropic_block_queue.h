// Writes content blocks one after another, as the Messages stream demands, from events that may interleave.
//
// Blocks stand in the order in which they began. The first one streams; what comes for a later one is kept until the
// earlier is closed. Text and thinking close as soon as another block begins. A tool call closes when its arguments are
// a complete JSON object, because nothing else says that a vendor's call is done; where that never happens, at the end.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "chat/chat_event.h"

namespace patchbay::anthropic {

/// Follows JSON text in pieces and tells when its outermost object is closed.
class ObjectEndFinder {
public:
    void feed(std::string_view text);
    bool closed() const { return m_closed; }

private:
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_closed = false;
};

class BlockQueue {
public:
    void text(std::string_view text, std::string& out);
    void reasoning(const ReasoningDelta& delta, std::string& out);
    void signature(const ReasoningSignature& event, std::string& out);
    void toolStart(const ToolCallStarted& call, std::string& out);
    void toolDelta(const ToolCallDelta& delta, std::string& out);
    /// Writes and closes everything that is still open or waiting.
    void flush(std::string& out);

    bool hasToolCalls() const { return m_hasToolCalls; }

private:
    enum class Kind { Text, Thinking, Redacted, Tool };
    struct Block {
        Kind kind = Kind::Text;
        int number = 0;        // thinking block or tool call
        std::string id, name;  // of a tool call
        std::string waiting;   // not yet written
        std::string signature; // or the redacted data
        ObjectEndFinder end;
        bool wrote = false; // a tool call's fragment
    };

    Block& push(Block block, std::string& out);
    Block* find(Kind kind, int number);
    void append(Block& block, std::string_view piece, std::string& out);
    void advance(std::string& out);
    void open(const Block& block, std::string& out);
    void writeDelta(Block& block, std::string_view piece, std::string& out) const;
    void close(Block& block, std::string& out);

    std::deque<Block> m_blocks; // front is open on the wire
    int m_index = 0;            // of the front block
    bool m_hasToolCalls = false;
    bool m_pinged = false;
};

} // namespace patchbay::anthropic
