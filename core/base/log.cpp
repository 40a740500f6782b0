#include "base/log.h"

#include <array>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/clock.h"
#include "base/json_writer.h"

namespace patchbay {

Log::Log(LogLevel level) : m_level(level) {
    m_logger = std::make_shared<spdlog::logger>("patchbay", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    m_logger->set_pattern("%v");
    m_logger->flush_on(spdlog::level::trace);
}

void Log::write(LogLevel level, std::string_view event, std::initializer_list<Field> fields) {
    if (level < m_level || m_level == LogLevel::Off)
        return;
    constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warning", "error"};
    std::string line = "{\"time\":\"" + formatRfc3339(std::chrono::system_clock::now()) + "\",\"level\":\"";
    line.append(kNames[static_cast<std::size_t>(level)]).append("\",\"event\":");
    appendJsonString(line, event);
    for (const auto& [name, value] : fields) {
        line.push_back(',');
        appendJsonString(line, name);
        line.push_back(':');
        appendJson(line, value);
    }
    line.push_back('}');
    m_logger->info("{}", line);
}

} // namespace patchbay
