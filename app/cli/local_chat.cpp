// A turn answered by this program.
#include "app/cli/chat_backend.h"
#include "app/cli/program_context.h"
#include "app/composition.h"
#include "services/history_service.h"

namespace patchbay {
namespace {

// Turns the core's events into native ones.
class NativeAdapter final : public EventSink {
public:
    explicit NativeAdapter(std::shared_ptr<NativeEventSink> out) : m_out(std::move(out)) {}

    awaitable<Result<void>> emit(EventBatch batch) override {
        std::vector<NativeEvent> events;
        for (const ChatEvent& event : batch)
            m_encoder.encode(event, events);
        co_return pass(events);
    }
    Result<void> finish() {
        std::vector<NativeEvent> events;
        m_encoder.flush(events);
        return pass(events);
    }

private:
    Result<void> pass(const std::vector<NativeEvent>& events) {
        for (const NativeEvent& event : events)
            if (auto taken = m_out->take(event); !taken)
                return taken;
        return {};
    }
    NativeEventEncoder m_encoder;
    std::shared_ptr<NativeEventSink> m_out;
};

class LocalChat final : public ChatBackend {
public:
    explicit LocalChat(Composition& program) : m_program(program) {}

    awaitable<ChatTurnEnd> turn(ChatTurn wish, std::shared_ptr<NativeEventSink> out) override {
        TurnRequest request;
        request.chat.model = std::move(wish.model);
        request.chat.messages = std::move(wish.messages);
        request.chat.stream = true;
        request.chat.includeUsage = true;
        request.conversationId = std::move(wish.conversationId);
        request.systemPrompt = std::move(wish.system);
        request.store = wish.store;
        auto adapter = std::make_shared<NativeAdapter>(out);
        const std::shared_ptr<Turn> turn = m_program.conversations().newTurn();
        const Outcome outcome = co_await m_program.conversations().run(std::move(request), adapter, turn);
        (void)adapter->finish();
        ChatTurnEnd end{.conversationId = turn->conversationId,
                        .messageId = turn->messageId,
                        .traceId = turn->record->traceId,
                        .model = turn->model,
                        .provider = turn->record->provider,
                        .cost = turn->cost};
        if (turn->historyError)
            end.warning = "the reply could not be kept: " + turn->historyError->message;
        if (outcome) {
            end.finishReason = finishReasonName(outcome->finish);
            end.usage = usageJson(outcome->usage);
        } else if (outcome.error().code == ErrorCode::Cancelled) {
            end.finishReason = "stopped";
        } else {
            end.finishReason = "error";
            end.error = outcome.error();
        }
        co_return end;
    }

    awaitable<Result<std::string>> lastConversation() override {
        if (!m_program.history())
            co_return historyOffError();
        auto id = co_await lastConversationOf(*m_program.history());
        co_return id;
    }

private:
    // Pinned ones come first in the list, so the newest of a page is looked for.
    static awaitable<Result<std::string>> lastConversationOf(HistoryService& history) {
        auto page = co_await history.listConversations({.limit = 500});
        if (!page)
            co_return page.error();
        const Conversation* newest = nullptr;
        for (const Conversation& conversation : page->items)
            if (!newest || conversation.updatedAt > newest->updatedAt)
                newest = &conversation;
        if (!newest)
            co_return makeError(ErrorCode::NotFound, "there is no conversation to continue", "Leave out --continue.");
        std::string id = newest->id;
        co_return id;
    }

    Composition& m_program;
};

} // namespace

std::unique_ptr<ChatBackend> localChat(Composition& program) {
    return std::make_unique<LocalChat>(program);
}

} // namespace patchbay
