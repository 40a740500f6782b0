// The messages of a client's request: Anthropic's content blocks -> chat Messages.
#pragma once

#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "chat/content.h"
#include "providers/anthropic/anthropic_field.h"

namespace patchbay::anthropic {

/// What the API version of the request allows.
struct ContentRules {
    bool strict = false; ///< 2026-10-21: no documents in assistant messages, no citations on user text
};

/// `system`: text or text blocks.
Result<Message> readSystem(const json::value& value, std::string_view path);

/// Appends what one entry of `messages` is: a user entry with tool results becomes a Tool message and, if it holds
/// more, a User message behind it. Blocks without a counterpart that are text in another form (search results,
/// documents made of blocks) become text; server-tool blocks are an error.
Result<void> readMessage(const json::value& entry, const std::string& path, ContentRules rules,
                         std::vector<Message>& messages);

/// cache_control of a block, tool or tool result.
Result<std::optional<CacheBreakpoint>> readCacheControl(const FieldReader& block);

} // namespace patchbay::anthropic
