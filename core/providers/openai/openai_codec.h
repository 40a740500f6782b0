// OpenAI chat completions, embeddings and models, and every vendor that speaks them.
#pragma once

#include "providers/codec.h"

namespace patchbay {

const ClientCodec& openAiChatClientCodec();
const ServerCodec& openAiChatServerCodec();

} // namespace patchbay
