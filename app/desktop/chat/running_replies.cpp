#include "app/desktop/chat/running_replies.h"

#include <QPointer>

namespace patchbay {
namespace {

// Every frame or every other one of a 60 Hz screen: reads as smoothly as 16 ms and costs a fifth less.
constexpr int kFrameMs = 20;

/// What the engine calls back; posts to the window's thread.
struct Callbacks {
    std::function<void(const Turn&)> begun;
    std::function<void(TurnEnd)> ended;
};

// On the engine's thread. Ends by calling `ended`, also when it is cancelled.
awaitable<void> runTurn(Composition& core, TurnStart start, std::shared_ptr<UiSink> sink, Callbacks callbacks) {
    // A stop must neither tear the bookkeeping before the call nor prevent the one after it.
    co_await asio::this_coro::throw_if_cancelled(false);
    TurnEnd end;
    auto turn = core.conversations().newTurn();
    turn->onBegun = callbacks.begun;
    HistoryService* const history = core.history();
    std::string created;
    Result<void> ready;
    if (start.create && history) {
        // Before anything is stored: a slip of the name must not leave an empty chat behind.
        if (auto found = core.chat().findModel(start.create->model); !found) {
            ready = found.error();
        } else if (auto made = co_await history->createConversation(std::move(*start.create)); !made) {
            ready = made.error();
        } else {
            created = start.request.conversationId = made->id;
        }
    }
    if (ready)
        end.outcome = co_await core.conversations().run(std::move(start.request), sink, turn);
    else
        end.outcome = ready.error();
    if (history && turn->begun && !turn->historyError)
        if (auto stored = co_await history->pathUp(turn->messageId, 1))
            end.reply = std::move(stored->messages.front());
    if (history && !turn->userMessageId.empty())
        if (auto user = co_await history->message(turn->userMessageId))
            end.userParentId = user->parentId;
    end.endedAt = toUnixMilliseconds(core.clock().wallNow());
    if (!turn->begun && !created.empty())
        co_await history->purgeConversation(created); // where it fails, an empty chat stays: no harm
    turn->onBegun = nullptr;
    end.turn = *turn;
    callbacks.ended(std::move(end));
}

} // namespace

RunningReplies::RunningReplies(EngineBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {
    m_frame.setSingleShot(true);
    m_frame.setInterval(kFrameMs);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_frame, &QTimer::timeout, this, &RunningReplies::drainAll);
}

std::shared_ptr<RunningReply> RunningReplies::start(TurnStart start) {
    auto reply = std::make_shared<RunningReply>();
    reply->conversationId = QString::fromStdString(start.request.conversationId);
    m_replies.push_back(reply);
    const QPointer<RunningReplies> self(this);
    EngineBridge& bridge = m_bridge;
    const auto here = [&bridge, self](std::function<void(RunningReplies&)> action) {
        bridge.post([self, action = std::move(action)] {
            if (self)
                action(*self);
        });
    };
    reply->sink = std::make_shared<UiSink>([here] { here([](RunningReplies& replies) { replies.scheduleFrame(); }); });
    Callbacks callbacks{
        .begun =
            [here, reply](const Turn& turn) {
                Turn copy = turn;
                copy.onBegun = nullptr; // it holds us
                here([reply, copy](RunningReplies& replies) { replies.onBegun(reply, copy); });
            },
        .ended =
            [here, reply](TurnEnd end) {
                here([reply, end = std::move(end)](RunningReplies& replies) { replies.onEnded(reply, end); });
            }};
    reply->call = m_bridge.run([start = std::move(start), sink = reply->sink, callbacks = std::move(callbacks)](
                                   Composition& core) { return runTurn(core, start, sink, callbacks); });
    return reply;
}

std::shared_ptr<RunningReply> RunningReplies::of(const QString& conversationId) const {
    if (conversationId.isEmpty())
        return nullptr;
    for (const auto& reply : m_replies)
        if (reply->conversationId == conversationId)
            return reply;
    return nullptr;
}

void RunningReplies::stop(const std::shared_ptr<RunningReply>& reply) {
    if (!reply)
        return;
    reply->stopped = true;
    EngineCall::cancel(reply->call);
}

void RunningReplies::scheduleFrame() {
    if (!m_frame.isActive())
        m_frame.start();
}

void RunningReplies::drainAll() {
    const auto replies = m_replies; // a slot may start another one
    for (const auto& reply : replies)
        if (reply->begun)
            drain(reply);
}

void RunningReplies::drain(const std::shared_ptr<RunningReply>& reply) {
    const EventBatch events = reply->sink->drain();
    if (events.empty())
        return;
    reply->builder.add(events);
    Q_EMIT grew(reply);
}

void RunningReplies::onBegun(const std::shared_ptr<RunningReply>& reply, Turn turn) {
    reply->begun = true;
    reply->conversationId = QString::fromStdString(turn.conversationId);
    reply->userMessageId = QString::fromStdString(turn.userMessageId);
    reply->messageId = QString::fromStdString(turn.messageId);
    scheduleFrame(); // events that came before this were left waiting
    Q_EMIT begun(reply);
}

void RunningReplies::onEnded(const std::shared_ptr<RunningReply>& reply, const TurnEnd& end) {
    drain(reply);
    std::erase(m_replies, reply);
    Q_EMIT ended(reply, end);
}

} // namespace patchbay
