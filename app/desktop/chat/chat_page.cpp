#include "app/desktop/chat/chat_page.h"

namespace patchbay {

ChatPage::ChatPage(EngineBridge& bridge, std::shared_ptr<AttachmentPreviews> previews)
    : bridge(bridge), replies(bridge), timeline(*this), conversations(*this), models(*this), search(*this), find(*this),
      composer(*this, std::move(previews)), chat(*this) {
}

ChatPage::~ChatPage() {
    composer.saveDraftNow();
}

void ChatPage::start() {
    conversations.reload();
    models.refresh();
    composer.readNewChatDraft();
    chat.start();
}

} // namespace patchbay
