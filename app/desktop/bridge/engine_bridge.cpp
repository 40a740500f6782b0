#include "app/desktop/bridge/engine_bridge.h"

#include <algorithm>

namespace patchbay {
namespace {

constexpr Milliseconds kShutDownPoll{5};

} // namespace

void EngineCall::cancel(const std::shared_ptr<EngineCall>& call) {
    if (!call)
        return;
    asio::post(call->m_executor, [call] {
        if (!call->m_ended)
            call->m_signal.emit(asio::cancellation_type::terminal);
    });
}

EngineBridge::EngineBridge(QObject* parent) : QObject(parent) {
}

EngineBridge::~EngineBridge() {
    m_ready = false;
    asio::co_spawn(m_engine.executor(), shutDown(), asio::detached);
    m_engine.join(); // what was cancelled has stored its partial replies when this returns
}

awaitable<void> EngineBridge::shutDown() {
    m_stopping = true;
    if (!m_composition)
        co_return;
    for (const auto& weak : m_calls)
        if (const auto call = weak.lock(); call && !call->m_ended)
            call->m_signal.emit(asio::cancellation_type::terminal);
    while (anyRunning())
        co_await m_composition->clock().sleepFor(kShutDownPoll);
    co_await m_composition->stop();
    m_composition.reset();
}

bool EngineBridge::anyRunning() const {
    return std::any_of(m_calls.begin(), m_calls.end(), [](const std::weak_ptr<EngineCall>& weak) {
        const auto call = weak.lock();
        return call && !call->m_ended;
    });
}

void EngineBridge::start(CompositionOptions options, std::function<void(Result<void>)> done) {
    asio::co_spawn(m_engine.executor(), Composition::build(std::move(options)),
                   [this, done = std::move(done)](std::exception_ptr failure,
                                                  Result<std::unique_ptr<Composition>> built) mutable {
                       Result<void> outcome;
                       if (failure)
                           outcome = internalError(failure);
                       else if (!built)
                           outcome = built.error();
                       else
                           m_composition = std::move(*built);
                       // The window was closed before the core had started: nobody else stops it.
                       if (m_stopping)
                           asio::co_spawn(m_engine.executor(), shutDown(), asio::detached);
                       post([this, done = std::move(done), outcome = std::move(outcome)] {
                           m_ready = outcome.has_value();
                           if (m_ready) {
                               run([](Composition& core) { return core.watchConfiguration(); });
                               run([](Composition& core) { return core.cleanUpDaily(); });
                           }
                           done(outcome);
                       });
                   });
}

std::shared_ptr<EngineCall> EngineBridge::run(std::function<awaitable<void>(Composition&)> work) {
    auto call = std::make_shared<EngineCall>(m_engine.executor());
    asio::post(m_engine.executor(), [this, call, work = std::move(work)]() mutable {
        if (!m_composition) {
            call->m_ended = true;
            return;
        }
        track(call);
        // Kept to the end: the captures of a coroutine lambda live in it.
        const auto kept = std::make_shared<std::function<awaitable<void>(Composition&)>>(std::move(work));
        asio::co_spawn(m_engine.executor(), (*kept)(*m_composition),
                       asio::bind_cancellation_slot(call->m_signal.slot(),
                                                    [call, kept](std::exception_ptr) { call->m_ended = true; }));
    });
    return call;
}

std::shared_ptr<EngineCall> EngineBridge::track(std::shared_ptr<EngineCall> call) {
    std::erase_if(m_calls, [](const std::weak_ptr<EngineCall>& weak) { return weak.expired(); });
    m_calls.push_back(call);
    return call;
}

void EngineBridge::post(std::function<void()> action) {
    QMetaObject::invokeMethod(this, std::move(action), Qt::QueuedConnection);
}

Error EngineBridge::notReadyError() {
    return makeError(ErrorCode::Unavailable, "Patchbay is still starting, or could not start.",
                     "Wait a moment; if it lasts, read the message at the top of the window.");
}

Error EngineBridge::internalError(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        return makeError(ErrorCode::Internal, std::string("Internal error: ") + error.what(),
                         "Try again; if it comes back, please report it.");
    }
}

} // namespace patchbay
