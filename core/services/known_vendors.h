// Vendors by name: which format they speak, where they are, and in which variable their key usually stands.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "providers/codec.h"

namespace patchbay {

struct KnownVendor {
    std::string_view name;
    WireFormat format = WireFormat::OpenAiChat;
    std::string_view baseUrl;       ///< empty = it has no common address (Azure)
    std::string_view keyVariable;   ///< empty = needs none (local servers)
    std::string_view otherVariable; ///< a second usual name, may be empty
};

std::span<const KnownVendor> knownVendors();
/// nullptr when unknown.
const KnownVendor* knownVendor(std::string_view name);
/// The vendor whose host the URL has; nullptr when there is none or the URL is local.
const KnownVendor* vendorAt(std::string_view baseUrl);
std::vector<std::string_view> knownVendorNames();

} // namespace patchbay
