// OpenAI's API: chat completions, embeddings, models. (Responses stand in responses_surface.)
#pragma once

#include "server/surface.h"

namespace patchbay {

std::vector<http::Route> openAiRoutes(ServerParts parts);

} // namespace patchbay
