// Writes server-sent events.
#pragma once

#include <string>
#include <string_view>

namespace patchbay {

/// `data: …` lines (one per line of data) and the blank line; with `event: name` first unless name is empty.
void appendSseEvent(std::string& out, std::string_view name, std::string_view data);
/// `: text` and a blank line. The text must hold no line break; breaks become spaces.
void appendSseComment(std::string& out, std::string_view text);

} // namespace patchbay
