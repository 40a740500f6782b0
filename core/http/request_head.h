// From the raw bytes of a checked head to a Request. Boost.Beast parses the syntax; what it means (which body follows,
// may the connection go on, is it two requests in disguise) is decided here, strictly.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http/http_server.h"
#include "http/refusal.h"

namespace patchbay::http {

/// A head with more fields than this is refused with 431: each costs far more memory than its bytes.
inline constexpr std::size_t kMaxHeaderFields = 256;

struct MessageInfo {
    enum class Body { None, Length, Chunked };
    enum class Coding { Identity, Gzip, Deflate };

    bool http11 = true;
    bool keepAlive = true;
    bool expectsContinue = false;
    Body body = Body::None;
    std::uint64_t contentLength = 0;
    Coding coding = Coding::Identity;
    std::string_view rawPath; ///< a view into request.target
};

/// Fills request and info from a complete head (see HeadScanner); on a refusal they hold what was understood so far.
std::optional<Refusal> parseHead(std::string_view head, Request& request, MessageInfo& info);

} // namespace patchbay::http
