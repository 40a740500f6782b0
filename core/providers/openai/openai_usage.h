// Token counts in OpenAI's chat form. Cached tokens stand inside prompt_tokens, reasoning inside completion_tokens,
// except at xAI, where reasoning stands beside; total_tokens tells the two apart.
#pragma once

#include <string>

#include "base/json.h"
#include "chat/usage.h"

namespace patchbay {

/// Details that the vendor leaves out count as 0 where it gave the total they belong to. `reasoningOutside` is the
/// vendor's rule; a total_tokens that proves otherwise overrules it.
Usage decodeOpenAiUsage(const json::object& usage, bool reasoningOutside = false);
/// Appends the usage object; unknown counts are written as 0, so leave the member out when usage.empty().
void appendOpenAiUsage(std::string& out, const Usage& usage);

} // namespace patchbay
