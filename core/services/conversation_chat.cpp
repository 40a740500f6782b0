#include "services/conversation_chat.h"

#include <algorithm>

namespace patchbay {
namespace {

constexpr std::string_view kGoOn = "Your last reply was cut off. Go on exactly where it ends: do not repeat any of it, "
                                   "and do not comment on this.";

Error invalid(std::string message, std::string hint) {
    return makeError(ErrorCode::InvalidRequest, std::move(message), std::move(hint));
}

Error stopped() {
    return makeError(ErrorCode::Cancelled, "The reply was stopped.", "Ask again if that was not intended.");
}

bool isInstruction(const Message& message) {
    return message.role == Role::System || message.role == Role::Developer;
}

// The instructions at the head of a list become the conversation's system prompt, where a person can see and change it.
std::string takeLeadingInstructions(std::vector<Message>& messages, std::string prompt) {
    const auto end = std::find_if_not(messages.begin(), messages.end(), isInstruction);
    for (auto it = messages.begin(); it != end; ++it)
        prompt.append(prompt.empty() ? "" : "\n\n").append(textOf(*it));
    messages.erase(messages.begin(), end);
    return prompt;
}

void replaceSystemPrompt(std::vector<Message>& messages, bool hasOne, const std::optional<std::string>& prompt) {
    if (!prompt)
        return;
    if (hasOne && !messages.empty())
        messages.erase(messages.begin());
    if (!prompt->empty())
        messages.insert(messages.begin(), textMessage(Role::System, *prompt));
}

bool isStorageTrouble(ErrorCode code) {
    return code == ErrorCode::Storage || code == ErrorCode::StorageFull || code == ErrorCode::Corrupt;
}

template <class T> void fill(std::optional<T>& value, std::optional<T> fallback) {
    if (!value)
        value = fallback;
}

} // namespace

Error historyOffError() {
    return makeError(ErrorCode::Conflict, "This server keeps no conversations: its history is off.",
                     "Set [history] enabled = true, or send the whole conversation as messages.");
}

void applyParameters(ChatRequest& request, const json::object& parameters) {
    Sampling& sampling = request.sampling;
    fill(sampling.temperature, findDouble(parameters, "temperature"));
    fill(sampling.topP, findDouble(parameters, "top_p"));
    fill(sampling.topK, findInt(parameters, "top_k"));
    fill(sampling.maxOutputTokens, findInt(parameters, "max_tokens"));
    fill(sampling.presencePenalty, findDouble(parameters, "presence_penalty"));
    fill(sampling.frequencyPenalty, findDouble(parameters, "frequency_penalty"));
    fill(sampling.seed, findInt(parameters, "seed"));
    if (const json::array* stop = findArray(parameters, "stop"); stop && sampling.stop.empty())
        for (const json::value& text : *stop)
            if (text.is_string())
                sampling.stop.emplace_back(toView(text.get_string()));
    if (const auto effort = findString(parameters, "reasoning_effort"); effort && !request.reasoning)
        request.reasoning = ReasoningOptions{.effort = std::string(*effort)};
}

std::shared_ptr<Turn> ConversationChat::newTurn() {
    auto turn = std::make_shared<Turn>();
    turn->record = m_parts.chat.newRecord();
    return turn;
}

Result<std::string> ConversationChat::chooseModel(const std::string& asked, const std::string& conversations) const {
    std::string model = asked.empty() ? conversations : asked;
    if (model.empty() && m_parts.defaultModel)
        model = m_parts.defaultModel();
    if (model.empty())
        return invalid("No model is named and there is no default one.", "Send a model, or set [chat] default_model.");
    // Before anything is stored: a slip of the name must not leave a message behind.
    if (auto found = m_parts.chat.findModel(model); !found)
        return found.error();
    return model;
}

void ConversationChat::reportTrouble(const Error& error) const {
    if (m_parts.historyTrouble)
        m_parts.historyTrouble(error);
}

awaitable<Outcome> ConversationChat::run(TurnRequest request, std::shared_ptr<EventSink> out,
                                         std::shared_ptr<Turn> turn) {
    // A stop must neither tear the bookkeeping before the call nor prevent the one after it.
    const bool throwing = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    auto prepared = co_await prepare(std::move(request), turn);
    Outcome outcome = stopped();
    if (prepared)
        outcome = co_await answer(std::move(*prepared), std::move(out), std::move(turn));
    else
        outcome = prepared.error();
    if (!prepared && isStorageTrouble(prepared.error().code))
        reportTrouble(prepared.error());
    co_await asio::this_coro::throw_if_cancelled(throwing);
    co_return outcome;
}

awaitable<Result<ConversationChat::Prepared>> ConversationChat::prepare(TurnRequest request,
                                                                        std::shared_ptr<Turn> turn) {
    request.chat.store.reset(); // our history is meant, not the vendor's
    if (request.chat.messages.empty() == request.regenerate.empty())
        co_return invalid("Send either new messages or the message to be answered again.",
                          "Send message, messages or regenerate.");
    const bool names =
        !request.conversationId.empty() || !request.regenerate.empty() || !request.parentId.value_or("").empty();
    if (names && !m_parts.history)
        co_return historyOffError();
    if (names && !request.store)
        co_return invalid("A conversation that is kept cannot be continued with store = false.",
                          "Leave store out, or send the whole conversation as messages.");
    if (!m_parts.history || !request.store)
        co_return prepareAlone(std::move(request), *turn);
    co_return co_await prepareStored(std::move(request), std::move(turn));
}

Result<ConversationChat::Prepared> ConversationChat::prepareAlone(TurnRequest request, Turn& turn) const {
    auto model = chooseModel(request.chat.model, {});
    if (!model)
        return model.error();
    turn.model = request.chat.model = std::move(*model);
    replaceSystemPrompt(request.chat.messages, false, request.systemPrompt);
    return Prepared{.request = std::move(request.chat), .recorder = nullptr};
}

awaitable<Result<ConversationChat::Prepared>> ConversationChat::prepareStored(TurnRequest request,
                                                                              std::shared_ptr<Turn> turn) {
    HistoryService& history = *m_parts.history;
    std::optional<MessageRecord> named; // the message that was named says which conversation it is
    if (const std::string id = request.regenerate.empty() ? request.parentId.value_or("") : request.regenerate;
        !id.empty()) {
        auto found = co_await history.message(id);
        if (!found)
            co_return found.error();
        if (!request.conversationId.empty() && found->conversationId != request.conversationId)
            co_return makeError(ErrorCode::NotFound, "The message belongs to another conversation.",
                                "Load the conversation again.");
        request.conversationId = found->conversationId;
        named = std::move(*found);
    }
    Conversation conversation;
    if (!request.conversationId.empty()) {
        auto found = co_await history.conversation(request.conversationId);
        if (!found)
            co_return found.error();
        if (found->deletedAt)
            co_return makeError(ErrorCode::Conflict, "The conversation is in the trash.", "Restore it first.");
        conversation = std::move(*found);
    }
    auto model = chooseModel(request.chat.model, conversation.model);
    if (!model)
        co_return model.error();
    turn->model = request.chat.model = *model;
    if (conversation.id.empty()) {
        std::string prompt = takeLeadingInstructions(request.chat.messages, request.systemPrompt.value_or(""));
        request.systemPrompt.reset();
        if (request.chat.messages.empty())
            co_return invalid("There is no message to be answered, only instructions.", "Add a user message.");
        auto created = co_await history.createConversation({.model = *model, .systemPrompt = std::move(prompt)});
        if (!created)
            co_return created.error();
        conversation = std::move(*created);
    } else if (conversation.model.empty()) {
        if (auto patched = co_await history.patchConversation(conversation.id, {.model = *model}); !patched)
            co_return patched.error();
    }
    turn->conversationId = conversation.id;
    applyParameters(request.chat, conversation.parameters);
    if (!request.regenerate.empty())
        co_return co_await prepareAgain(std::move(request), std::move(conversation), std::move(*named),
                                        std::move(turn));

    std::optional<std::string> parent = request.parentId;
    for (Message& message : request.chat.messages) {
        const bool fromUser = message.role == Role::User;
        auto stored = co_await history.appendMessage(conversation.id, std::move(message), parent);
        if (!stored)
            co_return stored.error();
        parent = stored->id;
        if (fromUser)
            turn->userMessageId = stored->id;
    }
    auto messages = co_await history.requestMessages(conversation.id, parent);
    if (!messages)
        co_return messages.error();
    request.chat.messages = std::move(*messages);
    replaceSystemPrompt(request.chat.messages, !conversation.systemPrompt.empty(), request.systemPrompt);
    auto recorder = co_await history.beginReply(conversation.id, *model, parent);
    if (!recorder)
        co_return recorder.error();
    turn->messageId = (*recorder)->messageId();
    Prepared prepared{.request = std::move(request.chat), .recorder = std::move(*recorder)};
    co_return prepared;
}

awaitable<Result<ConversationChat::Prepared>> ConversationChat::prepareAgain(TurnRequest request,
                                                                             Conversation conversation,
                                                                             MessageRecord original,
                                                                             std::shared_ptr<Turn> turn) {
    const std::string leaf = original.message.role == Role::Assistant ? original.parentId : original.id;
    auto messages = co_await m_parts.history->requestMessages(conversation.id, leaf);
    if (!messages)
        co_return messages.error();
    if (std::all_of(messages->begin(), messages->end(), isInstruction))
        co_return invalid("There is nothing before that message that could be answered.",
                          "Name a message that follows one of the user's.");
    request.chat.messages = std::move(*messages);
    replaceSystemPrompt(request.chat.messages, !conversation.systemPrompt.empty(), request.systemPrompt);
    std::string resumed;
    if (request.resume && original.message.role == Role::Assistant)
        resumed = textOf(original.message);
    // A reply to be completed as the last message is refused by most vendors (and by Anthropic's newer models), so the
    // wish to go on is a turn of its own, which is not stored.
    if (!resumed.empty()) {
        request.chat.messages.push_back(textMessage(Role::Assistant, resumed));
        request.chat.messages.push_back(textMessage(Role::User, std::string(kGoOn)));
    }
    auto recorder = co_await m_parts.history->regenerate(original.id, request.chat.model);
    if (!recorder)
        co_return recorder.error();
    turn->userMessageId = leaf;
    turn->messageId = (*recorder)->messageId();
    Prepared prepared{.request = std::move(request.chat),
                      .recorder = std::move(*recorder),
                      .resumed = std::move(resumed)};
    co_return prepared;
}

awaitable<Outcome> ConversationChat::answer(Prepared prepared, std::shared_ptr<EventSink> out,
                                            std::shared_ptr<Turn> turn) {
    const std::shared_ptr<ReplyRecorder> recorder = std::move(prepared.recorder);
    turn->begun = true;
    if (turn->onBegun)
        turn->onBegun(*turn);
    // The journal's troubles do not stop a reply; the sink below meets them again and keeps them.
    if (recorder && !prepared.resumed.empty()) {
        co_await recorder->beginWith(prepared.resumed);
        co_await out->emit({TextDelta{.text = prepared.resumed}});
    }
    std::shared_ptr<RecordingSink> recording;
    if (recorder)
        out = recording = std::make_shared<RecordingSink>(recorder, std::move(out));
    Outcome outcome = stopped();
    co_await asio::this_coro::throw_if_cancelled(true);
    std::string failure;
    try {
        outcome = co_await m_parts.chat.chat(std::make_shared<const ChatRequest>(std::move(prepared.request)),
                                                 std::move(out), turn->record);
    } catch (const std::exception& error) {
        failure = error.what();
    }
    co_await asio::this_coro::throw_if_cancelled(false);
    const bool cancelled = (co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none;
    if (cancelled && !outcome)
        outcome = stopped();
    else if (!failure.empty())
        outcome = makeError(ErrorCode::Internal, "The call failed unexpectedly: " + failure, "See the server's log.");
    Usage usage;
    if (outcome)
        usage = outcome->usage;
    else if (recorder)
        usage = recorder->reply().usage;
    if (m_parts.cost)
        turn->cost = m_parts.cost(turn->record->provider, turn->record->model, usage);
    if (!recorder)
        co_return outcome;
    auto stored = co_await recorder->finish(replyEndOf(outcome, *turn->record, turn->cost));
    if (!stored) {
        turn->historyError = stored.error();
        reportTrouble(stored.error());
    } else if (recording->journalError()) {
        reportTrouble(*recording->journalError());
    }
    co_return outcome;
}

} // namespace patchbay
