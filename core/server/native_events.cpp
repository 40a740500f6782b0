#include "server/native_events.h"

namespace patchbay {
namespace {

json::string text(std::string_view view) {
    return json::string(view.data(), view.size());
}

void put(json::object& object, std::string_view name, const std::optional<std::int64_t>& count) {
    if (count)
        object.emplace(json::string_view(name.data(), name.size()), *count);
}

} // namespace

json::object usageJson(const Usage& usage) {
    json::object object;
    put(object, "input_tokens", usage.inputTotal);
    put(object, "output_tokens", usage.outputTotal);
    put(object, "cache_read_tokens", usage.cacheRead);
    put(object, "cache_write_tokens", usage.cacheWrite);
    put(object, "reasoning_tokens", usage.reasoning);
    put(object, "total_tokens", usage.total());
    if (usage.estimated)
        object.emplace("estimated", true);
    return object;
}

json::object errorJson(const Error& error) {
    json::object object{{"code", text(errorCodeName(error.code))}, {"message", error.message}, {"hint", error.hint}};
    if (error.vendor && !error.vendor->param.empty())
        object.emplace("param", error.vendor->param);
    if (error.retryAfter)
        object.emplace("retry_after_ms", error.retryAfter->count());
    return object;
}

void NativeEventEncoder::encode(const ChatEvent& event, std::vector<NativeEvent>& out) {
    // Other alternatives (n > 1) are not part of this API.
    if (const auto* delta = std::get_if<TextDelta>(&event); delta && delta->choice == 0)
        out.push_back({"message", {{"delta", delta->text}}});
    else if (const auto* thought = std::get_if<ReasoningDelta>(&event); thought && thought->choice == 0)
        out.push_back({"reasoning", {{"delta", thought->text}}});
    else if (const auto* refusal = std::get_if<RefusalDelta>(&event); refusal && refusal->choice == 0)
        out.push_back({"refusal", {{"delta", refusal->text}}});
    else if (const auto* call = std::get_if<ToolCallStarted>(&event); call && call->choice == 0)
        m_calls.push_back({.index = call->index, .id = call->id, .name = call->name, .arguments = {}});
    else if (const auto* piece = std::get_if<ToolCallDelta>(&event); piece && piece->choice == 0) {
        for (OpenCall& open : m_calls)
            if (open.index == piece->index)
                open.arguments += piece->arguments;
    } else if (std::holds_alternative<ReplyFinished>(event))
        flush(out);
}

void NativeEventEncoder::flush(std::vector<NativeEvent>& out) {
    for (OpenCall& call : m_calls)
        out.push_back({"tool_call",
                       {{"index", call.index}, {"id", call.id}, {"name", call.name}, {"arguments", call.arguments}}});
    m_calls.clear();
}

} // namespace patchbay
