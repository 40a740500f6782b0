#include "app/cli/chat_printer.h"

#include <cstdio>

#include <fmt/format.h>

#include "app/os_terminal.h"
#include "base/json_writer.h"

namespace patchbay {
namespace {

constexpr std::string_view kDim = "\033[2m";
constexpr std::string_view kPlain = "\033[0m";

void put(std::FILE* file, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), file);
}

} // namespace

std::string withoutControls(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool c1 = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (c1)
            ++i;
        else if ((c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t')
            shown.push_back(text[i]);
    }
    return shown;
}

ChatPrinter::ChatPrinter(PrinterOptions options)
    : m_options(options), m_outputIsTerminal(isTerminal(StandardStream::Output)),
      m_showThoughts(isTerminal(StandardStream::Error)) {
}

Result<void> ChatPrinter::take(const NativeEvent& event) {
    if (m_options.json)
        return writeJsonLine(event);
    if (event.name == "message" || event.name == "refusal") {
        endThought();
        const std::string_view delta = stringOr(event.data, "delta");
        m_text += delta;
        return write(delta);
    }
    if (event.name == "reasoning")
        think(stringOr(event.data, "delta"));
    else if (event.name == "tool_call")
        fmt::print(stderr, "[{} {}]\n", withoutControls(stringOr(event.data, "name")),
                   withoutControls(stringOr(event.data, "arguments")));
    return {};
}

Result<void> ChatPrinter::write(std::string_view text) {
    const std::string shown = m_outputIsTerminal ? withoutControls(text) : std::string(text);
    put(stdout, shown);
    if (std::fflush(stdout) != 0)
        return makeError(ErrorCode::Cancelled, "standard output is closed", "The answer so far is kept.");
    return {};
}

Result<void> ChatPrinter::writeJsonLine(const NativeEvent& event) {
    json::object line{{"type", json::string(event.name.data(), event.name.size())}};
    line.insert(event.data.begin(), event.data.end());
    return write(writeJson(line) + "\n");
}

void ChatPrinter::think(std::string_view text) {
    if (!m_showThoughts)
        return;
    if (!m_thinking)
        put(stderr, kDim);
    m_thinking = true;
    put(stderr, withoutControls(text));
    std::fflush(stderr);
}

void ChatPrinter::endThought() {
    if (!m_thinking)
        return;
    m_thinking = false;
    put(stderr, kPlain);
    put(stderr, "\n\n");
    std::fflush(stderr);
}

void ChatPrinter::finish(const ChatTurnEnd& end) {
    const auto textOrNull = [](const std::string& text) {
        return text.empty() ? json::value(nullptr) : json::value(text);
    };
    endThought();
    if (m_options.json) {
        if (!end.usage.empty()) {
            json::object usage = end.usage;
            usage["cost_nano_usd"] = end.cost ? json::value(*end.cost) : json::value(nullptr);
            (void)writeJsonLine({"usage", std::move(usage)});
        }
        if (end.error)
            (void)writeJsonLine({"error", errorJson(*end.error)});
        (void)writeJsonLine({"done",
                             {{"finish_reason", end.finishReason},
                              {"conversation_id", textOrNull(end.conversationId)},
                              {"message_id", textOrNull(end.messageId)},
                              {"trace_id", textOrNull(end.traceId)},
                              {"model", textOrNull(end.model)},
                              {"provider", textOrNull(end.provider)}}});
    } else if (!m_text.empty() && m_text.back() != '\n') {
        (void)write("\n");
    }
    if (!end.warning.empty())
        fmt::print(stderr, "patchbay: {}\n", end.warning);
    if (end.finishReason == "length")
        fmt::print(stderr, "patchbay: the answer ends early: the model's output limit was reached\n");
    else if (end.finishReason == "content_filter")
        fmt::print(stderr, "patchbay: the provider's content filter ended the answer\n");
    else if (end.finishReason == "stopped")
        fmt::print(stderr, "patchbay: stopped{}\n", end.conversationId.empty() ? "" : "; what came so far is kept");
    if (m_options.details)
        printDetails(end);
}

void ChatPrinter::printDetails(const ChatTurnEnd& end) const {
    std::string line = end.model;
    if (!end.provider.empty() && !line.starts_with(end.provider + "/"))
        line += fmt::format(" ({})", end.provider);
    const auto input = findInt(end.usage, "input_tokens");
    const auto output = findInt(end.usage, "output_tokens");
    if (input || output) {
        const bool estimated = findBool(end.usage, "estimated").value_or(false);
        line += fmt::format(" · {} in, {} out{}", input ? std::to_string(*input) : "?",
                            output ? std::to_string(*output) : "?", estimated ? " (estimated)" : "");
    }
    if (end.cost)
        line += " · " + formatUsd(*end.cost);
    if (!end.conversationId.empty())
        line += " · conversation " + end.conversationId;
    const bool dim = isTerminal(StandardStream::Error);
    fmt::print(stderr, "{}{}{}\n", dim ? kDim : "", line, dim ? kPlain : "");
}

} // namespace patchbay
