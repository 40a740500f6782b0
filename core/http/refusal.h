// Why a request is refused before any handler sees it: the HTTP status (more exact than an ErrorCode can be: 408, 431,
// 501, 505 have no code of their own) and the error for the body.
#pragma once

#include <string>
#include <utility>

#include "base/error.h"

namespace patchbay::http {

struct Refusal {
    int status = 400;
    Error error;
    std::string headerName = {}; ///< one extra response header, for example Allow; empty = none
    std::string headerValue = {};
};

inline Refusal refusal(int status, ErrorCode code, std::string message, std::string hint) {
    return {status, makeError(code, std::move(message), std::move(hint))};
}
inline Refusal badRequest(std::string message) {
    return refusal(400, ErrorCode::InvalidRequest, std::move(message), "send a well-formed HTTP/1.1 request");
}

} // namespace patchbay::http
