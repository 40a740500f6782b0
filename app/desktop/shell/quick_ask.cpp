#include "app/desktop/shell/quick_ask.h"

#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/chat/chat_page.h"

namespace patchbay {

QuickAsk::QuickAsk(EngineBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {
}

QuickAsk::~QuickAsk() = default;

ChatController* QuickAsk::chat() const {
    return m_page ? &m_page->chat : nullptr;
}

TimelineModel* QuickAsk::timeline() const {
    return m_page ? &m_page->timeline : nullptr;
}

void QuickAsk::prepare() {
    if (!m_page && m_bridge.ready()) {
        m_page = std::make_unique<ChatPage>(m_bridge);
        m_page->start();
        Q_EMIT prepared();
    }
    if (m_page)
        m_page->chat.newChat();
}

void QuickAsk::ask(const QString& text) {
    if (!m_page || text.trimmed().isEmpty())
        return;
    m_page->composer.setText(text);
    m_page->chat.send();
}

void QuickAsk::openInWindow() {
    if (m_page && !m_page->chat.conversationId().isEmpty())
        Q_EMIT openRequested(m_page->chat.conversationId());
}

} // namespace patchbay
