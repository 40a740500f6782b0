// The outermost layer: sees every outcome and writes one log line per call (names, numbers and the error, never content).
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "pipeline/pipeline.h"

namespace patchbay {

class TraceLayer final : public ChatHandler {
public:
    TraceLayer(HandlerPtr next, Clock& clock, Log& log) : m_next(std::move(next)), m_clock(clock), m_log(log) {}
    awaitable<Outcome> handle(ChatCall call) override;

private:
    HandlerPtr m_next;
    Clock& m_clock;
    Log& m_log;
};

} // namespace patchbay
