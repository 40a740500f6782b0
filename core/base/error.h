// Errors are values. An Error says what went wrong (a stable code), tells a person so (message), and says what to do
// next (hint). Errors that came from a vendor also carry what the vendor said, so that a front can pass it on.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace patchbay {

/// What kind of failure it was. The names (see errorCodeName) are stable and appear in logs, traces and the native API.
enum class ErrorCode : std::uint8_t {
    InvalidRequest,   ///< the request is malformed or has an unusable value (HTTP 400)
    Authentication,   ///< missing or wrong credentials (401)
    Payment,          ///< no credit left at the vendor (402)
    Permission,       ///< the caller may not do this (403)
    NotFound,         ///< no such model, conversation, route (404)
    MethodNotAllowed, ///< the route exists, the method does not (405)
    Conflict,         ///< the state does not allow it now (409)
    TooLarge,         ///< body or header over its limit (413, 431)
    UnsupportedMedia, ///< wrong content type or encoding (415)
    Unprocessable,    ///< understood but refused (422)
    RateLimited,      ///< too many requests; retryAfter says when (429)
    QuotaExhausted,   ///< a budget or quota is used up; a retry does not help (429)
    ContextTooLong,   ///< the prompt exceeds the model's context window (400)
    ContentFiltered,  ///< refused by a content filter (400)
    Unsupported,      ///< this provider or build cannot do it (400 or 501)
    Unreachable,      ///< connection refused, reset, DNS or TLS failure (502)
    UpstreamFailed,   ///< the vendor answered 5xx or something that is no answer (502)
    Overloaded,       ///< the vendor or this server sheds load (503, 529)
    Timeout,          ///< one of the clocks ran out (504)
    Malformed,        ///< the vendor's bytes are not what its format says (502)
    Truncated,        ///< the reply ended before it was complete (502)
    Cancelled,        ///< stopped by the user or by a client that went away (499)
    Storage,          ///< the database failed
    StorageFull,      ///< the disk is full
    Corrupt,          ///< the database file is damaged
    Configuration,    ///< the configuration is wrong; the message names file and line
    Unavailable,      ///< this server cannot serve it now, for example while shutting down (503)
    Internal,         ///< a defect of ours (500)
};

/// The stable snake_case name, for example "context_too_long".
std::string_view errorCodeName(ErrorCode code);
/// The HTTP status that a front answers with when the vendor gave none.
int errorCodeHttpStatus(ErrorCode code);

/// What the vendor said, kept so that it can be passed on to a client in the client's own format.
struct VendorError {
    int status = 0;        ///< HTTP status of the vendor's answer; 0 for an error inside a 200 stream
    std::string type;      ///< the vendor's own error type, may be empty
    std::string code;      ///< the vendor's own error code as text, may be empty
    std::string param;     ///< the request field that the vendor blames, may be empty
    std::string requestId; ///< the vendor's id of the failed request, may be empty
    bool operator==(const VendorError&) const = default;
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message; ///< for a person, without secrets
    std::string hint;    ///< what to do next; may be empty only where the message says it already
    bool retryable = false;
    std::optional<std::chrono::milliseconds> retryAfter; ///< how long the vendor or a limit asks to wait
    std::optional<VendorError> vendor;

    /// The vendor's status if there is one, else the code's.
    int httpStatus() const;
    bool operator==(const Error&) const = default;
};

Error makeError(ErrorCode code, std::string message, std::string hint = {});

/// Found by boost::system::result when value() is called on an error: that is a bug, hence an exception.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& location);

template <class T> using Result = boost::system::result<T, Error>;

} // namespace patchbay
