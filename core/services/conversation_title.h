// A title without asking a model: the beginning of the first message.
#pragma once

#include <string>

#include "chat/content.h"

namespace patchbay {

/// About 60 columns (a CJK character takes two), cut between words where there are any, on one line. Falls back to the
/// name of the first attached file; empty when there is nothing to go by.
std::string titleFromMessage(const Message& message);

} // namespace patchbay
