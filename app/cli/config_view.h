// The configuration in force as something to read: every setting with its value, without a secret in it.
#pragma once

#include <string>

#include "base/json.h"
#include "services/config.h"

namespace patchbay {

/// In the shape of a merge patch: providers and models are objects by id and name. Secrets appear as references; texts
/// of headers and passwords in URLs are hidden.
json::object configToJson(const Config& config);
/// The same as TOML.
Result<std::string> configToToml(const Config& config);

} // namespace patchbay
