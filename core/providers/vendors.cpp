#include "providers/vendors.h"

#include <array>

#include "base/strings.h"

namespace patchbay {
namespace {

struct VendorRow {
    std::string_view hostSuffix; // empty: chosen by name only
    VendorQuirks quirks;
};

// Sources: the vendors' API references and recorded deviations, see docs/PROVIDERS.md.
constexpr std::array kVendors{
    VendorRow{"api.openai.com",
              {.vendor = "openai", .maxTokensField = "max_completion_tokens", .sendsDeveloperRole = true}},
    VendorRow{"api.deepseek.com", {.vendor = "deepseek", .sendsJsonSchema = false}},
    VendorRow{"api.mistral.ai", {.vendor = "mistral", .sendsStreamOptions = false, .toolCallIdLength = 9}},
    VendorRow{"api.groq.com", {.vendor = "groq", .maxTokensField = "max_completion_tokens"}},
    VendorRow{"openrouter.ai", {.vendor = "openrouter", .reasoningField = "reasoning"}},
    VendorRow{"api.x.ai", {.vendor = "xai", .reasoningOutsideCompletion = true}},
    VendorRow{"api.together.xyz", {.vendor = "together"}},
    VendorRow{"api.fireworks.ai", {.vendor = "fireworks"}},
    VendorRow{"api.cerebras.ai", {.vendor = "cerebras", .maxTokensField = "max_completion_tokens"}},
    VendorRow{"api.perplexity.ai", {.vendor = "perplexity", .sendsStreamOptions = false, .sendsParallelToolCalls = false}},
    VendorRow{"openai.azure.com",
              {.vendor = "azure", .maxTokensField = "max_completion_tokens", .authHeader = "api-key"}},
    VendorRow{"", {.vendor = "lmstudio", .sendsParallelToolCalls = false}},
    VendorRow{"", {.vendor = "llamacpp", .reasoningField = "reasoning_content"}},
    VendorRow{"", {.vendor = "vllm", .reasoningField = "reasoning"}},
    VendorRow{"", {.vendor = "ollama", .sendsParallelToolCalls = false, .sendsToolChoice = false}},
};

std::string_view hostOf(std::string_view url) {
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?"));
    if (const auto user = url.rfind('@'); user != std::string_view::npos)
        url.remove_prefix(user + 1);
    return url.substr(0, url.rfind(':'));
}

bool hostMatches(std::string_view host, std::string_view suffix) {
    return !suffix.empty() && host.ends_with(suffix) &&
           (host.size() == suffix.size() || host[host.size() - suffix.size() - 1] == '.');
}

} // namespace

VendorQuirks vendorQuirks(std::string_view vendor, WireFormat format, std::string_view baseUrl) {
    for (const VendorRow& row : kVendors)
        if (!vendor.empty() && row.quirks.vendor == vendor)
            return row.quirks;
    const bool openAi = format == WireFormat::OpenAiChat || format == WireFormat::OpenAiResponses;
    if (vendor.empty() && openAi) {
        const std::string host = toLowerAscii(hostOf(baseUrl));
        for (const VendorRow& row : kVendors)
            if (hostMatches(host, row.hostSuffix))
                return row.quirks;
    }
    return {};
}

} // namespace patchbay
