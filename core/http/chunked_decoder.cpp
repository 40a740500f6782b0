#include "http/chunked_decoder.h"

#include <algorithm>

namespace patchbay::http {
namespace {

/// Extensions and trailers of one body together; far more than any honest client sends.
constexpr std::size_t kMaxOverhead = 16U << 10U;
/// 15 hexadecimal digits cannot overflow 64 bits; leading zeros count too, so that they cannot go on for ever.
constexpr std::size_t kMaxDigits = 15;

int hexValue(unsigned char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool isControl(unsigned char c) {
    return (c < 0x20 && c != '\t') || c == 0x7f;
}

} // namespace

ChunkedDecoder::State ChunkedDecoder::line(unsigned char c) {
    switch (m_step) {
    case Step::Size:
        if (const int digit = hexValue(c); digit >= 0) {
            m_left = m_left * 16 + static_cast<unsigned>(digit);
            return ++m_digits > kMaxDigits ? State::Malformed : State::NeedMore;
        }
        if (m_digits == 0)
            return State::Malformed;
        if (c == '\r')
            m_step = Step::SizeLf;
        else if (c == ';')
            m_step = Step::Extension;
        else
            return State::Malformed;
        return State::NeedMore;
    case Step::Extension:
        if (c == '\r')
            m_step = Step::SizeLf;
        else if (isControl(c) || ++m_overhead > kMaxOverhead)
            return State::Malformed;
        return State::NeedMore;
    case Step::SizeLf:
        if (c != '\n')
            return State::Malformed;
        m_step = m_left > 0 ? Step::Data : Step::TrailerStart;
        return m_left > m_limit - m_total ? State::TooLarge : State::NeedMore;
    case Step::DataCr:
        m_step = Step::DataLf;
        return c == '\r' ? State::NeedMore : State::Malformed;
    case Step::DataLf:
        m_step = Step::Size;
        m_digits = 0;
        m_left = 0;
        return c == '\n' ? State::NeedMore : State::Malformed;
    case Step::TrailerStart:
        if (c == '\r') {
            m_step = Step::LastLf;
            return State::NeedMore;
        }
        if (c == ' ' || c == '\t' || c == ':')
            return State::Malformed;
        m_step = Step::Trailer;
        [[fallthrough]];
    case Step::Trailer:
        if (c == '\r')
            m_step = Step::TrailerLf;
        else if (isControl(c) || ++m_overhead > kMaxOverhead)
            return State::Malformed;
        return State::NeedMore;
    case Step::TrailerLf:
        m_step = Step::TrailerStart;
        return c == '\n' ? State::NeedMore : State::Malformed;
    case Step::LastLf:
        return c == '\n' ? State::Done : State::Malformed;
    case Step::Data:
        break;
    }
    return State::Malformed;
}

ChunkedDecoder::State ChunkedDecoder::feed(std::string_view bytes, std::string& out, std::size_t& used) {
    used = 0;
    while (used < bytes.size()) {
        if (m_step == Step::Data) {
            const std::size_t take = std::min<std::uint64_t>(m_left, bytes.size() - used);
            out.append(bytes.substr(used, take));
            used += take;
            m_total += take;
            m_left -= take;
            if (m_left == 0)
                m_step = Step::DataCr;
            continue;
        }
        const State state = line(static_cast<unsigned char>(bytes[used]));
        ++used;
        if (state != State::NeedMore)
            return state;
    }
    return State::NeedMore;
}

} // namespace patchbay::http
