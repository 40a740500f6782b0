// The playground's models are named by what they do: `echo`, `long:N`, `fault-<name>[:number]`, each with an optional
// `@rate` in tokens per second. The name is the whole program; there is no other state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace patchbay::playground {

/// Everything that gateways must survive; each stands for a row of the failure table in docs/PLAYGROUND.md.
enum class Fault : std::uint8_t {
    None,
    RateLimit,       ///< 429 with Retry-After in seconds (default 1)
    RateLimitDate,   ///< 429 with Retry-After as an HTTP date
    RateLimitMs,     ///< 429 with retry-after-ms (default 250)
    Quota,           ///< 429 insufficient_quota
    Status,          ///< error-500, error-502 … any status from 400 to 599
    Once,            ///< 500 at the first request, an answer at the second
    Html,            ///< 502 with a proxy's HTML page
    Html200,         ///< 200 with an HTML page
    Context,         ///< 400 prompt too long
    ContentFilter,   ///< ends with the format's content-filter finish reason
    Refusal,         ///< the model refuses in words
    Reset,           ///< the connection is closed before any answer
    Silent,          ///< accepts and never answers
    SlowHeaders,     ///< answers after N seconds (default 20)
    SlowFirstToken,  ///< headers at once, first token after N seconds (default 20)
    Stall,           ///< goes silent after N tokens (default 20)
    Cut,             ///< closes the connection after N tokens (default 40)
    Malformed,       ///< sends bytes that are no event after N tokens (default 20)
    ErrorFirst,      ///< an error as the first event of a 200 stream
    ErrorMidstream,  ///< an error event after N tokens (default 20)
    NoDone,          ///< ends after the finish reason without the closing frame
    NoUsage,         ///< never reports usage
    JsonForStream,   ///< answers a streaming request with one JSON document
    Bytewise,        ///< each byte in a write of its own
    HugeEvent,       ///< one event of N MiB (default 10)
};

struct Model {
    enum class Kind : std::uint8_t { Echo, Long, Faulty };
    Kind kind = Kind::Echo;
    Fault fault = Fault::None;
    std::int64_t number = 0;  ///< N of long:N or of the fault; defaults are filled in
    double tokensPerSecond = 0; ///< 0 = the server's own rate
};

/// NotFound for an unknown name, listing what there is. A leading "playground/" or "models/" is tolerated.
Result<Model> parseModel(std::string_view name);
/// What /models lists; faults are left out.
std::vector<std::string> listedModels();
/// Every fault's name, for drills and documentation.
std::vector<std::string> faultNames();

} // namespace patchbay::playground
