// The open chat and everything a person does with it: send, stop, edit, ask again, switch versions. Several chats may
// have a running reply at once; leaving a chat does not stop its reply. What is stored is decided by the core; this
// class starts it on the engine and shows what comes back.
#pragma once

#include <QObject>
#include <QString>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

namespace patchbay {

class ChatPage;

class ChatController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    /// Empty = a new chat that is not stored yet.
    Q_PROPERTY(QString conversationId READ conversationId NOTIFY conversationChanged)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged)
    /// The name that is asked for; empty = none chosen and there is no default.
    Q_PROPERTY(QString model READ model WRITE setModel NOTIFY modelChanged)
    Q_PROPERTY(QString modelLabel READ modelLabel NOTIFY modelChanged)
    Q_PROPERTY(QString systemPrompt READ systemPrompt WRITE setSystemPrompt NOTIFY systemPromptChanged)
    /// temperature, top_p, max_output_tokens, seed, stop (list of strings), reasoning_effort …; absent = the default.
    Q_PROPERTY(QVariantMap parameters READ parameters NOTIFY parametersChanged)
    /// The open chat has a running reply.
    Q_PROPERTY(bool streaming READ streaming NOTIFY streamingChanged)
    /// A message of the open chat is being stored; it appears in the timeline within milliseconds.
    Q_PROPERTY(bool sending READ sending NOTIFY streamingChanged)
    Q_PROPERTY(int contextTokens READ contextTokens NOTIFY contextChanged)
    /// 0 = unknown.
    Q_PROPERTY(int contextLimit READ contextLimit NOTIFY contextChanged)
    /// What this chat cost so far; empty = nothing, or unknown.
    Q_PROPERTY(QString costText READ costText NOTIFY costChanged)
    /// What sending the composer's text would cost at least (its input); empty = unknown.
    Q_PROPERTY(QString estimateText READ estimateText NOTIFY contextChanged)
    /// A reply could not be stored although it is on the screen; empty = all is well.
    Q_PROPERTY(QString historyError READ historyError NOTIFY historyErrorChanged)
    Q_PROPERTY(bool canSend READ canSend NOTIFY canSendChanged)
public:
    explicit ChatController(ChatPage& page);
    ~ChatController() override;

    QString conversationId() const { return m_conversationId; }
    QString title() const { return m_title; }
    QString model() const { return m_model; }
    QString modelLabel() const { return m_model; }
    QString systemPrompt() const { return m_systemPrompt; }
    QVariantMap parameters() const { return m_parameters; }
    bool streaming() const { return false; }
    bool sending() const { return false; }
    int contextTokens() const { return 0; }
    int contextLimit() const { return 0; }
    QString costText() const { return {}; }
    QString estimateText() const { return {}; }
    QString historyError() const { return {}; }
    bool canSend() const { return false; }

    Q_INVOKABLE void newChat();
    Q_INVOKABLE void open(const QString& id);
    /// Opens and jumps to a message, changing the branch where it is on another one.
    Q_INVOKABLE void openAt(const QString& id, const QString& messageId);
    /// Sends the composer's text and attachments; while a reply runs they queue up instead.
    Q_INVOKABLE void send();
    Q_INVOKABLE void stop();
    /// A new version of a stopped or cut reply that begins with its text and goes on from there.
    Q_INVOKABLE void continueReply(const QString& messageId);
    Q_INVOKABLE void edit(const QString& messageId, const QString& text);
    Q_INVOKABLE void regenerate(const QString& messageId);
    Q_INVOKABLE void regenerateWith(const QString& messageId, const QString& model);
    /// Asks again after an error; takes back the prompt that the failure left in the composer.
    Q_INVOKABLE void retry(const QString& messageId);
    /// -1 or +1 among the siblings of a message.
    Q_INVOKABLE void selectVersion(const QString& messageId, int step);
    Q_INVOKABLE void fork(const QString& messageId);
    /// -1, 0 or 1
    Q_INVOKABLE void setFeedback(const QString& messageId, int feedback);
    Q_INVOKABLE void setModel(const QString& name);
    Q_INVOKABLE void setSystemPrompt(const QString& text);
    /// An invalid or empty value takes the parameter out.
    Q_INVOKABLE void setParameter(const QString& name, const QVariant& value);
    /// "markdown", "rich" or "text", to the clipboard.
    Q_INVOKABLE void copyMessage(const QString& messageId, const QString& as);
    Q_INVOKABLE void copyLastReply();
    Q_INVOKABLE void copyLastCodeBlock();
    /// Asks the page to edit the newest message of the user's (editRequested).
    Q_INVOKABLE void editLast();
    Q_INVOKABLE void regenerateLast();
    Q_INVOKABLE void selectLastVersion(int step);
    Q_INVOKABLE void nextChat();
    Q_INVOKABLE void previousChat();
    Q_INVOKABLE void dismissHistoryError();

Q_SIGNALS:
    void conversationChanged();
    void titleChanged();
    void modelChanged();
    void systemPromptChanged();
    void parametersChanged();
    void streamingChanged();
    void contextChanged();
    void costChanged();
    void historyErrorChanged();
    void canSendChanged();
    /// Show that row of the timeline.
    void jumpRequested(int row);
    /// A message was taken: follow the end again.
    void sent();
    void failed(const QString& message, const QString& hint);
    void focusComposer();
    void editRequested(const QString& messageId, const QString& text);
    /// A reply ended; `background`: in a chat that is not the open one.
    void replyFinished(const QString& conversationId, const QString& title, bool background);

private:
    ChatPage& m_page;
    QString m_conversationId;
    QString m_title;
    QString m_model;
    QString m_systemPrompt;
    QVariantMap m_parameters;
};

} // namespace patchbay
