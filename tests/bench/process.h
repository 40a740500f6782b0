// Programs that the benchmark starts, and what the kernel says of them: CPU time to the nanosecond, resident memory.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace patchbay::bench {

class Process {
public:
    /// Starts `command` with standard output readable through readLine() and standard error in `errorFile`. Proxy
    /// settings and keys of the caller's environment are left out. Throws std::runtime_error.
    Process(std::vector<std::string> command, std::filesystem::path errorFile);
    /// Ends it (SIGTERM, after 5 s SIGKILL).
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// The next line of its standard output, empty at its end.
    std::string readLine();
    pid_t id() const { return m_id; }

    /// User and system time of the process and of its children that still live (nginx's worker), all threads, from the
    /// scheduler's own counters (CLOCK_PROCESS_CPUTIME_ID): exact, where /proc/PID/stat counts ticks of 10 ms.
    std::chrono::nanoseconds cpuTime() const;
    /// VmRSS of the process and of its children, in bytes.
    std::size_t residentBytes() const;

private:
    std::vector<pid_t> family() const;
    pid_t m_id = -1;
    int m_output = -1;
};

} // namespace patchbay::bench
