// Gemini generateContent and streamGenerateContent, v1 and v1beta.
#pragma once

#include "providers/codec.h"

namespace patchbay {

const ClientCodec& geminiClientCodec();
const ServerCodec& geminiServerCodec();

} // namespace patchbay
