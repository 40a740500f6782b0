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
    std::string_view title;         ///< as the vendor writes its name
    std::string_view keyPage;       ///< where keys are made; empty = needs none, or nowhere in common
    std::string_view keyPrefix;     ///< what its keys begin with; empty = nothing of their own
};

std::span<const KnownVendor> knownVendors();
/// nullptr when unknown.
const KnownVendor* knownVendor(std::string_view name);
/// The vendor whose host the URL has; nullptr when there is none or the URL is local.
const KnownVendor* vendorAt(std::string_view baseUrl);
std::vector<std::string_view> knownVendorNames();
/// The vendor whose keys begin like this one (the longest known beginning wins); nullptr when nobody's do.
const KnownVendor* vendorOfKey(std::string_view key);

} // namespace patchbay
