// GET /models of OpenAI and its relatives, read and written.
#pragma once

#include <vector>

#include "providers/codec.h"

namespace patchbay {

/// Understands {"data":[…]}, a bare array (Together) and {"models":[…]}; context windows and capabilities are taken
/// from the vendors' extra members where there are any.
Result<std::vector<ModelInfo>> decodeOpenAiModels(const WireReplyHead& head, std::string_view body);
ClientReply encodeOpenAiModels(const std::vector<ModelInfo>& models);
ClientReply encodeOpenAiModel(const ModelInfo& model);

} // namespace patchbay
