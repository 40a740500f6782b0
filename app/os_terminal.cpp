#include "app/os_terminal.h"

#include <array>
#include <cstdio>
#include <iostream>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>

#if defined(_WIN32)
#include <fcntl.h>
#include <io.h>
#include <windows.h>
#else
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>
#endif

namespace patchbay {
namespace {

std::FILE* fileOf(StandardStream stream) {
    switch (stream) {
    case StandardStream::Input:
        return stdin;
    case StandardStream::Output:
        return stdout;
    case StandardStream::Error:
        break;
    }
    return stderr;
}

void cutLineEnd(std::string& line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.pop_back();
}

Error noTerminal() {
    return makeError(ErrorCode::Unavailable, "standard input is no terminal", "Pass the text as an argument.");
}

#if defined(_WIN32)

class EchoOff {
public:
    EchoOff() : m_input(GetStdHandle(STD_INPUT_HANDLE)) {
        GetConsoleMode(m_input, &m_mode);
        SetConsoleMode(m_input, m_mode & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
    }
    ~EchoOff() { SetConsoleMode(m_input, m_mode); }

private:
    HANDLE m_input;
    DWORD m_mode = 0;
};

// The console has no way to wait without a thread; the line typed last is all that this program does meanwhile.
class ConsoleLines final : public TerminalLines {
public:
    awaitable<Result<std::optional<std::string>>> next() override {
        std::string line;
        if (!std::getline(std::cin, line))
            co_return std::optional<std::string>();
        cutLineEnd(line);
        co_return std::optional<std::string>(std::move(line));
    }
};

#else

class EchoOff {
public:
    EchoOff() {
        if (tcgetattr(STDIN_FILENO, &m_before) != 0)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        m_changed = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
    ~EchoOff() {
        if (m_changed)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }

private:
    termios m_before{};
    bool m_changed = false;
};

// The terminal is opened anew: asio makes its descriptor non-blocking, and standard output may be the same open file.
class PosixLines final : public TerminalLines {
public:
    PosixLines(asio::any_io_executor executor, int descriptor) : m_terminal(std::move(executor), descriptor) {}

    awaitable<Result<std::optional<std::string>>> next() override {
        boost::system::error_code failure;
        const std::size_t length =
            co_await asio::async_read_until(m_terminal, asio::dynamic_buffer(m_typed, kMaxLine), '\n',
                                            asio::redirect_error(asio::use_awaitable, failure));
        if (failure == asio::error::operation_aborted)
            throw boost::system::system_error(failure);
        if (failure == asio::error::eof || length == 0)
            co_return std::optional<std::string>();
        if (failure)
            co_return makeError(ErrorCode::Storage, "the terminal cannot be read: " + failure.message(), "Try again.");
        std::string line = m_typed.substr(0, length);
        m_typed.erase(0, length);
        cutLineEnd(line);
        co_return std::optional<std::string>(std::move(line));
    }

private:
    static constexpr std::size_t kMaxLine = 1U << 20U;
    asio::posix::stream_descriptor m_terminal;
    std::string m_typed;
};

#endif

} // namespace

bool isTerminal(StandardStream stream) {
#if defined(_WIN32)
    return _isatty(_fileno(fileOf(stream))) != 0;
#else
    return isatty(fileno(fileOf(stream))) != 0;
#endif
}

Result<std::string> readStandardInput(std::size_t limit) {
#if defined(_WIN32)
    _setmode(_fileno(stdin), _O_BINARY);
#endif
    std::string text;
    std::array<char, 65536> piece{};
    while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), stdin)) {
        text.append(piece.data(), count);
        if (text.size() > limit)
            return makeError(ErrorCode::TooLarge,
                             "standard input is larger than " + std::to_string(limit >> 20U) + " MiB",
                             "Send less of it.");
    }
    return text;
}

Result<Secret> readHiddenLine(const std::string& prompt) {
    std::string line;
    const bool typed = isTerminal(StandardStream::Input);
    if (typed) {
        std::fputs(prompt.c_str(), stderr);
        EchoOff silence;
        std::getline(std::cin, line);
        std::fputs("\n", stderr);
    } else {
        std::getline(std::cin, line);
    }
    cutLineEnd(line);
    Secret secret(std::move(line));
    if (secret.empty())
        return makeError(ErrorCode::InvalidRequest, "no text was given", "Type it, or pipe it into standard input.");
    return secret;
}

Result<std::unique_ptr<TerminalLines>> TerminalLines::open(asio::any_io_executor executor) {
    if (!isTerminal(StandardStream::Input))
        return noTerminal();
#if defined(_WIN32)
    static_cast<void>(executor);
    return std::unique_ptr<TerminalLines>(std::make_unique<ConsoleLines>());
#else
    const char* name = ttyname(STDIN_FILENO);
    const int descriptor = ::open(name ? name : "/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0)
        return noTerminal();
    return std::unique_ptr<TerminalLines>(std::make_unique<PosixLines>(std::move(executor), descriptor));
#endif
}

} // namespace patchbay
