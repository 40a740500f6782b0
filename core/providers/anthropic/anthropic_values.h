// The small vocabularies of the Messages format that both directions need: stop reasons, token counts, cache
// breakpoints. Everything here is one value in, one value out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "chat/chat_event.h"
#include "chat/content.h"
#include "chat/usage.h"

namespace patchbay::anthropic {

/// What this client speaks towards vendors; local servers know no other.
inline constexpr std::string_view kSpokenVersion = "2023-06-01";
/// From this version on the sampling fields and some block placements are refused.
inline constexpr std::string_view kStrictVersion = "2026-10-21";
/// Sent where the request has no limit, because the format requires one: as much as every model that Anthropic still
/// serves (November 2026) can give, so that a client that asked for no limit does not get a reply cut short.
inline constexpr std::int64_t kDefaultMaxTokens = 32000;
/// Thinking counts towards the limit: so much room stays behind a large budget.
inline constexpr std::int64_t kMinAnswerTokens = 4096;
/// The least thinking budget that the service accepts.
inline constexpr std::int64_t kMinThinkingBudget = 1024;
/// Arguments that are no JSON object travel as {"_raw": "<text>"}: the format has only objects, and a request must not
/// fail for what a model wrote some turns ago.
inline constexpr std::string_view kRawArguments = "_raw";

FinishReason finishReasonOf(std::string_view stopReason);
/// The stop_reason for a reply; a raw word of this format is kept. `toolCalls`: the reply calls tools; `refusal`: it
/// has refusal text.
std::string stopReasonOf(const ReplyFinished& finish, bool toolCalls, bool refusal);

/// Counts of one message as they come in. Reports are cumulative: a member that is present overwrites, an absent or
/// null one keeps its value.
class UsageCounts {
public:
    void update(const json::object& usage);
    /// Anthropic counts cached input beside input_tokens; the result has it inside inputTotal.
    Usage usage() const;
    /// The input side only: what is certain before the reply has ended.
    Usage inputUsage() const;

private:
    std::optional<std::int64_t> m_input, m_cacheWrite, m_cacheRead, m_cacheWrite1h, m_output, m_thinking;
};

/// Complete usage object. Unknown counts are taken from the estimates.
json::object usageJson(const Usage& usage, std::int64_t estimatedInput, std::int64_t estimatedOutput);

/// {"type":"ephemeral"} with ttl where it is one that the service knows.
json::object cacheControlJson(const CacheBreakpoint& cache);

/// The stop_details object, or null.
json::value stopDetailsJson(const ReplyFinished& finish);

} // namespace patchbay::anthropic
