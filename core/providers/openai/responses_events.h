// Writes the events of a streamed response, each with the next sequence number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"

namespace patchbay::responses {

/// Which piece of the output a delta belongs to.
struct DeltaPlace {
    std::string_view id;
    std::size_t index = 0;
    std::string_view counter; ///< "content_index", "summary_index"; empty = the item has no parts
    std::size_t part = 0;
};

class EventWriter {
public:
    /// `members` follow the two that every event has.
    void add(std::string_view type, const json::object& members, std::string& out);
    /// The one event that comes per token: written straight, without a JSON value in between.
    void addDelta(std::string_view type, const DeltaPlace& place, std::string_view delta, std::string& out);

private:
    std::int64_t m_sequence = 0;
    std::string m_scratch;
};

} // namespace patchbay::responses
