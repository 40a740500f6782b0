// Takes the chunked framing off a request body, strictly (RFC 9112 section 7.1): hexadecimal sizes only, CRLF only,
// bounded extensions and trailers. Trailers are checked and dropped: nothing that comes after the body may change how
// the request is understood.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace patchbay::http {

class ChunkedDecoder {
public:
    enum class State { NeedMore, Done, Malformed, TooLarge };

    /// More than `limit` decoded bytes are TooLarge.
    explicit ChunkedDecoder(std::size_t limit) : m_limit(limit) {}

    /// Appends body bytes to `out` and sets `used` to how much of `bytes` belongs to the body. After Done the rest is
    /// the next request's.
    State feed(std::string_view bytes, std::string& out, std::size_t& used);

private:
    enum class Step { Size, Extension, SizeLf, Data, DataCr, DataLf, TrailerStart, Trailer, TrailerLf, LastLf };

    State line(unsigned char c);

    std::size_t m_limit;
    std::size_t m_total = 0;
    std::uint64_t m_left = 0;
    std::size_t m_digits = 0;
    std::size_t m_overhead = 0; ///< framing bytes beyond the necessary: extensions, trailers, tiny chunks
    Step m_step = Step::Size;
};

} // namespace patchbay::http
