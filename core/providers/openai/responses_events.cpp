#include "providers/openai/responses_events.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "wire/sse_writer.h"

namespace patchbay::responses {

void EventWriter::add(std::string_view type, const json::object& members, std::string& out) {
    m_scratch.clear();
    fmt::format_to(std::back_inserter(m_scratch), R"({{"type":"{}","sequence_number":{})", type, m_sequence++);
    const std::string text = writeJson(members);
    if (!members.empty())
        m_scratch.append(",").append(text, 1, text.size() - 2);
    m_scratch.push_back('}');
    appendSseEvent(out, type, m_scratch);
}

void EventWriter::addDelta(std::string_view type, const DeltaPlace& place, std::string_view delta, std::string& out) {
    m_scratch.clear();
    fmt::format_to(std::back_inserter(m_scratch),
                   R"({{"type":"{}","sequence_number":{},"item_id":"{}","output_index":{},)", type, m_sequence++,
                   place.id, place.index);
    if (!place.counter.empty())
        fmt::format_to(std::back_inserter(m_scratch), R"("{}":{},)", place.counter, place.part);
    m_scratch.append(R"("delta":)");
    appendJsonString(m_scratch, delta);
    if (type == "response.output_text.delta")
        m_scratch.append(R"(,"logprobs":[])");
    m_scratch.push_back('}');
    appendSseEvent(out, type, m_scratch);
}

} // namespace patchbay::responses
