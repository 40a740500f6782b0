#include "app/os_process.h"

#include <csignal>
#include <filesystem>

#include "base/environment.h"

#if defined(_WIN32)
#include <process.h>
#include <windows.h>
#else
#include <sys/resource.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#elif defined(__APPLE__)
#include <algorithm>
#include <climits>
#include <mach-o/dyld.h>
#include <sys/ptrace.h>
#endif
#endif

// The leak checker stops the process through ptrace, which an undumpable one does not allow.
#if defined(__SANITIZE_ADDRESS__)
#define PATCHBAY_LEAK_CHECKER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PATCHBAY_LEAK_CHECKER
#endif
#endif

namespace patchbay {

namespace fs = std::filesystem;

#if defined(_WIN32)

void hardenProcess(bool allowCore) {
    SetConsoleOutputCP(CP_UTF8);
    SetConsoleCP(CP_UTF8);
    // No crash dialog that waits for a click on a server, and no dump through Windows Error Reporting.
    if (!allowCore)
        SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
}

std::string programFolder() {
    std::wstring path(32768, L'\0');
    path.resize(GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size())));
    const std::u8string folder = fs::path(path).parent_path().u8string();
    return {folder.begin(), folder.end()};
}

bool hasDisplay() {
    return true;
}

bool becomeProgram(const std::string& path) {
    const fs::path file(std::u8string(path.begin(), path.end()));
    const std::wstring quoted = L"\"" + file.wstring() + L"\"";
    return _wspawnl(_P_NOWAIT, file.c_str(), quoted.c_str(), nullptr) != -1;
}

#else

namespace {

void forbidCoreDumps() {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    (void)setrlimit(RLIMIT_CORE, &none);
#if defined(PATCHBAY_LEAK_CHECKER)
#elif defined(__linux__)
    // Also keeps other programs of this user from reading the memory.
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#elif defined(__APPLE__)
    (void)ptrace(PT_DENY_ATTACH, 0, nullptr, 0);
#endif
}

void raiseFileLimit() {
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    rlim_t wanted = files.rlim_max;
#if defined(__APPLE__)
    wanted = std::min<rlim_t>(wanted, OPEN_MAX); // setrlimit refuses more there
#endif
    if (files.rlim_cur < wanted) {
        files.rlim_cur = wanted;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
}

} // namespace

void hardenProcess(bool allowCore) {
    if (!allowCore)
        forbidCoreDumps();
    raiseFileLimit();
    std::signal(SIGPIPE, SIG_IGN);
}

std::string programFolder() {
    std::error_code failure;
#if defined(__APPLE__)
    std::string path(PATH_MAX, '\0');
    auto size = static_cast<std::uint32_t>(path.size());
    if (_NSGetExecutablePath(path.data(), &size) != 0)
        return {};
    return fs::canonical(path.c_str(), failure).parent_path().string();
#else
    return fs::read_symlink("/proc/self/exe", failure).parent_path().string();
#endif
}

bool hasDisplay() {
#if defined(__APPLE__)
    return true;
#else
    const Environment environment = Environment::ofProcess();
    return environment.has("DISPLAY") || environment.has("WAYLAND_DISPLAY");
#endif
}

bool becomeProgram(const std::string& path) {
    execl(path.c_str(), path.c_str(), nullptr);
    return false;
}

#endif

} // namespace patchbay
