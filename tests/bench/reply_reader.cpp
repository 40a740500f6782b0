#include "reply_reader.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/strings.h"

namespace patchbay::bench {
namespace {

std::size_t number(std::string_view text, int base) {
    std::size_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || read.ec != std::errc())
        throw std::runtime_error("not a number in the framing: " + std::string(text));
    return value;
}

} // namespace

bool ReplyReader::readHead(std::string_view& bytes) {
    const std::size_t before = m_held.size();
    m_held += bytes;
    const std::size_t end = m_held.find("\r\n\r\n", before < 3 ? 0 : before - 3);
    if (end == std::string::npos)
        return false;
    bytes.remove_prefix(end + 4 - before);
    m_held.resize(end);
    if (!m_held.starts_with("HTTP/1.1 200"))
        throw std::runtime_error("not a success: " + m_held);
    m_step = Step::Done;
    for (const std::string_view line : split(m_held, '\n')) {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            continue;
        const std::string_view value = trim(line.substr(colon + 1));
        if (equalsIgnoreCase(line.substr(0, colon), "content-length")) {
            m_left = number(value, 10);
            m_step = m_left > 0 ? Step::Length : Step::Done;
        } else if (equalsIgnoreCase(line.substr(0, colon), "transfer-encoding")) {
            m_step = Step::ChunkSize;
        }
    }
    m_held.clear();
    return true;
}

/// A line up to its line feed, in m_held without the end.
bool ReplyReader::readLine(std::string_view& bytes) {
    const std::size_t end = bytes.find('\n');
    m_held += bytes.substr(0, end);
    if (end == std::string_view::npos) {
        bytes = {};
        return false;
    }
    bytes.remove_prefix(end + 1);
    if (m_held.empty() || m_held.back() != '\r')
        throw std::runtime_error("a line of the framing without carriage return");
    m_held.pop_back();
    return true;
}

bool ReplyReader::feed(std::string_view bytes, std::string& body) {
    while (!bytes.empty()) {
        switch (m_step) {
        case Step::Head:
            if (!readHead(bytes))
                return false;
            break;
        case Step::Length:
        case Step::ChunkData: {
            const std::size_t take = std::min(m_left, bytes.size());
            body += bytes.substr(0, take);
            bytes.remove_prefix(take);
            m_left -= take;
            if (m_left == 0)
                m_step = m_step == Step::Length ? Step::Done : Step::ChunkEnd;
            break;
        }
        case Step::ChunkSize:
            if (!readLine(bytes))
                return false;
            m_left = number(m_held, 16);
            m_held.clear();
            m_step = m_left > 0 ? Step::ChunkData : Step::LastLine;
            break;
        case Step::ChunkEnd:
        case Step::LastLine:
            if (!readLine(bytes))
                return false;
            if (!m_held.empty())
                throw std::runtime_error("no line end behind a chunk");
            m_step = m_step == Step::ChunkEnd ? Step::ChunkSize : Step::Done;
            break;
        case Step::Done:
            throw std::runtime_error("bytes behind the end of the answer");
        }
    }
    return m_step == Step::Done;
}

} // namespace patchbay::bench
