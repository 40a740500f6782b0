// Ollama's API, so that programs made for a local Ollama can be pointed at Patchbay.
#pragma once

#include "server/surface.h"

namespace patchbay {

std::vector<http::Route> ollamaRoutes(ServerParts parts);

} // namespace patchbay
