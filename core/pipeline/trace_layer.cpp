#include "pipeline/trace_layer.h"

namespace patchbay {
namespace {

json::value countOrNull(std::optional<std::int64_t> count) {
    return count ? json::value(*count) : json::value(nullptr);
}

std::int64_t elapsedMilliseconds(SteadyTime from, SteadyTime to) {
    return std::chrono::duration_cast<Milliseconds>(to - from).count();
}

} // namespace

awaitable<Outcome> TraceLayer::handle(ChatCall call) {
    const std::shared_ptr<CallRecord> record = call.record;
    record->received = m_clock.now();
    Outcome outcome = co_await m_next->handle(std::move(call));
    record->finished = m_clock.now();
    const auto total = elapsedMilliseconds(record->received, *record->finished);
    const json::value firstToken = record->firstToken
                                       ? json::value(elapsedMilliseconds(record->received, *record->firstToken))
                                       : json::value(nullptr);
    if (outcome) {
        m_log.info("chat", {{"trace_id", record->traceId},
                            {"deployment", record->deployment},
                            {"attempts", record->attempts},
                            {"finish", finishReasonName(outcome->finish)},
                            {"input_tokens", countOrNull(outcome->usage.inputTotal)},
                            {"output_tokens", countOrNull(outcome->usage.outputTotal)},
                            {"first_token_ms", firstToken},
                            {"total_ms", total}});
    } else {
        const Error& error = outcome.error();
        m_log.warning("chat_failed", {{"trace_id", record->traceId},
                                      {"deployment", record->deployment},
                                      {"attempts", record->attempts},
                                      {"code", errorCodeName(error.code)},
                                      {"error", error.message},
                                      {"first_token_ms", firstToken},
                                      {"total_ms", total}});
    }
    co_return outcome;
}

} // namespace patchbay
