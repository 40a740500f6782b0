// What `patchbay config init` writes.
#pragma once

#include <string_view>

namespace patchbay {

/// Every line is a comment: as it stands it changes nothing.
std::string_view exampleConfiguration();

} // namespace patchbay
