// What the operating system knows about this process: its memory and its age.
#pragma once

#include <cstdint>
#include <optional>

namespace patchbay {

/// Memory that the process holds in RAM now; nullopt when the system does not say.
std::optional<std::uint64_t> residentBytes();
/// Since the process was started (exec on Unix).
std::optional<std::int64_t> microsecondsSinceProcessStart();

} // namespace patchbay
