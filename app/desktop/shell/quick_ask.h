// The small window for one question: a chat of its own beside the one in the main window, made when it is first asked
// for. It is an ordinary conversation, so the main window can go on with it.
#pragma once

#include <memory>

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/chat/chat_controller.h"
#include "app/desktop/chat/timeline_model.h"

namespace patchbay {

class ChatPage;
class EngineBridge;

class QuickAsk : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.quickAsk is the one there is.")
    /// Null until prepare().
    Q_PROPERTY(patchbay::ChatController* chat READ chat NOTIFY prepared)
    Q_PROPERTY(patchbay::TimelineModel* timeline READ timeline NOTIFY prepared)
public:
    explicit QuickAsk(EngineBridge& bridge, QObject* parent = nullptr);
    ~QuickAsk() override;

    ChatController* chat() const;
    TimelineModel* timeline() const;

    /// Makes what the window needs, and begins a new chat. To be called before the window is shown.
    Q_INVOKABLE void prepare();
    Q_INVOKABLE void ask(const QString& text);
    /// Hands the chat to the main window; nothing where nothing was asked.
    Q_INVOKABLE void openInWindow();

Q_SIGNALS:
    void prepared();
    /// Another start of the program, or the tray, wants the window.
    void showRequested();
    void openRequested(const QString& conversationId);

private:
    EngineBridge& m_bridge;
    std::unique_ptr<ChatPage> m_page;
};

} // namespace patchbay
