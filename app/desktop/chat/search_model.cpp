#include "app/desktop/chat/search_model.h"

#include "app/desktop/chat/chat_page.h"

namespace patchbay {

SearchModel::SearchModel(ChatPage& page) : m_page(page) {
}

SearchModel::~SearchModel() = default;

QVariant SearchModel::data(const QModelIndex&, int) const {
    return {};
}

void SearchModel::setQuery(const QString&) {
}

void SearchModel::openRow(int) {
}

QHash<int, QByteArray> SearchModel::roleNames() const {
    return {
        {ConversationIdRole, "conversationId"},
        {MessageIdRole, "messageId"},
        {TitleRole, "title"},
        {SnippetRole, "snippet"},
        {WhenRole, "when"},
        {RoleRole, "role"},
    };
}

} // namespace patchbay
