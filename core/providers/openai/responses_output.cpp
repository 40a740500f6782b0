#include "providers/openai/responses_output.h"

#include "providers/openai/responses_items.h"

namespace patchbay::responses {

json::object partJson(const OutputPart& part) {
    if (part.refusal)
        return {{"type", "refusal"}, {"refusal", part.text}};
    return {{"type", "output_text"}, {"annotations", json::array{}}, {"logprobs", json::array{}}, {"text", part.text}};
}

json::object itemJson(const OutputItem& item) {
    if (item.kind == OutputItem::Kind::Message) {
        json::array content;
        for (const OutputPart& part : item.parts)
            content.push_back(partJson(part));
        return {{"id", item.id},
                {"type", "message"},
                {"status", item.status},
                {"role", "assistant"},
                {"content", std::move(content)}};
    }
    if (item.kind == OutputItem::Kind::Call) {
        json::object object{
            {"id", item.id},           {"type", item.call.custom ? "custom_tool_call" : "function_call"},
            {"status", item.status},   {item.call.custom ? "input" : "arguments", item.call.arguments},
            {"call_id", item.call.id}, {"name", item.call.name}};
        if (!item.call.signature.empty())
            object["extra_content"] =
                json::object{{"google", json::object{{"thought_signature", item.call.signature}}}};
        return object;
    }
    json::array summary;
    if (item.hasSummary)
        summary.push_back(json::object{{"type", "summary_text"}, {"text", item.reasoning.text}});
    json::object object{{"id", item.id}, {"type", "reasoning"}, {"summary", std::move(summary)}};
    if (item.done)
        object["encrypted_content"] = sealReasoning(item.reasoning, item.id);
    return object;
}

} // namespace patchbay::responses
