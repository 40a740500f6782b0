// Anthropic messages, API versions 2023-06-01 and 2026-10-21.
#pragma once

#include "providers/codec.h"

namespace patchbay {

const ClientCodec& anthropicClientCodec();
const ServerCodec& anthropicServerCodec();

} // namespace patchbay
