// What a person does with a chat in the list.
#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/conversation_list_model.h"
#include "app/desktop/chat/display_text.h"

namespace patchbay {
namespace {

void tell(ChatController& chat, const Error& error) {
    Q_EMIT chat.failed(toQt(error.message), toQt(error.hint));
}

} // namespace

QCoro::Task<void> ConversationListModel::patch(QString id, ConversationPatch patch) {
    const bool folder = patch.folder.has_value();
    auto changed = co_await m_page.history<Conversation>(
        [id = id.toStdString(), patch](HistoryService& history) { return history.patchConversation(id, patch); });
    if (!changed) {
        tell(m_page.chat, changed.error());
        co_return;
    }
    upsert(*changed);
    m_page.chat.conversationPatched(*changed);
    if (folder)
        co_await readFolders();
}

void ConversationListModel::rename(const QString& id, const QString& title) {
    if (const QString trimmed = title.simplified(); !trimmed.isEmpty())
        patch(id, {.title = trimmed.toStdString()});
}

void ConversationListModel::setPinned(const QString& id, bool on) {
    patch(id, {.pinned = on});
}

void ConversationListModel::moveToFolder(const QString& id, const QString& folder) {
    patch(id, {.folder = folder.simplified().toStdString()});
}

void ConversationListModel::remove(const QString& id) {
    moveToTrash(id);
}

QCoro::Task<void> ConversationListModel::moveToTrash(QString id) {
    m_page.replies.stop(m_page.replies.of(id));
    auto removed = co_await m_page.history<void>(
        [id = id.toStdString()](HistoryService& history) { return history.removeConversation(id); });
    if (!removed) {
        tell(m_page.chat, removed.error());
        co_return;
    }
    const int row = rowOf(id);
    m_removed = id;
    m_removedTitle = row < 0 ? QString() : data(index(row), TitleRole).toString();
    m_undo.start();
    const QString next = id == m_current ? neighbour(id, row + 1 < count() ? 1 : -1) : QString();
    removeRow(row);
    Q_EMIT undoChanged();
    if (id != m_current)
        co_return;
    if (next.isEmpty() || next == id)
        m_page.chat.newChat();
    else
        m_page.chat.open(next);
}

void ConversationListModel::undoRemove() {
    if (m_removed.isEmpty())
        return;
    restore(m_removed);
    forgetUndo();
}

void ConversationListModel::dismissUndo() {
    forgetUndo();
}

void ConversationListModel::forgetUndo() {
    m_undo.stop();
    if (m_removed.isEmpty())
        return;
    m_removed.clear();
    Q_EMIT undoChanged();
}

void ConversationListModel::restore(const QString& id) {
    takeBack(id);
}

QCoro::Task<void> ConversationListModel::takeBack(QString id) {
    auto restored = co_await m_page.history<void>(
        [id = id.toStdString()](HistoryService& history) { return history.restoreConversation(id); });
    if (!restored) {
        tell(m_page.chat, restored.error());
        co_return;
    }
    co_await refresh(id);
    co_await readFolders();
}

void ConversationListModel::purge(const QString& id) {
    purgeNow(id);
}

QCoro::Task<void> ConversationListModel::purgeNow(QString id) {
    auto purged = co_await m_page.history<void>(
        [id = id.toStdString()](HistoryService& history) { return history.purgeConversation(id); });
    if (!purged)
        tell(m_page.chat, purged.error());
    else
        removeRow(rowOf(id));
}

void ConversationListModel::fork(const QString& id) {
    forkNow(id);
}

QCoro::Task<void> ConversationListModel::forkNow(QString id) {
    auto original = co_await m_page.history<Conversation>(
        [id = id.toStdString()](HistoryService& history) { return history.conversation(id); });
    if (original && !original->activeLeaf.empty())
        m_page.chat.fork(toQt(original->activeLeaf));
}

} // namespace patchbay
