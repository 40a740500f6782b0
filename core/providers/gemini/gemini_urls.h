// Where Gemini's calls go: the model and the action stand in the path.
#pragma once

#include "providers/codec.h"

namespace patchbay::gemini {

/// "models/gemini-x" for "gemini-x" and for itself; tuned models keep their own collection.
std::string resourceName(std::string_view model);
/// base + /v1beta + path; a base that names a version already keeps it.
std::string urlFor(const Endpoint& endpoint, std::string_view path);
/// base + /v1beta/models/<model>:<action>. InvalidRequest for a name that would lead out of that path.
Result<std::string> actionUrl(const Endpoint& endpoint, std::string_view model, std::string_view action);

} // namespace patchbay::gemini
