// Tools, tool choice and structured formats in the form of chat completions, both directions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/chat_request.h"
#include "providers/codec.h"
#include "providers/open_calls.h"
#include "providers/openai/openai_fields.h"

namespace patchbay {

/// The tools a vendor is to see: all, or fewer where it has no tool_choice to narrow them with.
std::vector<Tool> effectiveTools(const ChatRequest& request, const VendorQuirks& quirks);
json::array encodeOpenAiTools(const std::vector<Tool>& tools);
/// nullopt where nothing is to be sent.
std::optional<json::value> encodeOpenAiToolChoice(const ChatRequest& request, const VendorQuirks& quirks);
json::object encodeOpenAiResponseFormat(const ResponseFormat& format);
/// What stands in the prompt for a vendor without json_schema.
std::string schemaPrompt(const ResponseFormat& format);

std::vector<Tool> decodeOpenAiTools(const json::array& tools, std::string_view path, RequestProblem& problem);
std::optional<ToolChoice> decodeOpenAiToolChoice(const json::value& choice, const std::vector<Tool>& tools,
                                                 RequestProblem& problem);
std::optional<ResponseFormat> decodeOpenAiResponseFormat(const json::object& format, std::string_view path,
                                                         RequestProblem& problem);

/// Tool call ids as a vendor takes them, the same for a call and its result: exactly 9 alphanumerics (Mistral), at most
/// 40 characters (OpenAI), and never empty. A function of the id alone, so that a later turn maps it alike.
class ToolIdMapper {
public:
    explicit ToolIdMapper(const VendorQuirks& quirks);
    std::string call(const ToolCallPart& part);
    std::string result(const ToolResultPart& part);

private:
    std::string fit(std::string_view id) const;

    std::size_t m_exactLength;
    std::size_t m_maxLength;
    int m_nextNumber = 0;
    OpenCalls m_unanswered; // calls without an id
};

} // namespace patchbay
