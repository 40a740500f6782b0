// Joins a character that a vendor cut between its two UTF-16 units: one event's text ends with the escape \ud83d, the
// next one's begins with \ude00. Works on the JSON text of the events, since parsed text cannot hold half a character.
#pragma once

#include <string>
#include <string_view>

namespace patchbay {

class SurrogateJoiner {
public:
    /// The event's JSON with what was held back put before the other half, and half a character at the end of a string
    /// held back in its turn. The view is good until the next call.
    std::string_view join(std::string_view event);

private:
    std::string m_held; // an escape
    std::string m_text;
};

} // namespace patchbay
