// Writes status line and headers. Values from handlers are made harmless (no CR, LF or other control characters), and
// the headers that frame the message are ours alone.
#pragma once

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/http_server.h"

namespace patchbay::http {

/// The Date header's value, formatted once per second.
class DateCache {
public:
    std::string_view now();

private:
    std::time_t m_second = 0;
    std::string m_text;
};

/// IMF-fixdate, RFC 9110 section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string formatHttpDate(std::time_t seconds);

struct ResponseHead {
    int status = 200;
    std::string_view contentType;
    const std::vector<Header>* headers = nullptr;
    std::optional<std::uint64_t> contentLength;
    bool chunked = false;
    std::string_view connection; ///< "close", "keep-alive" or empty
};

/// Replaces what `out` held, keeping its memory.
void writeResponseHead(std::string& out, const ResponseHead& head, std::string_view date, std::string_view server);

/// 204, 304 and 1xx never have a body.
bool statusHasBody(int status);

} // namespace patchbay::http
