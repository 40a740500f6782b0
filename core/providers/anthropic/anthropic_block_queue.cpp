#include "providers/anthropic/anthropic_block_queue.h"

#include <charconv>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "wire/sse_writer.h"

namespace patchbay::anthropic {
namespace {

void appendNumber(std::string& out, int value) {
    char digits[12];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

} // namespace

void ObjectEndFinder::feed(std::string_view text) {
    for (const char c : text) {
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inString = false;
        } else if (c == '"') {
            m_inString = true;
        } else if (c == '{' || c == '[') {
            ++m_depth;
        } else if (c == '}' || c == ']') {
            if (--m_depth == 0)
                m_closed = true;
        }
    }
}

BlockQueue::Block* BlockQueue::find(Kind kind, int number) {
    for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block)
        if (block->kind == kind && block->number == number)
            return &*block;
    return nullptr;
}

BlockQueue::Block& BlockQueue::push(Block block, std::string& out) {
    m_blocks.push_back(std::move(block));
    if (m_blocks.size() == 1)
        open(m_blocks.front(), out);
    advance(out);
    return m_blocks.back();
}

void BlockQueue::append(Block& block, std::string_view piece, std::string& out) {
    if (&block == &m_blocks.front())
        writeDelta(block, piece, out);
    else
        block.waiting.append(piece);
    if (block.kind == Kind::Tool) {
        block.end.feed(piece);
        if (block.end.closed())
            advance(out);
    }
}

void BlockQueue::text(std::string_view text, std::string& out) {
    if (text.empty())
        return;
    const bool joins = !m_blocks.empty() && m_blocks.back().kind == Kind::Text;
    append(joins ? m_blocks.back() : push({.kind = Kind::Text}, out), text, out);
}

void BlockQueue::reasoning(const ReasoningDelta& delta, std::string& out) {
    if (delta.text.empty())
        return;
    Block* known = find(Kind::Thinking, delta.block);
    append(known ? *known : push({.kind = Kind::Thinking, .number = delta.block}, out), delta.text, out);
}

void BlockQueue::signature(const ReasoningSignature& event, std::string& out) {
    if (!event.redacted.empty())
        push({.kind = Kind::Redacted, .number = event.block, .signature = event.redacted}, out);
    if (event.signature.empty())
        return;
    // A block that is closed already cannot be signed any more: the signature gets an empty block of its own, for
    // without it the vendor would refuse the next turn.
    Block* known = find(Kind::Thinking, event.block);
    (known ? *known : push({.kind = Kind::Thinking, .number = event.block}, out)).signature = event.signature;
}

void BlockQueue::toolStart(const ToolCallStarted& call, std::string& out) {
    m_hasToolCalls = true;
    push({.kind = Kind::Tool, .number = call.index, .id = call.id, .name = call.name}, out);
}

void BlockQueue::toolDelta(const ToolCallDelta& delta, std::string& out) {
    if (delta.arguments.empty())
        return;
    if (Block* block = find(Kind::Tool, delta.index)) // else white space behind a complete object
        append(*block, delta.arguments, out);
}

// Closes finished blocks in front as long as something waits behind them.
void BlockQueue::advance(std::string& out) {
    while (m_blocks.size() > 1) {
        Block& front = m_blocks.front();
        if (front.kind == Kind::Tool && !front.end.closed())
            return;
        close(front, out);
        m_blocks.pop_front();
        open(m_blocks.front(), out);
        Block& next = m_blocks.front();
        if (!next.waiting.empty()) {
            const std::string waiting = std::move(next.waiting);
            next.waiting.clear();
            writeDelta(next, waiting, out);
        }
    }
}

void BlockQueue::flush(std::string& out) {
    while (!m_blocks.empty()) {
        close(m_blocks.front(), out);
        m_blocks.pop_front();
        if (m_blocks.empty())
            break;
        Block& next = m_blocks.front();
        open(next, out);
        if (!next.waiting.empty()) {
            const std::string waiting = std::move(next.waiting);
            next.waiting.clear();
            writeDelta(next, waiting, out);
        }
    }
}

void BlockQueue::open(const Block& block, std::string& out) {
    std::string data = R"({"type":"content_block_start","index":)";
    appendNumber(data, m_index);
    data += R"(,"content_block":)";
    switch (block.kind) {
    case Kind::Text:
        data += R"({"type":"text","text":""})";
        break;
    case Kind::Thinking:
        data += R"({"type":"thinking","thinking":"","signature":""})";
        break;
    case Kind::Redacted:
        data += R"({"type":"redacted_thinking","data":)";
        appendJsonString(data, block.signature);
        data += '}';
        break;
    case Kind::Tool:
        data += R"({"type":"tool_use","id":)";
        appendJsonString(data, block.id.empty() ? "toolu_" + randomAlphanumeric(24) : block.id);
        data += R"(,"name":)";
        appendJsonString(data, block.name);
        data += R"(,"input":{},"caller":{"type":"direct"}})";
        break;
    }
    data += '}';
    appendSseEvent(out, "content_block_start", data);
    if (!m_pinged) {
        m_pinged = true;
        appendSseEvent(out, "ping", R"({"type":"ping"})");
    }
}

void BlockQueue::writeDelta(Block& block, std::string_view piece, std::string& out) const {
    // Written by hand: this is what runs for every token.
    std::string data = R"({"type":"content_block_delta","index":)";
    appendNumber(data, m_index);
    switch (block.kind) {
    case Kind::Text:
        data += R"(,"delta":{"type":"text_delta","text":)";
        break;
    case Kind::Thinking:
        data += R"(,"delta":{"type":"thinking_delta","thinking":)";
        break;
    case Kind::Tool:
        data += R"(,"delta":{"type":"input_json_delta","partial_json":)";
        break;
    case Kind::Redacted:
        return;
    }
    appendJsonString(data, piece);
    data += "}}";
    block.wrote = true;
    appendSseEvent(out, "content_block_delta", data);
}

void BlockQueue::close(Block& block, std::string& out) {
    if (block.kind == Kind::Tool && !block.wrote)
        writeDelta(block, "", out); // a tool without arguments sends one empty fragment
    if (block.kind == Kind::Thinking) {
        std::string data = R"({"type":"content_block_delta","index":)";
        appendNumber(data, m_index);
        data += R"(,"delta":{"type":"signature_delta","signature":)";
        appendJsonString(data, block.signature);
        data += "}}";
        appendSseEvent(out, "content_block_delta", data);
    }
    std::string data = R"({"type":"content_block_stop","index":)";
    appendNumber(data, m_index++);
    data += '}';
    appendSseEvent(out, "content_block_stop", data);
}

} // namespace patchbay::anthropic
