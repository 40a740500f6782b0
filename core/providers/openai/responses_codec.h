// OpenAI responses; embeddings and models are those of the chat format.
#pragma once

#include <functional>

#include "providers/codec.h"

namespace patchbay {

const ClientCodec& openAiResponsesClientCodec();
const ServerCodec& openAiResponsesServerCodec();

/// The stored output item of that id, if there is one.
using ItemLookup = std::function<std::optional<json::object>(const std::string& id)>;
/// A request's body with every `{"type":"item_reference","id"}` of its input replaced by the stored item. Some clients
/// send these for what they believe to be stored (`store` absent or true). Unknown ids are InvalidRequest.
Result<std::string> resolveItemReferences(std::string_view body, const ItemLookup& lookup);

} // namespace patchbay
