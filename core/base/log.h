// Structured logging: one JSON object per line on standard error. A Log is passed in like everything else; there is no
// global logger. Never log a key, a prompt or a reply: the fields are names, numbers and error messages.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"

namespace spdlog {
class logger;
}

namespace patchbay {

enum class LogLevel { Debug, Info, Warning, Error, Off };

class Log {
public:
    struct Field {
        Field(std::string_view fieldName, json::value fieldValue) : name(fieldName), value(std::move(fieldValue)) {}
        Field(std::string_view fieldName, std::string_view text)
            : name(fieldName), value(json::string(text.data(), text.size())) {}
        Field(std::string_view fieldName, const std::string& text) : Field(fieldName, std::string_view(text)) {}
        Field(std::string_view fieldName, const char* text) : Field(fieldName, std::string_view(text)) {}
        std::string_view name;
        json::value value;
    };

    /// Writes lines of at least `level` to standard error.
    explicit Log(LogLevel level);
    /// Swallows everything; for tests and libraries.
    static Log silent() { return Log(LogLevel::Off); }

    void debug(std::string_view event, std::initializer_list<Field> fields = {}) { write(LogLevel::Debug, event, fields); }
    void info(std::string_view event, std::initializer_list<Field> fields = {}) { write(LogLevel::Info, event, fields); }
    void warning(std::string_view event, std::initializer_list<Field> fields = {}) { write(LogLevel::Warning, event, fields); }
    void error(std::string_view event, std::initializer_list<Field> fields = {}) { write(LogLevel::Error, event, fields); }

private:
    void write(LogLevel level, std::string_view event, std::initializer_list<Field> fields);
    std::shared_ptr<spdlog::logger> m_logger;
    LogLevel m_level;
};

} // namespace patchbay
