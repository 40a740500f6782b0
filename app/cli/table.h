// Columns of text on a terminal.
#pragma once

#include <string>
#include <vector>

namespace patchbay {

/// How many columns a terminal gives the text: East Asian wide characters and emoji take two, combining marks none.
std::size_t displayWidth(std::string_view text);

class Table {
public:
    explicit Table(std::vector<std::string> headings);
    void add(std::vector<std::string> cells);
    bool empty() const { return m_rows.size() == 1; }
    /// Lines with two spaces between columns; nothing is cut.
    std::string text() const;

private:
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace patchbay
