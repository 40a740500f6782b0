// The thread on which the whole core runs: one io_context, as in the headless program. The window's thread hands it work
// and never waits for it, except at the end.
#pragma once

#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "base/async.h"

namespace patchbay {

class EngineThread {
public:
    EngineThread();
    /// Runs what is still queued to its end: cancel first what would take long.
    ~EngineThread();
    EngineThread(const EngineThread&) = delete;
    EngineThread& operator=(const EngineThread&) = delete;

    asio::any_io_executor executor() { return m_context.get_executor(); }
    /// Lets the thread end as soon as nothing is left to do, and waits for that.
    void join();

private:
    asio::io_context m_context{1};
    asio::executor_work_guard<asio::io_context::executor_type> m_work{m_context.get_executor()};
    std::thread m_thread;
};

} // namespace patchbay
