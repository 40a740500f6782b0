#include "process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace patchbay::bench {
namespace {

std::vector<std::string> cleanEnvironment() {
    std::vector<std::string> kept;
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view text(*entry);
        for (const std::string_view name : {"PATH=", "HOME=", "LANG=", "TMPDIR=", "LD_LIBRARY_PATH="})
            if (text.starts_with(name))
                kept.emplace_back(text);
    }
    return kept;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

} // namespace

Process::Process(std::vector<std::string> command, std::filesystem::path errorFile) {
    std::array<int, 2> pipe{};
    const int errors = ::open(errorFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (errors < 0 || ::pipe2(pipe.data(), O_CLOEXEC) != 0)
        throw std::runtime_error(fmt::format("cannot start {}: {}", command.front(), std::strerror(errno)));
    std::vector<std::string> environment = cleanEnvironment();
    const std::vector<char*> arguments = pointersTo(command);
    const std::vector<char*> variables = pointersTo(environment);
    m_id = ::fork();
    if (m_id == 0) {
        ::dup2(pipe[1], STDOUT_FILENO);
        ::dup2(errors, STDERR_FILENO);
        ::execvpe(arguments.front(), arguments.data(), variables.data());
        ::_exit(127);
    }
    ::close(pipe[1]);
    ::close(errors);
    m_output = pipe[0];
    if (m_id < 0)
        throw std::runtime_error("cannot start " + command.front());
}

Process::~Process() {
    ::kill(m_id, SIGTERM);
    const auto giveUp = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    int status = 0;
    while (::waitpid(m_id, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > giveUp)
            ::kill(m_id, SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ::close(m_output);
}

std::string Process::readLine() {
    std::string line;
    char c = 0;
    while (::read(m_output, &c, 1) == 1 && c != '\n')
        line.push_back(c);
    return line;
}

std::vector<pid_t> Process::family() const {
    std::vector<pid_t> ids{m_id};
    std::ifstream children(fmt::format("/proc/{}/task/{}/children", m_id, m_id));
    for (pid_t child = 0; children >> child;)
        ids.push_back(child);
    return ids;
}

std::chrono::nanoseconds Process::cpuTime() const {
    std::chrono::nanoseconds sum{};
    for (const pid_t id : family()) {
        clockid_t clock{};
        timespec time{};
        if (::clock_getcpuclockid(id, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
            throw std::runtime_error(fmt::format("process {} is gone", id));
        sum += std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    }
    return sum;
}

std::size_t Process::residentBytes() const {
    std::size_t sum = 0;
    for (const pid_t id : family()) {
        std::ifstream status(fmt::format("/proc/{}/status", id));
        for (std::string word; status >> word;)
            if (std::size_t kilobytes = 0; word == "VmRSS:" && status >> kilobytes)
                sum += kilobytes << 10U;
    }
    return sum;
}

} // namespace patchbay::bench
