#include "wire/ndjson_reader.h"

#include "base/strings.h"

namespace patchbay {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The line without byte order mark and white space around it; empty = nothing to deliver.
std::string_view contentOf(std::string_view line, bool& start) {
    if (start && line.starts_with(kByteOrderMark))
        line.remove_prefix(kByteOrderMark.size());
    start = false;
    return trim(line);
}

} // namespace

Result<void> NdjsonReader::feed(std::string_view bytes, std::vector<std::string>& lines) {
    const auto tooLong = [&](std::size_t size) { return size > m_maxLineBytes; };
    const auto refuse = [&] {
        return makeError(ErrorCode::Malformed,
                         "a line of the reply is longer than the limit of " + std::to_string(m_maxLineBytes) + " bytes",
                         "Raise the limit if the provider really sends lines of this size.");
    };
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view piece = bytes.substr(0, end);
        if (tooLong(m_line.size() + piece.size()))
            return refuse();
        if (end == std::string_view::npos) {
            m_line.append(piece);
            return {};
        }
        bytes.remove_prefix(end + 1);
        if (m_line.empty()) {
            if (const std::string_view line = contentOf(piece, m_start); !line.empty())
                lines.emplace_back(line);
            continue;
        }
        m_line.append(piece);
        if (const std::string_view line = contentOf(m_line, m_start); !line.empty())
            lines.emplace_back(line);
        m_line.clear();
    }
    return {};
}

std::optional<std::string> NdjsonReader::finish() {
    std::string line(contentOf(m_line, m_start));
    m_line.clear();
    if (line.empty())
        return std::nullopt;
    return line;
}

} // namespace patchbay
