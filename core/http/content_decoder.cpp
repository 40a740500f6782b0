#include "http/content_decoder.h"

#include <algorithm>

#include <zlib.h>

namespace patchbay::http {
namespace {

constexpr std::size_t kSlice = 256U << 10U;

bool hasZlibHeader(std::string_view input) {
    if (input.size() < 2)
        return false;
    const auto first = static_cast<unsigned char>(input[0]);
    const auto second = static_cast<unsigned char>(input[1]);
    return (first & 0x0FU) == 8 && (first * 256U + second) % 31 == 0;
}

} // namespace

struct ContentDecoder::Stream {
    z_stream z{};
    bool ready = false;
    bool done = false;
};

ContentDecoder::ContentDecoder(Kind kind, std::string_view input, std::size_t limit)
    : m_stream(std::make_unique<Stream>()), m_limit(limit), m_gzip(kind == Kind::Gzip) {
    z_stream& z = m_stream->z;
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data())); // zlib reads only
    z.avail_in = static_cast<uInt>(input.size());                          // a body is far below 4 GiB
    const int window = m_gzip ? 15 + 16 : hasZlibHeader(input) ? 15 : -15;
    m_stream->ready = inflateInit2(&z, window) == Z_OK;
}

ContentDecoder::~ContentDecoder() {
    if (m_stream->ready)
        inflateEnd(&m_stream->z);
}

ContentDecoder::State ContentDecoder::step(std::string& out) {
    if (!m_stream->ready)
        return State::Malformed;
    z_stream& z = m_stream->z;
    // One byte more than the limit tells a body that is too large from one that just fits.
    const std::size_t room = std::min(kSlice, m_limit + 1 - std::min(out.size(), m_limit));
    const std::size_t before = out.size();
    out.resize(before + room);
    z.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    z.avail_out = static_cast<uInt>(room);
    int result = inflate(&z, Z_NO_FLUSH);
    // Gzip members may follow one another (RFC 1952 section 2.2).
    while (result == Z_STREAM_END && m_gzip && z.avail_in > 0) {
        if (inflateReset(&z) != Z_OK)
            result = Z_DATA_ERROR;
        else if (z.avail_out == 0)
            result = Z_OK;
        else
            result = inflate(&z, Z_NO_FLUSH);
    }
    const bool full = z.avail_out == 0;
    out.resize(before + room - z.avail_out);
    if (out.size() > m_limit)
        return State::TooLarge;
    if (result == Z_STREAM_END)
        return z.avail_in == 0 ? State::Done : State::Malformed;
    if ((result == Z_OK || result == Z_BUF_ERROR) && full)
        return State::More;
    return State::Malformed; // truncated or damaged
}

} // namespace patchbay::http
