// The open chat and everything a person does with it: send, stop, edit, ask again, switch versions. Several chats may
// have a running reply at once; leaving a chat does not stop its reply. What is stored is decided by the core; this
// class starts it on the engine and shows what comes back.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QHash>
#include <QObject>
#include <QString>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/chat/model_facts.h"
#include "storage/records.h"

#ifndef Q_MOC_RUN
#include <QCoroTask>
#endif

namespace patchbay {

class ChatPage;
struct Prompt;
struct RunningReply;
struct TurnEnd;
struct TurnStart;

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

    QString conversationId() const;
    QString title() const;
    QString model() const { return m_model; }
    QString modelLabel() const;
    QString systemPrompt() const;
    QVariantMap parameters() const;
    bool streaming() const;
    bool sending() const { return m_starting != nullptr; }
    int contextTokens() const;
    int contextLimit() const;
    QString costText() const;
    QString estimateText() const;
    QString historyError() const { return m_historyError; }
    bool canSend() const;

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
    /// What new chats ask (Settings.defaultModel); empty = the configuration's default, else the first there is.
    Q_INVOKABLE void setPreferredModel(const QString& name);
    /// Sends what waits after an error or a stop.
    Q_INVOKABLE void sendQueued();

    // For the page's other objects.
    void start();
    /// A conversation was changed elsewhere (renamed in the list, say).
    void conversationPatched(const Conversation& conversation);

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
    /// Something is on the clipboard now.
    void copied();
    void editRequested(const QString& messageId, const QString& text);
    /// A reply ended; `background`: in a chat that is not the open one.
    void replyFinished(const QString& conversationId, const QString& title, bool background);

private:
    /// What is read when a chat is opened.
    struct Opening {
        Conversation conversation;
        PathPage path;
        std::optional<std::int64_t> cost;
    };
    static awaitable<Result<Opening>> readChat(HistoryService& history, std::string id);
    QCoro::Task<void> openNow(QString id, QString messageId);
    /// Shows what the open chat's path is now; jumps to `target` where the view had to be built anew.
    QCoro::Task<void> refreshPath(QString target = {});
    QCoro::Task<void> refreshCost();
    QCoro::Task<void> refreshFacts();
    void setConversation(Conversation conversation);
    void setCost(std::optional<std::int64_t> cost);
    void setHistoryError(const QString& text);
    void showRunning();
    bool isOpen(const QString& id) const;
    QString defaultModelName() const;
    QCoro::Task<void> patchOpen(ConversationPatch patch);

    void sendPrompt(const QString& conversationId, Prompt prompt);
    void startTurn(TurnStart start, Prompt prompt);
    /// Before another chat is shown: what waits for the first reply of a new chat goes with that reply.
    void leaveStarting();
    void onBegun(const std::shared_ptr<RunningReply>& reply);
    void onEnded(const std::shared_ptr<RunningReply>& reply, const TurnEnd& end);
    void showUnkept(RunningReply& reply);
    QCoro::Task<void> askWhetherKept();
    void showEnd(const std::shared_ptr<RunningReply>& reply, const TurnEnd& end);
    /// Now, or as soon as the open chat's reply has stopped.
    void whenIdle(std::function<void()> action);
    QCoro::Task<void> editNow(QString messageId, QString text);
    QCoro::Task<void> selectVersionNow(QString messageId, int step);
    QCoro::Task<void> forkNow(QString messageId);
    QCoro::Task<void> setFeedbackNow(QString messageId, int feedback);
    QCoro::Task<void> copyNow(QString messageId, QString as);
    void askAgain(const QString& messageId, const QString& model, bool resume);
    void tell(const Error& error);

    ChatPage& m_page;
    Conversation m_conversation; ///< of a new chat: what was chosen for it so far
    QString m_model;
    bool m_modelChosen = false; ///< in a new chat, by a person
    QString m_preferredModel;
    std::optional<ModelFacts> m_facts;
    std::optional<std::int64_t> m_cost;
    QString m_historyError;
    int m_generation = 0;                     ///< another one = another chat since
    std::shared_ptr<RunningReply> m_starting; ///< of the open chat: not begun yet
    QHash<QString, std::function<void()>> m_afterEnd;
    QString m_lastModel;
    bool m_keeps = true;                    ///< there is a history
    std::vector<Message> m_memory;          ///< the open chat so far, where there is none
    QHash<QString, PathMessage> m_unstored; ///< replies that the store refused, by their ids
};

} // namespace patchbay
