#include "app/cli/table.h"

#include <algorithm>
#include <cstdint>

#include "app/cli/chat_printer.h"

namespace patchbay {
namespace {

char32_t nextCodePoint(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    char32_t point = more == 3 ? lead & 0x07 : more == 2 ? lead & 0x0F : more == 1 ? lead & 0x1F : lead;
    for (int i = 0; i < more && at < text.size(); ++i)
        point = point << 6 | (static_cast<unsigned char>(text[at++]) & 0x3F);
    return point;
}

bool between(char32_t point, char32_t first, char32_t last) {
    return point >= first && point <= last;
}

// The blocks of Unicode's East Asian Width W and F that people write in; not the whole table.
std::size_t widthOf(char32_t point) {
    if (between(point, 0x300, 0x36F) || between(point, 0x200B, 0x200D) || between(point, 0xFE00, 0xFE0F))
        return 0;
    const bool wide =
        between(point, 0x1100, 0x115F) || between(point, 0x2E80, 0xA4CF) || between(point, 0xAC00, 0xD7A3) ||
        between(point, 0xF900, 0xFAFF) || between(point, 0xFE30, 0xFE6F) || between(point, 0xFF00, 0xFF60) ||
        between(point, 0xFFE0, 0xFFE6) || between(point, 0x1F300, 0x1FAFF) || between(point, 0x20000, 0x3FFFD);
    return wide ? 2 : 1;
}

} // namespace

std::size_t displayWidth(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();)
        width += widthOf(nextCodePoint(text, at));
    return width;
}

Table::Table(std::vector<std::string> headings) : m_rows{std::move(headings)} {
}

void Table::add(std::vector<std::string> cells) {
    for (std::string& cell : cells) {
        std::replace(cell.begin(), cell.end(), '\n', ' ');
        cell = withoutControls(cell);
    }
    m_rows.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::size_t> widths(m_rows.front().size());
    for (const auto& row : m_rows)
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i)
            widths[i] = std::max(widths[i], displayWidth(row[i]));
    std::string out;
    for (const auto& row : m_rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
            line += row[i];
            line.append(widths[i] - displayWidth(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

} // namespace patchbay
