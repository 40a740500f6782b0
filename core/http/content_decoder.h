// Inflates a gzip or deflate request body in slices, so that a bomb neither fills the memory nor holds the engine
// thread. "deflate" means zlib by the standard and raw deflate by some clients; both are taken.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace patchbay::http {

class ContentDecoder {
public:
    enum class Kind { Gzip, Deflate };
    enum class State { More, Done, Malformed, TooLarge };

    /// `input` is the whole encoded body and must outlive the decoder.
    ContentDecoder(Kind kind, std::string_view input, std::size_t limit);
    ~ContentDecoder();
    ContentDecoder(const ContentDecoder&) = delete;
    ContentDecoder& operator=(const ContentDecoder&) = delete;

    /// Appends at most 256 KiB to `out`.
    State step(std::string& out);

private:
    struct Stream;
    std::unique_ptr<Stream> m_stream;
    std::size_t m_limit;
    bool m_gzip;
};

} // namespace patchbay::http
