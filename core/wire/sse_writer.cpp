#include "wire/sse_writer.h"

namespace patchbay {
namespace {

constexpr std::string_view kBreaks = "\r\n";

void appendOneLine(std::string& out, std::string_view text) {
    const std::size_t begin = out.size();
    out.append(text);
    for (std::size_t i = out.find_first_of(kBreaks, begin); i != std::string::npos; i = out.find_first_of(kBreaks, i))
        out[i] = ' ';
}

} // namespace

void appendSseEvent(std::string& out, std::string_view name, std::string_view data) {
    if (!name.empty()) {
        out.append("event: ");
        appendOneLine(out, name);
        out.push_back('\n');
    }
    for (;;) {
        const std::size_t end = data.find_first_of(kBreaks);
        out.append("data: ").append(data.substr(0, end)).push_back('\n');
        if (end == std::string_view::npos)
            break;
        data.remove_prefix(data.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
    out.push_back('\n');
}

void appendSseComment(std::string& out, std::string_view text) {
    out.append(": ");
    appendOneLine(out, text);
    out.append("\n\n");
}

} // namespace patchbay
