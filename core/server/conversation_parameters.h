// The sampling parameters that a conversation keeps for its later turns, as a client sends them.
#pragma once

#include "base/json.h"
#include "providers/openai/openai_fields.h"

namespace patchbay {

/// Reports the first member that is unknown, of a wrong type or out of range, under the name "parameters.<member>":
/// what is stored wrong would be passed over in silence by every later turn.
void checkParameters(const json::object& parameters, RequestProblem& problem);

} // namespace patchbay
