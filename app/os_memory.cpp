#include "app/os_memory.h"

#include <algorithm>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace patchbay {

void returnFreeMemory() {
#ifdef __GLIBC__
    // One small block at the top of the heap is enough to keep all that is free below it.
    malloc_trim(0);
#endif
}

bool RushWatch::isOver(std::size_t connections) {
    m_peak = std::max(m_peak, connections);
    if (m_peak < kRush || connections > m_peak / 4)
        return false;
    m_peak = connections;
    return true;
}

} // namespace patchbay
