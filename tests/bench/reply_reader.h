// Reads one HTTP/1.1 answer after another from the bytes of a connection: Content-Length and chunked bodies, nothing
// else, since nothing else is sent here. Anything unexpected is an exception: a benchmark must not count it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace patchbay::bench {

class ReplyReader {
public:
    /// Takes bytes and appends those of the body to `body`. True when the answer is complete. Throws std::runtime_error
    /// for a status other than 200, for broken framing and for bytes behind the end.
    bool feed(std::string_view bytes, std::string& body);
    void reset() { *this = ReplyReader(); }

private:
    enum class Step { Head, Length, ChunkSize, ChunkData, ChunkEnd, LastLine, Done };
    bool readHead(std::string_view& bytes);
    bool readLine(std::string_view& bytes);

    Step m_step = Step::Head;
    std::string m_held; ///< a head or a line that is not complete yet
    std::size_t m_left = 0;
};

} // namespace patchbay::bench
