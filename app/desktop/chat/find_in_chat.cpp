#include "app/desktop/chat/find_in_chat.h"

#include "app/desktop/chat/chat_page.h"

namespace patchbay {

FindInChat::FindInChat(ChatPage& page) : m_page(page) {
}

FindInChat::~FindInChat() = default;

void FindInChat::setQuery(const QString&) {
}

void FindInChat::next() {
}

void FindInChat::previous() {
}

} // namespace patchbay
