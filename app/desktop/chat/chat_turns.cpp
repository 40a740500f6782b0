// Turns of the open chat and of those behind it: begin, stop, end, what waits for the end.
#include "app/desktop/chat/chat_controller.h"
#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/display_text.h"

namespace patchbay {
namespace {

// A reply that could not be stored, as it stands on the screen.
PathMessage unstoredReply(const RunningReply& reply, const TurnEnd& end) {
    const ReplyEnd how = replyEndOf(end.outcome, *end.turn.record, end.turn.cost);
    PathMessage message;
    message.record.id = reply.messageId.toStdString();
    message.record.conversationId = end.turn.conversationId;
    message.record.parentId = reply.userMessageId.toStdString();
    message.record.message = reply.message();
    message.record.model = how.model;
    message.record.provider = how.provider;
    message.record.status = how.status;
    message.record.error = how.error;
    message.record.usage = how.usage ? *how.usage : reply.builder.reply().usage;
    message.record.costNanoUsd = how.costNanoUsd;
    message.record.createdAt = end.endedAt;
    if (how.finish)
        message.record.finishReason = std::string(finishReasonName(*how.finish));
    return message;
}

} // namespace

void ChatController::send() {
    if (!canSend())
        return;
    Prompt prompt = m_page.composer.take();
    Q_EMIT sent();
    if (streaming())
        m_page.composer.enqueue(conversationId(), std::move(prompt));
    else
        sendPrompt(conversationId(), std::move(prompt));
}

void ChatController::sendPrompt(const QString& conversationId, Prompt prompt) {
    TurnStart start;
    if (!m_keeps) {
        start.request.chat.messages = m_memory;
        start.request.chat.messages.push_back(prompt.message());
        start.request.chat.model = m_model.toStdString();
        start.request.systemPrompt = m_conversation.systemPrompt;
        applyParameters(start.request.chat, m_conversation.parameters);
        startTurn(std::move(start), std::move(prompt));
        return;
    }
    start.request.conversationId = conversationId.toStdString();
    start.request.chat.messages.push_back(prompt.message());
    if (conversationId.isEmpty())
        start.create = NewConversation{.model = m_model.toStdString(),
                                       .systemPrompt = m_conversation.systemPrompt,
                                       .parameters = m_conversation.parameters};
    else
        start.request.parentId = prompt.replaceBelow;
    if (isOpen(conversationId) || conversationId.isEmpty())
        start.request.chat.model = m_model.toStdString(); // else the conversation's own
    startTurn(std::move(start), std::move(prompt));
}

void ChatController::startTurn(TurnStart start, Prompt prompt) {
    start.request.chat.stream = start.request.chat.includeUsage = true;
    const QString id = QString::fromStdString(start.request.conversationId);
    const auto reply = m_page.replies.start(std::move(start));
    reply->prompt = std::move(prompt);
    if (id == conversationId())
        m_starting = reply;
    Q_EMIT streamingChanged();
    m_page.conversations.streamingChanged(id);
}

void ChatController::leaveStarting() {
    if (m_starting && m_conversation.id.empty())
        m_starting->waiting = m_page.composer.queue()->exchange({});
}

void ChatController::stop() {
    if (const auto running = m_starting ? m_starting : m_page.replies.of(conversationId()))
        m_page.replies.stop(running);
}

QCoro::Task<void> ChatController::askWhetherKept() {
    auto kept = co_await m_page.bridge.ask<bool>(
        [](Composition& core) -> awaitable<Result<bool>> { co_return core.history() != nullptr; });
    m_keeps = !kept || *kept;
}

// Without a history the timeline itself is what there is of a chat.
void ChatController::showUnkept(RunningReply& reply) {
    const QString number = QString::number(m_page.timeline.messages().size());
    reply.userMessageId = QStringLiteral("unkept-question-") + number;
    reply.messageId = QStringLiteral("unkept-reply-") + number;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    PathMessage question, answer;
    question.record = {.id = reply.userMessageId.toStdString(), .message = reply.prompt.message(), .createdAt = now};
    answer.record = {.id = reply.messageId.toStdString(),
                     .parentId = question.record.id,
                     .message = {.role = patchbay::Role::Assistant},
                     .status = MessageStatus::Streaming,
                     .createdAt = now};
    m_page.timeline.add(std::move(question));
    m_page.timeline.add(std::move(answer));
}

void ChatController::onBegun(const std::shared_ptr<RunningReply>& reply) {
    m_keeps = !reply->conversationId.isEmpty();
    if (!m_keeps) {
        if (reply == m_starting)
            showUnkept(*reply); // it stays the starting one to its end
        return;
    }
    if (reply == m_starting) {
        m_starting.reset();
        if (m_conversation.id.empty() && !reply->conversationId.isEmpty()) {
            m_page.composer.newChatIs(reply->conversationId);
            m_conversation.id = reply->conversationId.toStdString();
            m_conversation.model = m_model.toStdString();
            ++m_generation;
            m_page.conversations.setCurrent(reply->conversationId);
            Q_EMIT conversationChanged();
        }
        Q_EMIT streamingChanged();
    }
    for (Prompt& prompt : std::exchange(reply->waiting, {}))
        m_page.composer.enqueue(reply->conversationId, std::move(prompt));
    if (isOpen(reply->conversationId))
        refreshPath();
    else
        m_page.conversations.refresh(reply->conversationId);
}

void ChatController::onEnded(const std::shared_ptr<RunningReply>& reply, const TurnEnd& end) {
    const QString id = reply->conversationId;
    const bool open = reply == m_starting || isOpen(id);
    if (reply == m_starting)
        m_starting.reset();
    for (Prompt& prompt : std::exchange(reply->waiting, {}))
        m_page.composer.enqueue(id, std::move(prompt));
    const bool failedBefore = !end.turn.begun && !end.outcome;
    if (end.turn.begun && !end.reply)
        m_unstored.insert(reply->messageId, unstoredReply(*reply, end));
    if (open)
        showEnd(reply, end);
    if (!m_keeps && open && reply->hasOutput()) {
        m_memory.push_back(reply->prompt.message());
        m_memory.push_back(reply->message());
    }
    // Nothing came of it: the prompt goes back to where it was written, and takes the failed message's place when it is
    // sent again.
    if (!end.outcome && !reply->stopped && !reply->hasOutput() && !reply->prompt.empty()) {
        Prompt prompt = std::move(reply->prompt);
        if (!end.turn.userMessageId.empty())
            prompt.replaceBelow = end.userParentId;
        m_page.composer.giveBack(id, std::move(prompt));
    }
    if (failedBefore && !reply->stopped)
        tell(end.outcome.error());
    if (!id.isEmpty()) {
        if (!open)
            m_page.conversations.setUnread(id, true);
        m_page.conversations.streamingChanged(id);
        m_page.conversations.refresh(id);
    }
    if (open) {
        Q_EMIT streamingChanged();
        Q_EMIT contextChanged();
        if (!id.isEmpty())
            refreshCost();
    }
    Q_EMIT replyFinished(id, open ? title() : m_page.conversations.titleOf(id), !open);
    if (const auto action = m_afterEnd.take(id)) {
        if (open)
            action();
        return;
    }
    if (end.outcome)
        if (auto next = m_page.composer.nextQueued(id))
            sendPrompt(id, std::move(*next));
}

void ChatController::showEnd(const std::shared_ptr<RunningReply>& reply, const TurnEnd& end) {
    if (!end.turn.begun) {
        if (!end.turn.userMessageId.empty() && !m_conversation.id.empty())
            refreshPath(); // the question was stored, the reply could not begin
        return;
    }
    m_page.timeline.finish(end.reply ? *end.reply : m_unstored.value(reply->messageId));
    if (end.turn.historyError)
        setHistoryError(tr("This reply could not be saved: %1").arg(toQt(end.turn.historyError->message)));
    else if (end.outcome)
        setHistoryError({});
}

void ChatController::sendQueued() {
    if (streaming())
        return;
    if (auto next = m_page.composer.nextQueued(conversationId()))
        sendPrompt(conversationId(), std::move(*next));
}

void ChatController::whenIdle(std::function<void()> action) {
    if (!streaming()) {
        action();
        return;
    }
    m_afterEnd.insert(conversationId(), std::move(action));
    stop();
}

void ChatController::askAgain(const QString& messageId, const QString& model, bool resume) {
    if (messageId.isEmpty())
        return;
    whenIdle([this, messageId, model, resume] {
        m_page.composer.forgetGivenBack(conversationId());
        TurnStart start;
        start.request.conversationId = m_conversation.id;
        start.request.regenerate = messageId.toStdString();
        start.request.resume = resume;
        start.request.chat.model = (model.isEmpty() ? m_model : model).toStdString();
        startTurn(std::move(start), {});
        Q_EMIT sent();
    });
}

void ChatController::continueReply(const QString& messageId) {
    askAgain(messageId, {}, true);
}

void ChatController::regenerate(const QString& messageId) {
    askAgain(messageId, {}, false);
}

void ChatController::regenerateWith(const QString& messageId, const QString& model) {
    askAgain(messageId, model, false);
}

void ChatController::retry(const QString& messageId) {
    askAgain(messageId, {}, false);
}

void ChatController::edit(const QString& messageId, const QString& text) {
    if (!text.trimmed().isEmpty())
        whenIdle([this, messageId, text] { editNow(messageId, text); });
}

QCoro::Task<void> ChatController::editNow(QString messageId, QString text) {
    const int generation = m_generation;
    auto original = co_await m_page.history<MessageRecord>(
        [id = messageId.toStdString()](HistoryService& history) { return history.message(id); });
    if (!original) {
        tell(original.error());
        co_return;
    }
    if (generation != m_generation)
        co_return;
    Message message = std::move(original->message);
    std::erase_if(message.parts, [](const ContentPart& part) { return std::holds_alternative<TextPart>(part); });
    message.parts.emplace_back(TextPart{.text = text.toStdString()});
    if (message.role == patchbay::Role::Assistant) { // a person corrects the model: another version, nothing is asked
        auto edited =
            co_await m_page.history<MessageRecord>([id = messageId.toStdString(), message](HistoryService& history) {
                return history.editMessage(id, message);
            });
        if (!edited)
            tell(edited.error());
        else if (generation == m_generation)
            co_await refreshPath();
        co_return;
    }
    m_page.composer.forgetGivenBack(conversationId());
    TurnStart start;
    start.request.conversationId = m_conversation.id;
    start.request.parentId = original->parentId;
    start.request.chat.model = m_model.toStdString();
    start.request.chat.messages.push_back(std::move(message));
    startTurn(std::move(start), {});
    Q_EMIT sent();
}

} // namespace patchbay
