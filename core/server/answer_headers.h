// What every answer carries, whichever surface it comes from and however it ends: the id of the request, and for pages
// of allowed origins what their browser must be told (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol).
#pragma once

#include "server/access_filter.h"

namespace patchbay {

/// The hook for http::ServerOptions::onHeaders; `ids` outlives it. Adds, where they are not there yet:
///   request-id (Anthropic's surface) or x-request-id (all others), the trace id where the answer has one
///   for a request from an allowed origin: access-control-allow-origin, -expose-headers and vary; in answer to a
///   preflight also -allow-methods, -allow-headers and -max-age
http::HeaderHook makeAnswerHeaders(AccessRules rules, IdGenerator& ids);

} // namespace patchbay
