// What only one vendor's service can do: tools that it runs itself, prompts that it keeps. A request that asks for such a
// thing must not be answered without it.
#pragma once

#include <optional>

#include "providers/codec.h"

namespace patchbay {

/// Unsupported, naming the feature and what can do it, where the request (of the format in `extraFormat`) asks for what
/// an upstream of `upstream`'s format does not know; nullopt where all of it can be asked there.
std::optional<Error> missingFeature(const ChatRequest& request, WireFormat upstream);

} // namespace patchbay
