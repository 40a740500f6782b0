// Ollama's native chat, generate, tags and embed.
#pragma once

#include "providers/codec.h"

namespace patchbay {

const ClientCodec& ollamaClientCodec();
const ServerCodec& ollamaServerCodec();

} // namespace patchbay
