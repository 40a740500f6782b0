// What the program asks of the operating system about its memory.
#pragma once

#include <cstddef>

namespace patchbay {

/// Gives the pages that the allocator keeps for later back to the system, where the allocator does not do so by itself.
/// Takes some milliseconds per hundred megabytes: for quiet moments.
void returnFreeMemory();

/// Tells from the number of connections, looked at every few seconds, when a rush is over: then the memory that it
/// needed is worth returning.
class RushWatch {
public:
    /// True once after a peak of at least kRush connections has fallen to a quarter.
    bool isOver(std::size_t connections);

private:
    static constexpr std::size_t kRush = 64;
    std::size_t m_peak = 0;
};

} // namespace patchbay
