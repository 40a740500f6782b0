// OpenAI-compatible vendors are rows, not code.
#pragma once

#include <string_view>

#include "providers/codec.h"

namespace patchbay {

/// The row named `vendor`, else the row whose host suffix matches the base URL, else the generic row of the format.
VendorQuirks vendorQuirks(std::string_view vendor, WireFormat format, std::string_view baseUrl);

} // namespace patchbay
