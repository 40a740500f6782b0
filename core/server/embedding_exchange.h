// One embedding request on any HTTP surface: decode, ask, answer with the same x-patchbay headers as a chat.
#pragma once

#include "server/surface.h"

namespace patchbay {

awaitable<void> exchangeEmbedding(ServerParts parts, WireFormat format, RequestPtr request, ResponderPtr responder);

} // namespace patchbay
