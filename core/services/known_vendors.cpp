#include "services/known_vendors.h"

#include <array>

#include "base/strings.h"
#include "services/base_url.h"

namespace patchbay {
namespace {

using enum WireFormat;

// Base URLs and pages of keys: the vendors' API references. The order is the order of preference where several keys are found.
constexpr std::array kVendors{
    KnownVendor{.name = "openai",
                .format = OpenAiChat,
                .baseUrl = "https://api.openai.com/v1",
                .keyVariable = "OPENAI_API_KEY",
                .otherVariable = "",
                .title = "OpenAI",
                .keyPage = "https://platform.openai.com/api-keys",
                .keyPrefix = "sk-proj-"},
    KnownVendor{.name = "anthropic",
                .format = Anthropic,
                .baseUrl = "https://api.anthropic.com",
                .keyVariable = "ANTHROPIC_API_KEY",
                .otherVariable = "",
                .title = "Anthropic",
                .keyPage = "https://console.anthropic.com/settings/keys",
                .keyPrefix = "sk-ant-"},
    KnownVendor{.name = "gemini",
                .format = Gemini,
                .baseUrl = "https://generativelanguage.googleapis.com",
                .keyVariable = "GEMINI_API_KEY",
                .otherVariable = "GOOGLE_API_KEY",
                .title = "Google Gemini",
                .keyPage = "https://aistudio.google.com/apikey",
                .keyPrefix = "AIza"},
    KnownVendor{.name = "deepseek",
                .format = OpenAiChat,
                .baseUrl = "https://api.deepseek.com/v1",
                .keyVariable = "DEEPSEEK_API_KEY",
                .otherVariable = "",
                .title = "DeepSeek",
                .keyPage = "https://platform.deepseek.com/api_keys",
                .keyPrefix = ""},
    KnownVendor{.name = "mistral",
                .format = OpenAiChat,
                .baseUrl = "https://api.mistral.ai/v1",
                .keyVariable = "MISTRAL_API_KEY",
                .otherVariable = "",
                .title = "Mistral AI",
                .keyPage = "https://console.mistral.ai/api-keys",
                .keyPrefix = ""},
    KnownVendor{.name = "groq",
                .format = OpenAiChat,
                .baseUrl = "https://api.groq.com/openai/v1",
                .keyVariable = "GROQ_API_KEY",
                .otherVariable = "",
                .title = "Groq",
                .keyPage = "https://console.groq.com/keys",
                .keyPrefix = "gsk_"},
    KnownVendor{.name = "openrouter",
                .format = OpenAiChat,
                .baseUrl = "https://openrouter.ai/api/v1",
                .keyVariable = "OPENROUTER_API_KEY",
                .otherVariable = "",
                .title = "OpenRouter",
                .keyPage = "https://openrouter.ai/settings/keys",
                .keyPrefix = "sk-or-"},
    KnownVendor{.name = "xai",
                .format = OpenAiChat,
                .baseUrl = "https://api.x.ai/v1",
                .keyVariable = "XAI_API_KEY",
                .otherVariable = "",
                .title = "xAI",
                .keyPage = "https://console.x.ai",
                .keyPrefix = "xai-"},
    KnownVendor{.name = "together",
                .format = OpenAiChat,
                .baseUrl = "https://api.together.xyz/v1",
                .keyVariable = "TOGETHER_API_KEY",
                .otherVariable = "",
                .title = "Together AI",
                .keyPage = "https://api.together.ai/settings/api-keys",
                .keyPrefix = "tgp_"},
    KnownVendor{.name = "fireworks",
                .format = OpenAiChat,
                .baseUrl = "https://api.fireworks.ai/inference/v1",
                .keyVariable = "FIREWORKS_API_KEY",
                .otherVariable = "",
                .title = "Fireworks AI",
                .keyPage = "https://app.fireworks.ai/settings/users/api-keys",
                .keyPrefix = "fw_"},
    KnownVendor{.name = "cerebras",
                .format = OpenAiChat,
                .baseUrl = "https://api.cerebras.ai/v1",
                .keyVariable = "CEREBRAS_API_KEY",
                .otherVariable = "",
                .title = "Cerebras",
                .keyPage = "https://cloud.cerebras.ai",
                .keyPrefix = "csk-"},
    KnownVendor{.name = "perplexity",
                .format = OpenAiChat,
                .baseUrl = "https://api.perplexity.ai",
                .keyVariable = "PERPLEXITY_API_KEY",
                .otherVariable = "",
                .title = "Perplexity",
                .keyPage = "https://www.perplexity.ai/account/api/keys",
                .keyPrefix = "pplx-"},
    KnownVendor{.name = "moonshot",
                .format = OpenAiChat,
                .baseUrl = "https://api.moonshot.ai/v1",
                .keyVariable = "MOONSHOT_API_KEY",
                .otherVariable = "",
                .title = "Moonshot AI",
                .keyPage = "https://platform.moonshot.ai/console/api-keys",
                .keyPrefix = ""},
    KnownVendor{.name = "zai",
                .format = OpenAiChat,
                .baseUrl = "https://api.z.ai/api/paas/v4",
                .keyVariable = "ZAI_API_KEY",
                .otherVariable = "",
                .title = "Z.ai",
                .keyPage = "https://z.ai/manage-apikey/apikey-list",
                .keyPrefix = ""},
    KnownVendor{.name = "alibaba",
                .format = OpenAiChat,
                .baseUrl = "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
                .keyVariable = "DASHSCOPE_API_KEY",
                .otherVariable = "",
                .title = "Alibaba Cloud (Qwen)",
                .keyPage = "https://modelstudio.console.alibabacloud.com",
                .keyPrefix = ""},
    KnownVendor{.name = "azure",
                .format = OpenAiChat,
                .baseUrl = "",
                .keyVariable = "AZURE_OPENAI_API_KEY",
                .otherVariable = "",
                .title = "Azure OpenAI",
                .keyPage = "https://portal.azure.com",
                .keyPrefix = ""},
    KnownVendor{.name = "ollama",
                .format = Ollama,
                .baseUrl = "http://127.0.0.1:11434",
                .keyVariable = "",
                .otherVariable = "",
                .title = "Ollama",
                .keyPage = "",
                .keyPrefix = ""},
    KnownVendor{.name = "lmstudio",
                .format = OpenAiChat,
                .baseUrl = "http://127.0.0.1:1234/v1",
                .keyVariable = "",
                .otherVariable = "",
                .title = "LM Studio",
                .keyPage = "",
                .keyPrefix = ""},
    KnownVendor{.name = "llamacpp",
                .format = OpenAiChat,
                .baseUrl = "http://127.0.0.1:8080/v1",
                .keyVariable = "",
                .otherVariable = "",
                .title = "llama.cpp",
                .keyPage = "",
                .keyPrefix = ""},
    KnownVendor{.name = "vllm",
                .format = OpenAiChat,
                .baseUrl = "http://127.0.0.1:8000/v1",
                .keyVariable = "",
                .otherVariable = "",
                .title = "vLLM",
                .keyPage = "",
                .keyPrefix = ""},
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

const KnownVendor* vendorOfKey(std::string_view key) {
    const KnownVendor* best = nullptr;
    for (const KnownVendor& vendor : kVendors)
        if (!vendor.keyPrefix.empty() && key.starts_with(vendor.keyPrefix) &&
            (best == nullptr || vendor.keyPrefix.size() > best->keyPrefix.size()))
            best = &vendor;
    return best;
}

std::vector<std::string_view> knownVendorNames() {
    std::vector<std::string_view> names;
    for (const KnownVendor& vendor : kVendors)
        names.push_back(vendor.name);
    return names;
}

} // namespace patchbay
