// OpenAI's Responses API, with what it needs beyond a chat: replies that can be continued by id.
#pragma once

#include "server/surface.h"
#include "storage/response_store.h"

namespace patchbay {

/// `store` may be nullptr (no history): then nothing is kept and previous_response_id is refused.
std::vector<http::Route> responsesRoutes(ServerParts parts, ResponseStore* store);

} // namespace patchbay
