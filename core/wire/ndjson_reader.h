// Newline-delimited JSON, read from bytes as they arrive. Lines end with LF or CRLF; empty lines are skipped.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace patchbay {

class NdjsonReader {
public:
    explicit NdjsonReader(std::size_t maxLineBytes = 16U << 20U) : m_maxLineBytes(maxLineBytes) {}
    /// Appends the lines completed by `bytes` (text, not yet parsed; a leading byte order mark is dropped).
    Result<void> feed(std::string_view bytes, std::vector<std::string>& lines);
    /// The last line, if the input ended without a line break.
    std::optional<std::string> finish();

private:
    std::size_t m_maxLineBytes;
    std::string m_line;
    bool m_start = true;
};

} // namespace patchbay
