// The replies that run, one per chat, whichever chat is open: starts turns on the engine and hands on what comes of
// them, at most once a frame.
#pragma once

#include <memory>
#include <vector>

#include <QObject>
#include <QString>
#include <QTimer>

#include "app/desktop/chat/queue_model.h"

#ifndef Q_MOC_RUN
#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/bridge/ui_sink.h"
#include "chat/reply_builder.h"
#include "services/conversation_chat.h"
#endif

namespace patchbay {

struct TurnStart {
    TurnRequest request;
    /// Makes this conversation for the turn, and removes it again if the turn could not begin.
    std::optional<NewConversation> create;
};

/// How a turn ended.
struct TurnEnd {
    Outcome outcome = makeError(ErrorCode::Internal, "The turn did not run.");
    Turn turn;
    std::optional<PathMessage> reply; ///< as stored; nullopt where that failed or nothing was begun
    std::string userParentId;         ///< what the message that was answered stands below
    std::int64_t endedAt = 0;         ///< Unix milliseconds
};

/// Lives on the window's thread.
struct RunningReply {
    QString conversationId; ///< empty until begun in a new chat
    QString userMessageId;
    QString messageId;           ///< empty until begun
    Prompt prompt;               ///< what was sent, to be given back when nothing came of it
    std::vector<Prompt> waiting; ///< queued behind it in a new chat that was left before it had an id
    bool begun = false;
    bool stopped = false; ///< a person stopped it
    ReplyBuilder builder; ///< what came so far
    std::shared_ptr<UiSink> sink;
    std::shared_ptr<EngineCall> call;

    const Message& message() const { return builder.reply().choices.front().message; }
    /// There is something a reader can see.
    bool hasOutput() const { return !message().parts.empty(); }
};

class RunningReplies : public QObject {
    Q_OBJECT
public:
    explicit RunningReplies(EngineBridge& bridge, QObject* parent = nullptr);

    std::shared_ptr<RunningReply> start(TurnStart start);
    /// The reply that runs in that chat, or nullptr.
    std::shared_ptr<RunningReply> of(const QString& conversationId) const;
    void stop(const std::shared_ptr<RunningReply>& reply);
    const std::vector<std::shared_ptr<RunningReply>>& all() const { return m_replies; }

Q_SIGNALS:
    /// The ids are known; the messages are in the store.
    void begun(const std::shared_ptr<patchbay::RunningReply>& reply);
    void grew(const std::shared_ptr<patchbay::RunningReply>& reply);
    /// It is no longer among all(). `end` may be moved from.
    void ended(const std::shared_ptr<patchbay::RunningReply>& reply, const patchbay::TurnEnd& end);

private:
    void scheduleFrame();
    void drainAll();
    void drain(const std::shared_ptr<RunningReply>& reply);
    void onBegun(const std::shared_ptr<RunningReply>& reply, Turn turn);
    void onEnded(const std::shared_ptr<RunningReply>& reply, const TurnEnd& end);

    EngineBridge& m_bridge;
    std::vector<std::shared_ptr<RunningReply>> m_replies;
    QTimer m_frame; // runs only while something waits to be drawn
};

} // namespace patchbay
