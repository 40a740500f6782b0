#include "app/os_self.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <string>

#if defined(_WIN32)
#include <windows.h>
// after windows.h
#include <psapi.h>
#elif defined(__APPLE__)
#include <mach/mach.h>
#include <sys/sysctl.h>
#include <unistd.h>
#else
#include <ctime>
#include <unistd.h>
#endif

namespace patchbay {

#if defined(_WIN32)

std::optional<std::uint64_t> residentBytes() {
    PROCESS_MEMORY_COUNTERS counters{};
    if (!GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters)))
        return std::nullopt;
    return counters.WorkingSetSize;
}

std::optional<std::int64_t> microsecondsSinceProcessStart() {
    FILETIME started{}, ended{}, kernel{}, user{}, now{};
    if (!GetProcessTimes(GetCurrentProcess(), &started, &ended, &kernel, &user))
        return std::nullopt;
    GetSystemTimePreciseAsFileTime(&now);
    const auto ticks = [](const FILETIME& time) {
        return (std::int64_t(time.dwHighDateTime) << 32) | std::int64_t(time.dwLowDateTime);
    };
    return (ticks(now) - ticks(started)) / 10; // 100 ns each
}

#elif defined(__APPLE__)

std::optional<std::uint64_t> residentBytes() {
    mach_task_basic_info info{};
    mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
    if (task_info(mach_task_self(), MACH_TASK_BASIC_INFO, reinterpret_cast<task_info_t>(&info), &count) != KERN_SUCCESS)
        return std::nullopt;
    return info.resident_size;
}

std::optional<std::int64_t> microsecondsSinceProcessStart() {
    kinfo_proc info{};
    std::size_t size = sizeof(info);
    int name[] = {CTL_KERN, KERN_PROC, KERN_PROC_PID, getpid()};
    if (sysctl(name, 4, &info, &size, nullptr, 0) != 0)
        return std::nullopt;
    const timeval started = info.kp_proc.p_starttime;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count() -
           (std::int64_t(started.tv_sec) * 1000000 + started.tv_usec);
}

#else

std::optional<std::uint64_t> residentBytes() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t total = 0, resident = 0;
    if (!(file >> total >> resident))
        return std::nullopt;
    return resident * std::uint64_t(sysconf(_SC_PAGESIZE));
}

// The 22nd field of /proc/self/stat: the start in clock ticks (10 ms) since the machine started. proc(5).
std::optional<std::int64_t> microsecondsSinceProcessStart() {
    constexpr int kFieldsAfterName = 20;
    std::ifstream file("/proc/self/stat");
    std::string line;
    if (!std::getline(file, line))
        return std::nullopt;
    std::istringstream fields(line.substr(line.rfind(')') + 1)); // the name may hold spaces
    std::string field;
    for (int i = 0; i < kFieldsAfterName && fields; ++i)
        fields >> field;
    timespec now{};
    if (!fields || clock_gettime(CLOCK_BOOTTIME, &now) != 0)
        return std::nullopt;
    const std::int64_t started = std::stoll(field) * 1000000 / sysconf(_SC_CLK_TCK);
    return std::int64_t(now.tv_sec) * 1000000 + now.tv_nsec / 1000 - started;
}

#endif

} // namespace patchbay
