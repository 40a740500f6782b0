// A chat request as the core sees it, whichever wire format it came in and whichever it leaves in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "chat/content.h"

namespace patchbay {

struct Tool {
    std::string name;
    std::string description;
    json::object parameters; ///< JSON Schema; empty = no arguments
    std::optional<bool> strict;
    bool custom = false;     ///< OpenAI "custom" tool with free-text input; parameters then holds its `format` object
    std::optional<CacheBreakpoint> cache;
    bool operator==(const Tool&) const = default;
};

struct ToolChoice {
    enum class Mode : std::uint8_t { Auto, None, Required, Named };
    Mode mode = Mode::Auto;
    std::string name;                      ///< with Named
    std::vector<std::string> allowedTools; ///< OpenAI allowed_tools, Gemini allowedFunctionNames; empty = all
    bool operator==(const ToolChoice&) const = default;
};

struct ResponseFormat {
    enum class Kind : std::uint8_t { Text, JsonObject, JsonSchema };
    Kind kind = Kind::Text;
    std::string name; ///< OpenAI requires one; encoders make "response" of an empty one
    std::string description;
    json::object schema;
    std::optional<bool> strict;
    bool operator==(const ResponseFormat&) const = default;
};

/// Wish for thinking; each encoder maps it to what its vendor has.
struct ReasoningOptions {
    std::string effort;                          ///< none, minimal, low, medium, high, xhigh, max; empty = unsaid
    std::optional<std::int64_t> budgetTokens;    ///< Anthropic budget_tokens, Gemini thinkingBudget (-1 = dynamic)
    std::optional<bool> enabled;                 ///< Ollama think, Anthropic thinking type; nullopt = unsaid
    std::optional<bool> adaptive;                ///< Anthropic thinking type "adaptive"
    std::string summary;                         ///< OpenAI responses reasoning.summary; Anthropic thinking.display
    bool operator==(const ReasoningOptions&) const = default;
};

/// Absent means absent: a codec never fills in a vendor's default.
struct Sampling {
    std::optional<std::int64_t> maxOutputTokens;
    std::optional<double> temperature;
    std::optional<double> topP;
    std::optional<std::int64_t> topK;
    std::optional<double> presencePenalty;
    std::optional<double> frequencyPenalty;
    std::optional<std::int64_t> seed;
    std::vector<std::string> stop;
    std::optional<std::int64_t> choices;      ///< OpenAI n, Gemini candidateCount
    std::optional<bool> logprobs;
    std::optional<std::int64_t> topLogprobs;
    bool operator==(const Sampling&) const = default;
};

struct ChatRequest {
    std::string model; ///< as the client named it; the router replaces it by the upstream's name
    std::vector<Message> messages;
    std::vector<Tool> tools;
    std::optional<ToolChoice> toolChoice;
    std::optional<bool> parallelToolCalls;
    std::optional<ResponseFormat> format;
    std::optional<ReasoningOptions> reasoning;
    Sampling sampling;
    bool stream = false;
    bool includeUsage = false; ///< the OpenAI client asked for the usage chunk; other formats always carry usage
    std::string user;          ///< OpenAI user / safety_identifier, Anthropic metadata.user_id
    std::optional<bool> store; ///< OpenAI store
    std::string previousResponseId;
    json::object metadata;
    std::string serviceTier;
    std::string betas; ///< Anthropic `anthropic-beta` header, passed on to Anthropic upstreams only
    /// Members of the client's body that have no counterpart here (logit_bias, keep_alive, safetySettings …), tagged with
    /// the format they came in; they are sent on only to an upstream of that same format.
    std::string extraFormat; ///< "openai", "openai-responses", "anthropic", "ollama", "gemini"
    json::object extra;

    bool operator==(const ChatRequest&) const = default;
};

/// What a model must be able to do to serve the request.
bool wantsImages(const ChatRequest& request);
bool wantsTools(const ChatRequest& request);
/// Text and inline media of the messages: about what writing the request costs.
std::size_t contentBytes(const ChatRequest& request);

} // namespace patchbay
