#include "app/desktop/bridge/ui_sink.h"

#include <algorithm>

namespace patchbay {
namespace {

bool joins(const TextDelta& a, const TextDelta& b) {
    return a.choice == b.choice;
}
bool joins(const RefusalDelta& a, const RefusalDelta& b) {
    return a.choice == b.choice;
}
bool joins(const ReasoningDelta& a, const ReasoningDelta& b) {
    return a.choice == b.choice && a.block == b.block;
}

template <class Delta> bool joined(EventBatch& into, const ChatEvent& event) {
    const auto* delta = std::get_if<Delta>(&event);
    auto* last = into.empty() ? nullptr : std::get_if<Delta>(&into.back());
    if (!delta || !last || !joins(*last, *delta))
        return false;
    last->text += delta->text;
    return true;
}

// Calls interleave, and their order among each other does not matter: join with the call's last piece, wherever it is.
bool joinedToolCall(EventBatch& into, const ChatEvent& event) {
    const auto* delta = std::get_if<ToolCallDelta>(&event);
    if (!delta)
        return false;
    for (auto it = into.rbegin(); it != into.rend(); ++it) {
        if (auto* earlier = std::get_if<ToolCallDelta>(&*it);
            earlier && earlier->index == delta->index && earlier->choice == delta->choice) {
            earlier->arguments += delta->arguments;
            return true;
        }
        if (!std::holds_alternative<ToolCallDelta>(*it))
            return false;
    }
    return false;
}

} // namespace

void mergeEvent(EventBatch& into, ChatEvent event) {
    if (joined<TextDelta>(into, event) || joined<ReasoningDelta>(into, event) || joined<RefusalDelta>(into, event) ||
        joinedToolCall(into, event))
        return;
    if (std::holds_alternative<UsageReported>(event))
        std::erase_if(into, [](const ChatEvent& earlier) { return std::holds_alternative<UsageReported>(earlier); });
    into.push_back(std::move(event));
}

awaitable<Result<void>> UiSink::emit(EventBatch batch) {
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_events.empty();
        for (ChatEvent& event : batch)
            mergeEvent(m_events, std::move(event));
    }
    if (wasEmpty && !batch.empty())
        m_wake();
    co_return Result<void>();
}

EventBatch UiSink::drain() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_events, {});
}

} // namespace patchbay
