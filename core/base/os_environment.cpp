#include "base/environment.h"

#ifdef _WIN32
#include <windows.h>
#elif defined(__APPLE__)
#include <crt_externs.h>
#else
extern "C" char** environ; // NOLINT: declared by POSIX, in no header
#endif

namespace patchbay {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

void add(Values& values, std::string_view entry) {
    // Windows keeps entries such as "=C:=C:\dir", whose name begins with the separator.
    const auto equals = entry.find('=', 1);
    if (equals != std::string_view::npos && entry.front() != '=')
        values.insert_or_assign(std::string(entry.substr(0, equals)), std::string(entry.substr(equals + 1)));
}

} // namespace

#ifdef _WIN32

Environment Environment::ofProcess() {
    Values values;
    wchar_t* block = GetEnvironmentStringsW();
    for (const wchar_t* entry = block; entry != nullptr && *entry != L'\0'; entry += std::wcslen(entry) + 1) {
        const int length = static_cast<int>(std::wcslen(entry));
        const int bytes = WideCharToMultiByte(CP_UTF8, 0, entry, length, nullptr, 0, nullptr, nullptr);
        std::string utf8(static_cast<std::size_t>(bytes), '\0');
        WideCharToMultiByte(CP_UTF8, 0, entry, length, utf8.data(), bytes, nullptr, nullptr);
        add(values, utf8);
    }
    if (block != nullptr)
        FreeEnvironmentStringsW(block);
    return Environment(std::move(values));
}

#else

Environment Environment::ofProcess() {
#ifdef __APPLE__
    char** entries = *_NSGetEnviron();
#else
    char** entries = environ;
#endif
    Values values;
    for (char** entry = entries; entry != nullptr && *entry != nullptr; ++entry)
        if (**entry != '\0')
            add(values, *entry);
    return Environment(std::move(values));
}

#endif

} // namespace patchbay
