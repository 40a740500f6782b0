// The items of a response's output while they grow, and their JSON.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "chat/content.h"

namespace patchbay::responses {

/// A text or a refusal inside a message.
struct OutputPart {
    bool refusal = false;
    std::string text;
};

struct OutputItem {
    enum class Kind : std::uint8_t { Message, Reasoning, Call };
    Kind kind;
    std::string id;
    std::vector<OutputPart> parts = {}; ///< of a message
    ReasoningPart reasoning = {};
    int block = 0;
    bool hasSummary = false; ///< the summary part was announced
    ToolCallPart call = {};
    bool done = false;
    std::string_view status = "in_progress";
};

json::object partJson(const OutputPart& part);
json::object itemJson(const OutputItem& item);

} // namespace patchbay::responses
