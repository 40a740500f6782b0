#include "app/desktop/chat/chat_page.h"

namespace patchbay {

ChatPage::ChatPage(EngineBridge& bridge)
    : bridge(bridge), timeline(*this), conversations(*this), models(*this), search(*this), find(*this), composer(*this),
      chat(*this) {
}

ChatPage::~ChatPage() = default;

void ChatPage::start() {
}

} // namespace patchbay
