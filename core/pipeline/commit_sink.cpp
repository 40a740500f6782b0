#include "pipeline/commit_sink.h"

#include <algorithm>
#include <iterator>

namespace patchbay {

awaitable<Result<void>> CommitSink::emit(EventBatch batch) {
    if (m_committed)
        co_return co_await m_out->emit(std::move(batch));
    const bool output = std::any_of(batch.begin(), batch.end(), isModelOutput);
    if (m_held.empty())
        m_held = std::move(batch);
    else
        std::move(batch.begin(), batch.end(), std::back_inserter(m_held));
    if (!output)
        co_return Result<void>();
    co_return co_await flush();
}

awaitable<Result<void>> CommitSink::flush() {
    m_committed = true;
    if (m_held.empty())
        co_return Result<void>();
    EventBatch held = std::move(m_held);
    m_held.clear();
    co_return co_await m_out->emit(std::move(held));
}

} // namespace patchbay
