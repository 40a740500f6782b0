#include "app/desktop/chat/composer.h"

#include "app/desktop/chat/chat_page.h"

namespace patchbay {

Composer::Composer(ChatPage& page) : m_page(page) {
}

Composer::~Composer() = default;

void Composer::setText(const QString&) {
}

void Composer::addFiles(const QList<QUrl>&) {
}

bool Composer::pasteImage() {
    return false;
}

void Composer::removeAttachment(int) {
}

void Composer::editQueued(int) {
}

void Composer::removeQueued(int) {
}

void Composer::sendQueued() {
}

} // namespace patchbay
