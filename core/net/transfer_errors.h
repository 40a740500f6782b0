// What a failed transfer means to a person: curl's result codes as errors with a hint.
#pragma once

#include <string>

#include <curl/curl.h>

#include "base/clock.h"
#include "base/error.h"
#include "net/url_parts.h"

namespace patchbay {

/// What is known when a transfer fails.
struct FailureScene {
    UrlParts target;
    std::string detail;  ///< curl's own words; may be empty
    int osError = 0;     ///< errno of the failed connect, or 0
    int proxyStatus = 0; ///< a proxy's answer to CONNECT, or 0
    bool throughProxy = false;
    bool headArrived = false;
};

Error transferError(CURLcode outcome, const FailureScene& scene);

enum class TransferClock { Connect, Headers, FirstOutput, Idle, Total };
Error clockError(TransferClock clock, Milliseconds limit, const UrlParts& target);

/// A 3xx: requests are never sent on, since they carry a key.
Error redirectError(int status, const std::string& location, const UrlParts& target);

} // namespace patchbay
