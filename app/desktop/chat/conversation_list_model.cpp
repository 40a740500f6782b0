#include "app/desktop/chat/conversation_list_model.h"

#include "app/desktop/chat/chat_page.h"

namespace patchbay {

ConversationListModel::ConversationListModel(ChatPage& page) : m_page(page) {
}

ConversationListModel::~ConversationListModel() = default;

QVariant ConversationListModel::data(const QModelIndex&, int) const {
    return {};
}

void ConversationListModel::setFilter(const QString&) {
}

void ConversationListModel::setShowTrash(bool) {
}

void ConversationListModel::rename(const QString&, const QString&) {
}

void ConversationListModel::setPinned(const QString&, bool) {
}

void ConversationListModel::moveToFolder(const QString&, const QString&) {
}

void ConversationListModel::remove(const QString&) {
}

void ConversationListModel::undoRemove() {
}

void ConversationListModel::dismissUndo() {
}

void ConversationListModel::restore(const QString&) {
}

void ConversationListModel::purge(const QString&) {
}

void ConversationListModel::fork(const QString&) {
}

void ConversationListModel::reload() {
}

QHash<int, QByteArray> ConversationListModel::roleNames() const {
    return {
        {ConversationIdRole, "conversationId"},
        {TitleRole, "title"},
        {ModelRole, "model"},
        {SectionRole, "section"},
        {PinnedRole, "pinned"},
        {FolderRole, "folder"},
        {UpdatedAtRole, "updatedAt"},
        {StreamingRole, "streaming"},
        {UnreadRole, "unread"},
        {DraftRole, "draft"},
        {CurrentRole, "current"},
    };
}

} // namespace patchbay
