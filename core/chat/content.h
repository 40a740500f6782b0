// What messages are made of. One closed set of parts that every wire format maps to and from; a part that a format
// cannot carry is reported by that format's encoder, never dropped in silence.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"

namespace patchbay {

/// Where a prompt-cache breakpoint stands behind a part (Anthropic's cache_control, OpenAI's prompt_cache_breakpoint).
struct CacheBreakpoint {
    std::string ttl; ///< "5m", "30m", "1h", …; empty = the vendor's default
    bool operator==(const CacheBreakpoint&) const = default;
};

struct TextPart {
    std::string text;
    std::optional<CacheBreakpoint> cache;
    bool operator==(const TextPart&) const = default;
};

/// Bytes inline (base64 `data` with `mediaType`), or by reference (`url`), or by the vendor's `fileId`.
struct MediaSource {
    std::string mediaType; ///< "image/png", "application/pdf", "audio/wav"; empty if only a URL is known
    std::string data;      ///< base64 without a data: prefix
    std::string url;       ///< http(s) only; data: URLs are taken apart into mediaType and data when decoding
    std::string fileId;
    bool operator==(const MediaSource&) const = default;
};

struct ImagePart {
    MediaSource source;
    std::string detail; ///< OpenAI's low | high | auto | original; empty = unsaid
    std::optional<CacheBreakpoint> cache;
    bool operator==(const ImagePart&) const = default;
};

/// A document (PDF, plain text) or audio, told apart by the media type.
struct FilePart {
    MediaSource source;
    std::string filename; ///< also Anthropic's document title
    std::optional<CacheBreakpoint> cache;
    bool operator==(const FilePart&) const = default;
};

/// Thinking. It must go back to the vendor that made it unmodified and in place; to another vendor it is not sent.
struct ReasoningPart {
    std::string text;
    std::string signature; ///< Anthropic signature, Gemini thoughtSignature, OpenAI encrypted_content
    std::string redacted;  ///< Anthropic redacted_thinking data; then text is empty
    std::string id;        ///< OpenAI responses item id; may be empty
    bool operator==(const ReasoningPart&) const = default;
};

/// The model asks for a tool. `arguments` is the JSON text as the model wrote it, which may be invalid JSON.
struct ToolCallPart {
    std::string id;
    std::string name;
    std::string arguments;
    std::string signature; ///< Gemini thoughtSignature that belongs to this call; may be empty
    bool custom = false;   ///< OpenAI "custom" tool: arguments is free text, not JSON
    std::optional<CacheBreakpoint> cache; ///< Anthropic's cache_control of a tool_use block
    bool operator==(const ToolCallPart&) const = default;
};

/// The answer to a tool call. Content holds TextPart, ImagePart and FilePart only.
struct ToolResultPart {
    std::string toolCallId;
    std::string name; ///< the tool's name where the format gives it (Ollama, Gemini); may be empty
    std::vector<std::variant<TextPart, ImagePart, FilePart>> content;
    bool isError = false;
    std::optional<CacheBreakpoint> cache;
    bool operator==(const ToolResultPart&) const = default;
};

struct RefusalPart {
    std::string text;
    bool operator==(const RefusalPart&) const = default;
};

using ContentPart =
    std::variant<TextPart, ImagePart, FilePart, ReasoningPart, ToolCallPart, ToolResultPart, RefusalPart>;

/// System and Developer are both kept where they stand. Tool messages hold ToolResultPart only; formats that put tool
/// results into user messages (Anthropic, Gemini) decode them to Role::Tool messages, so one shape reaches the core.
enum class Role : std::uint8_t { System, Developer, User, Assistant, Tool };

std::string_view roleName(Role role); ///< "system", "developer", "user", "assistant", "tool"

struct Message {
    Role role = Role::User;
    std::vector<ContentPart> parts;
    std::string name; ///< OpenAI's participant name; may be empty
    bool operator==(const Message&) const = default;
};

/// A message with one text part.
Message textMessage(Role role, std::string text);
/// All text parts joined with nothing between them.
std::string textOf(const Message& message);

} // namespace patchbay
