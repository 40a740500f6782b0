// Identifiers. UUIDv7 (RFC 9562 section 5.7) for everything stored: sorted by time of creation, unique without a
// server.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace patchbay {

/// Lower-case UUIDv7 text. Two ids made in the same millisecond by one generator still sort in order of creation.
class IdGenerator {
public:
    explicit IdGenerator(Clock& clock) : m_clock(clock) {}
    std::string next();
    /// prefix + 24 alphanumerics, as vendors name things: "chatcmpl-…", "msg_…".
    std::string nextToken(std::string_view prefix);

private:
    /// Ids are made for every request, and asking the system's generator costs as much for 10 bytes as for hundreds.
    std::string random(std::size_t count);

    Clock& m_clock;
    std::string m_random; ///< fetched and not yet used
    std::int64_t m_lastMilliseconds = 0;
    std::uint32_t m_counter = 0;
};

bool isUuid(std::string_view text);

} // namespace patchbay
