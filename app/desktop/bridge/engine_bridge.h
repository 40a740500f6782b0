// Between the window and the core. Controllers on the window's thread `co_await bridge.ask(...)`: the work runs as an
// asio coroutine on the engine's thread, and the controller goes on in the window's thread with the result. What streams
// or can be cancelled is started with run().
//
//     Result<ConversationPage> page = co_await m_bridge.ask<ConversationPage>(
//         [filter](Composition& core) { return core.history()->listConversations(filter); });
#pragma once

#include <QMetaObject>
#include <QObject>

#ifndef Q_MOC_RUN // moc 6.4 cannot read the standard library's concepts, which these lead to
#include <coroutine>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "app/composition.h"
#include "app/desktop/bridge/engine_thread.h"
#include "base/error.h"
#endif

namespace patchbay {

/// Work that was started with EngineBridge::run; letting it go does not stop it.
class EngineCall {
public:
    explicit EngineCall(asio::any_io_executor executor) : m_executor(std::move(executor)) {}
    /// From any thread: asio's per-operation cancellation of the work (type terminal). No effect once it has ended.
    static void cancel(const std::shared_ptr<EngineCall>& call);

private:
    friend class EngineBridge;
    asio::any_io_executor m_executor;
    asio::cancellation_signal m_signal; // touched on the engine's thread only
    bool m_ended = false;
};

class EngineBridge : public QObject {
    Q_OBJECT
public:
    template <class T> using Work = std::function<awaitable<Result<T>>(Composition&)>;

    explicit EngineBridge(QObject* parent = nullptr);
    /// Cancels what runs, stops the core and waits for it; tasks that wait for a result are never resumed.
    ~EngineBridge() override;

    /// Builds the core; `done` is called on this thread. Until then ask() answers Unavailable.
    void start(CompositionOptions options, std::function<void(Result<void>)> done);
    bool ready() const { return m_ready; }

    template <class T> class Asking;
    /// Awaitable on the window's thread, in a QCoro::Task. An exception of the work becomes an Internal error.
    template <class T> Asking<T> ask(Work<T> work) { return Asking<T>(*this, std::move(work)); }

    /// Runs `work` on the engine's thread to its end. Its exceptions are dropped: it reports what happens itself.
    std::shared_ptr<EngineCall> run(std::function<awaitable<void>(Composition&)> work);

    /// From any thread: calls `action` on the window's thread, unless the bridge is gone by then.
    void post(std::function<void()> action);

private:
    /// On the engine's thread: a call that shutDown cancels and waits for.
    std::shared_ptr<EngineCall> track(std::shared_ptr<EngineCall> call);
    bool anyRunning() const;
    awaitable<void> shutDown();
    static Error notReadyError();
    static Error internalError(const std::exception_ptr& failure);
    template <class T> void spawn(Work<T> work, std::function<void(Result<T>)> done);

    EngineThread m_engine;
    std::unique_ptr<Composition> m_composition; // made, used and destroyed on the engine's thread
    std::vector<std::weak_ptr<EngineCall>> m_calls; // on the engine's thread
    bool m_stopping = false; // on the engine's thread
    bool m_ready = false;
};

template <class T> class EngineBridge::Asking {
public:
    Asking(EngineBridge& bridge, Work<T> work) : m_bridge(bridge), m_work(std::move(work)) {}
    bool await_ready() const { return false; }
    bool await_suspend(std::coroutine_handle<> waiting) {
        if (!m_bridge.m_ready) {
            m_result = notReadyError();
            return false;
        }
        m_bridge.spawn<T>(std::move(m_work), [this, waiting](Result<T> result) {
            m_result = std::move(result);
            waiting.resume();
        });
        return true;
    }
    Result<T> await_resume() { return std::move(*m_result); }

private:
    EngineBridge& m_bridge;
    Work<T> m_work;
    std::optional<Result<T>> m_result;
};

template <class T> void EngineBridge::spawn(Work<T> work, std::function<void(Result<T>)> done) {
    asio::post(m_engine.executor(), [this, work = std::move(work), done = std::move(done)]() mutable {
        const auto call = track(std::make_shared<EngineCall>(m_engine.executor()));
        // Kept to the end: the captures of a coroutine lambda live in it.
        const auto kept = std::make_shared<Work<T>>(std::move(work));
        auto finish = [this, call, kept, done = std::move(done)](std::exception_ptr failure, Result<T> result) mutable {
            call->m_ended = true;
            if (failure)
                result = internalError(failure);
            post([done = std::move(done), result = std::move(result)]() mutable { done(std::move(result)); });
        };
        asio::co_spawn(m_engine.executor(), (*kept)(*m_composition),
                       asio::bind_cancellation_slot(call->m_signal.slot(), std::move(finish)));
    });
}

} // namespace patchbay
