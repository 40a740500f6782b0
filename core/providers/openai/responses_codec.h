// OpenAI responses; embeddings and models are those of the chat format.
#pragma once

#include "providers/codec.h"

namespace patchbay {

const ClientCodec& openAiResponsesClientCodec();
const ServerCodec& openAiResponsesServerCodec();

} // namespace patchbay
