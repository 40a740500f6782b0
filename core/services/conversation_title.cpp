#include "services/conversation_title.h"

#include <cstdint>

#include "base/strings.h"

namespace patchbay {
namespace {

constexpr int kColumns = 60;

/// White space runs become one space; what Markdown puts at the beginning of a line goes.
std::string oneLine(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n#>*-`");
    std::string line;
    if (begin == std::string_view::npos)
        return line;
    bool space = false;
    for (const char c : text.substr(begin)) {
        if (static_cast<std::uint8_t>(c) <= 0x20 || c == 0x7F) {
            space = true;
            continue;
        }
        if (space)
            line.push_back(' ');
        space = false;
        line.push_back(c);
        if (line.size() > kColumns * 8)
            break; // more than enough to cut from
    }
    return repairUtf8(line);
}

std::string cut(const std::string& line) {
    int columns = 0;
    std::size_t lastBreak = 0; // where a word ends
    for (std::size_t at = 0; at < line.size();) {
        const auto first = static_cast<std::uint8_t>(line[at]);
        const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        const bool wide = length >= 3;
        if (line[at] == ' ' || wide)
            lastBreak = at;
        columns += wide ? 2 : 1;
        if (columns > kColumns) {
            // A single long word (a URL) is cut where it is.
            const std::size_t end = lastBreak > kColumns / 3 ? lastBreak : at;
            return std::string(trim(std::string_view(line).substr(0, end))) + "…";
        }
        at += length;
    }
    return line;
}

} // namespace

std::string titleFromMessage(const Message& message) {
    std::string title = cut(oneLine(textOf(message)));
    if (title.empty())
        for (const ContentPart& part : message.parts)
            if (const auto* file = std::get_if<FilePart>(&part); file && !file->filename.empty())
                return cut(oneLine(file->filename));
    return title;
}

} // namespace patchbay
