#include "services/known_vendors.h"

#include <array>

#include "base/strings.h"
#include "services/base_url.h"

namespace patchbay {
namespace {

using enum WireFormat;

// Base URLs: the vendors' API references. The order is the order of preference where several keys are found.
constexpr std::array kVendors{
    KnownVendor{"openai", OpenAiChat, "https://api.openai.com/v1", "OPENAI_API_KEY", ""},
    KnownVendor{"anthropic", Anthropic, "https://api.anthropic.com", "ANTHROPIC_API_KEY", ""},
    KnownVendor{"gemini", Gemini, "https://generativelanguage.googleapis.com", "GEMINI_API_KEY", "GOOGLE_API_KEY"},
    KnownVendor{"deepseek", OpenAiChat, "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", ""},
    KnownVendor{"mistral", OpenAiChat, "https://api.mistral.ai/v1", "MISTRAL_API_KEY", ""},
    KnownVendor{"groq", OpenAiChat, "https://api.groq.com/openai/v1", "GROQ_API_KEY", ""},
    KnownVendor{"openrouter", OpenAiChat, "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", ""},
    KnownVendor{"xai", OpenAiChat, "https://api.x.ai/v1", "XAI_API_KEY", ""},
    KnownVendor{"together", OpenAiChat, "https://api.together.xyz/v1", "TOGETHER_API_KEY", ""},
    KnownVendor{"fireworks", OpenAiChat, "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY", ""},
    KnownVendor{"cerebras", OpenAiChat, "https://api.cerebras.ai/v1", "CEREBRAS_API_KEY", ""},
    KnownVendor{"perplexity", OpenAiChat, "https://api.perplexity.ai", "PERPLEXITY_API_KEY", ""},
    KnownVendor{"moonshot", OpenAiChat, "https://api.moonshot.ai/v1", "MOONSHOT_API_KEY", ""},
    KnownVendor{"zai", OpenAiChat, "https://api.z.ai/api/paas/v4", "ZAI_API_KEY", ""},
    KnownVendor{"alibaba", OpenAiChat, "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "DASHSCOPE_API_KEY",
                ""},
    KnownVendor{"azure", OpenAiChat, "", "AZURE_OPENAI_API_KEY", ""},
    KnownVendor{"ollama", Ollama, "http://127.0.0.1:11434", "", ""},
    KnownVendor{"lmstudio", OpenAiChat, "http://127.0.0.1:1234/v1", "", ""},
    KnownVendor{"llamacpp", OpenAiChat, "http://127.0.0.1:8080/v1", "", ""},
    KnownVendor{"vllm", OpenAiChat, "http://127.0.0.1:8000/v1", "", ""},
};

} // namespace

std::span<const KnownVendor> knownVendors() {
    return kVendors;
}

const KnownVendor* knownVendor(std::string_view name) {
    for (const KnownVendor& vendor : kVendors)
        if (vendor.name == name)
            return &vendor;
    return nullptr;
}

const KnownVendor* vendorAt(std::string_view baseUrl) {
    const auto url = parseBaseUrl(baseUrl);
    if (!url || isLocalHost(url->host))
        return nullptr;
    for (const KnownVendor& vendor : kVendors) {
        const auto known = parseBaseUrl(vendor.baseUrl);
        if (known && equalsIgnoreCase(known->host, url->host))
            return &vendor;
    }
    return url->host.ends_with(".openai.azure.com") ? knownVendor("azure") : nullptr;
}

std::vector<std::string_view> knownVendorNames() {
    std::vector<std::string_view> names;
    for (const KnownVendor& vendor : kVendors)
        names.push_back(vendor.name);
    return names;
}

} // namespace patchbay
