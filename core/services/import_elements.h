// Cuts a JSON document into the elements of its outermost array while its bytes arrive, so that a file of any size is
// read one conversation at a time. Nothing is checked but brackets and strings: each element is parsed by its reader,
// and one that is malformed inside spoils no other.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "base/error.h"

namespace patchbay {

struct JsonElement {
    std::string text;
    std::uint64_t offset = 0; ///< of its first byte
    bool tooLarge = false;    ///< text is only its beginning
};

class JsonElements {
public:
    /// An element larger than `limit` bytes is passed over.
    explicit JsonElements(std::size_t limit) : m_limit(limit) {}

    /// Malformed where the document is neither an array nor an object. An object is its only element.
    Result<void> feed(std::string_view bytes);
    bool available() const { return !m_ready.empty(); }
    JsonElement take();
    /// At the end of the bytes. Truncated where the document is not complete.
    Result<void> finish() const;

private:
    enum class State : std::uint8_t { Start, Inside, Done };
    void keep(std::string_view bytes);
    void complete();
    bool begin(std::string_view bytes, std::size_t& at);

    std::size_t m_limit;
    State m_state = State::Start;
    bool m_isArray = false;
    int m_depth = 0; ///< within the element
    bool m_inString = false;
    bool m_escaped = false;
    std::uint64_t m_offset = 0;
    JsonElement m_current;
    std::deque<JsonElement> m_ready;
};

} // namespace patchbay
