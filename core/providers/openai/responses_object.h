// The parts of a response object that do not depend on how its items came to be.
#pragma once

#include "providers/codec.h"

namespace patchbay::responses {

/// null where nothing was reported; members that the format requires are 0 where the vendor does not say.
json::value usageJson(const Usage& usage);
/// The request's settings as every response repeats them.
json::object settingsOf(const ChatRequest& request);
/// {"message", "type", "param", "code"} as the chat surface words it.
json::object errorObject(const Error& error);

} // namespace patchbay::responses
