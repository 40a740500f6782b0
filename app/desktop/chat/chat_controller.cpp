#include "app/desktop/chat/chat_controller.h"

#include "app/desktop/chat/chat_page.h"

namespace patchbay {

ChatController::ChatController(ChatPage& page) : m_page(page) {
}

ChatController::~ChatController() = default;

void ChatController::newChat() {
}

void ChatController::open(const QString&) {
}

void ChatController::openAt(const QString&, const QString&) {
}

void ChatController::send() {
}

void ChatController::stop() {
}

void ChatController::continueReply(const QString&) {
}

void ChatController::edit(const QString&, const QString&) {
}

void ChatController::regenerate(const QString&) {
}

void ChatController::regenerateWith(const QString&, const QString&) {
}

void ChatController::retry(const QString&) {
}

void ChatController::selectVersion(const QString&, int) {
}

void ChatController::fork(const QString&) {
}

void ChatController::setFeedback(const QString&, int) {
}

void ChatController::setModel(const QString&) {
}

void ChatController::setSystemPrompt(const QString&) {
}

void ChatController::setParameter(const QString&, const QVariant&) {
}

void ChatController::copyMessage(const QString&, const QString&) {
}

void ChatController::copyLastReply() {
}

void ChatController::copyLastCodeBlock() {
}

void ChatController::editLast() {
}

void ChatController::regenerateLast() {
}

void ChatController::selectLastVersion(int) {
}

void ChatController::nextChat() {
}

void ChatController::previousChat() {
}

void ChatController::dismissHistoryError() {
}

} // namespace patchbay
