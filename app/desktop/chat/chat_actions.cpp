// What a person does with a message of the open chat, besides asking again.
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include "app/desktop/chat/chat_controller.h"
#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/display_text.h"
#include "app/desktop/markdown/rich_html.h"

namespace patchbay {
namespace {

void toClipboard(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

void ChatController::selectVersion(const QString& messageId, int step) {
    selectVersionNow(messageId, step);
}

QCoro::Task<void> ChatController::selectVersionNow(QString messageId, int step) {
    const int generation = m_generation;
    auto versions = co_await m_page.history<std::vector<std::string>>(
        [id = messageId.toStdString()](HistoryService& history) { return history.versions(id); });
    if (!versions) {
        tell(versions.error());
        co_return;
    }
    const auto at = std::find(versions->begin(), versions->end(), messageId.toStdString()) - versions->begin() + step;
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(versions->size()) || generation != m_generation)
        co_return;
    const std::string target = (*versions)[static_cast<std::size_t>(at)];
    auto leaf = co_await m_page.history<std::string>(
        [target](HistoryService& history) { return history.selectBranch(target); });
    if (generation != m_generation)
        co_return;
    if (!leaf)
        tell(leaf.error());
    else
        co_await refreshPath(toQt(target));
}

void ChatController::fork(const QString& messageId) {
    forkNow(messageId);
}

QCoro::Task<void> ChatController::forkNow(QString messageId) {
    auto made = co_await m_page.history<Conversation>(
        [id = messageId.toStdString()](HistoryService& history) { return history.branch(id); });
    if (!made) {
        tell(made.error());
        co_return;
    }
    m_page.conversations.upsert(*made);
    open(toQt(made->id));
}

void ChatController::setFeedback(const QString& messageId, int feedback) {
    setFeedbackNow(messageId, feedback);
}

QCoro::Task<void> ChatController::setFeedbackNow(QString messageId, int feedback) {
    auto stored = co_await m_page.history<void>([id = messageId.toStdString(), feedback](HistoryService& history) {
        return history.setFeedback(id, feedback);
    });
    if (!stored)
        tell(stored.error());
    else
        m_page.timeline.setFeedback(messageId, feedback);
}

void ChatController::copyMessage(const QString& messageId, const QString& as) {
    copyNow(messageId, as);
}

QCoro::Task<void> ChatController::copyNow(QString messageId, QString as) {
    QString markdown;
    if (const auto running = m_page.replies.of(conversationId()); running && running->messageId == messageId) {
        markdown = toQt(textOf(running->message()));
    } else {
        auto record = co_await m_page.history<MessageRecord>(
            [id = messageId.toStdString()](HistoryService& history) { return history.message(id); });
        if (!record) {
            tell(record.error());
            co_return;
        }
        markdown = toQt(textOf(record->message));
    }
    if (as == QLatin1String("rich")) {
        auto* data = new QMimeData; // the clipboard takes it
        data->setHtml(blocksToRichHtml(markdown));
        data->setText(plainText(markdown));
        QGuiApplication::clipboard()->setMimeData(data);
    } else {
        toClipboard(as == QLatin1String("text") ? plainText(markdown) : markdown);
    }
    Q_EMIT copied();
}

void ChatController::copyLastReply() {
    if (const TimelineMessage* last = m_page.timeline.newest(patchbay::Role::Assistant))
        copyMessage(last->id, QStringLiteral("markdown"));
}

void ChatController::copyLastCodeBlock() {
    const QString code = m_page.timeline.lastCodeBlock();
    if (code.isEmpty())
        return;
    toClipboard(code);
    Q_EMIT copied();
}

void ChatController::editLast() {
    if (const TimelineMessage* last = m_page.timeline.newest(patchbay::Role::User))
        Q_EMIT editRequested(last->id, last->userText);
}

void ChatController::regenerateLast() {
    if (const TimelineMessage* last = m_page.timeline.newest(patchbay::Role::Assistant))
        regenerate(last->id);
}

void ChatController::selectLastVersion(int step) {
    // The newest message that has versions: a regenerated reply, else an edited question.
    const auto& messages = m_page.timeline.messages();
    for (auto it = messages.rbegin(); it != messages.rend(); ++it)
        if ((*it)->versions > 1) {
            selectVersion((*it)->id, step);
            return;
        }
}

} // namespace patchbay
