#include "app/desktop/bridge/engine_thread.h"

namespace patchbay {

EngineThread::EngineThread() : m_thread([this] { m_context.run(); }) {
}

EngineThread::~EngineThread() {
    join();
}

void EngineThread::join() {
    m_work.reset();
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace patchbay
