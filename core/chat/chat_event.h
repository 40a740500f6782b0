// What a reply is made of while it streams. Decoders turn a vendor's bytes into these, server encoders turn these into
// the client's bytes. Order within one choice: ReplyStarted, then deltas, then ReplyFinished; usage may come anywhere,
// the last report wins (counts are cumulative, never added).
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "chat/usage.h"

namespace patchbay {

/// First event of every reply. Members are empty or 0 where the vendor does not say.
struct ReplyStarted {
    std::string id;
    std::string model;
    std::int64_t created = 0; ///< Unix seconds
    bool operator==(const ReplyStarted&) const = default;
};

struct TextDelta {
    std::string text;
    int choice = 0;
    bool operator==(const TextDelta&) const = default;
};

/// A piece of reasoning text. A change of `block` begins a new thinking block.
struct ReasoningDelta {
    std::string text;
    int block = 0;
    int choice = 0;
    bool operator==(const ReasoningDelta&) const = default;
};

/// Completes a reasoning block: its signature, or a whole redacted block. `id` is OpenAI's reasoning item id.
struct ReasoningSignature {
    std::string signature;
    std::string redacted;
    std::string id;
    int block = 0;
    int choice = 0;
    bool operator==(const ReasoningSignature&) const = default;
};

struct RefusalDelta {
    std::string text;
    int choice = 0;
    bool operator==(const RefusalDelta&) const = default;
};

/// A tool call begins. Decoders number the calls of one choice 0, 1, 2 … in order of appearance, whatever the vendor's
/// indexes are, and give a call without id a fresh one ("call_" + 24 alphanumerics).
struct ToolCallStarted {
    int index = 0;
    std::string id;
    std::string name;
    std::string signature; ///< Gemini thoughtSignature
    bool custom = false;
    int choice = 0;
    bool operator==(const ToolCallStarted&) const = default;
};

/// A fragment of the arguments' JSON text; calls may interleave.
struct ToolCallDelta {
    int index = 0;
    std::string arguments;
    int choice = 0;
    bool operator==(const ToolCallDelta&) const = default;
};

struct UsageReported {
    Usage usage;
    bool operator==(const UsageReported&) const = default;
};

/// Why the model stopped, in one vocabulary; `raw` keeps the vendor's own word.
enum class FinishReason : std::uint8_t { Stop, Length, ToolCalls, ContentFilter, Pause, Error, Other };
std::string_view finishReasonName(FinishReason reason); ///< "stop", "length", "tool_calls", "content_filter", …

struct ReplyFinished {
    FinishReason reason = FinishReason::Stop;
    std::string raw;
    std::string stopSequence; ///< which stop sequence hit, where the vendor says (Anthropic)
    std::string refusalJson;  ///< Anthropic stop_details as JSON text; may be empty
    int choice = 0;
    bool operator==(const ReplyFinished&) const = default;
};

using ChatEvent = std::variant<ReplyStarted, TextDelta, ReasoningDelta, ReasoningSignature, RefusalDelta,
                               ToolCallStarted, ToolCallDelta, UsageReported, ReplyFinished>;
/// Events travel in batches: all that came with one network read.
using EventBatch = std::vector<ChatEvent>;

/// True for events that put model output before the client (text, reasoning, refusal, tool calls).
bool isModelOutput(const ChatEvent& event);

} // namespace patchbay
