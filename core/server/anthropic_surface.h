// Anthropic's Messages API. The models list is shared with OpenAI's path (openai_surface).
#pragma once

#include "server/surface.h"

namespace patchbay {

std::vector<http::Route> anthropicRoutes(ServerParts parts);

} // namespace patchbay
