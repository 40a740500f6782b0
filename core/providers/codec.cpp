#include "providers/codec.h"

#include <array>

#include "base/strings.h"

namespace patchbay {
namespace {

constexpr std::array<std::pair<WireFormat, std::string_view>, 5> kFormats{{
    {WireFormat::OpenAiChat, "openai"},
    {WireFormat::OpenAiResponses, "openai-responses"},
    {WireFormat::Anthropic, "anthropic"},
    {WireFormat::Ollama, "ollama"},
    {WireFormat::Gemini, "gemini"},
}};

// These serve the OpenAI format at the root of their host.
constexpr std::array<std::string_view, 1> kOriginsWithoutVersion{"https://api.perplexity.ai"};

struct SplitUrl {
    std::string_view origin; // scheme://host:port
    std::string_view path;
    std::string_view query; // with its '?', or empty
};

SplitUrl splitUrl(std::string_view url) {
    SplitUrl parts;
    const auto query = url.find('?');
    if (query != std::string_view::npos)
        parts.query = url.substr(query);
    url = url.substr(0, query);
    const auto scheme = url.find("://");
    const auto path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    parts.origin = url.substr(0, path);
    if (path != std::string_view::npos)
        parts.path = url.substr(path);
    return parts;
}

} // namespace

std::string_view wireFormatName(WireFormat format) {
    for (const auto& [value, name] : kFormats)
        if (value == format)
            return name;
    return "openai";
}

std::optional<WireFormat> wireFormatFromName(std::string_view name) {
    for (const auto& [value, known] : kFormats)
        if (known == name)
            return value;
    return std::nullopt;
}

const std::string* findHeader(const Headers& headers, std::string_view name) {
    for (const Header& header : headers)
        if (equalsIgnoreCase(header.name, name))
            return &header.value;
    return nullptr;
}

std::string normalizeBaseUrl(WireFormat format, std::string_view url) {
    const SplitUrl parts = splitUrl(trim(url));
    std::string_view path = parts.path;
    while (!path.empty() && path.back() == '/')
        path.remove_suffix(1);
    const bool openAi = format == WireFormat::OpenAiChat || format == WireFormat::OpenAiResponses;
    std::string result(parts.origin);
    if (openAi) {
        while (path.ends_with("/v1/v1"))
            path.remove_suffix(3);
        const bool rootIsBase = std::find(kOriginsWithoutVersion.begin(), kOriginsWithoutVersion.end(), parts.origin) !=
                                kOriginsWithoutVersion.end();
        result.append(path.empty() && !rootIsBase ? "/v1" : path);
    } else {
        while (path.ends_with("/v1"))
            path.remove_suffix(3);
        while (!path.empty() && path.back() == '/')
            path.remove_suffix(1);
        result.append(path);
    }
    return result.append(parts.query);
}

std::string joinUrl(std::string_view base, std::string_view path) {
    const SplitUrl parts = splitUrl(base);
    std::string result(parts.origin);
    result.append(parts.path);
    while (!result.empty() && result.back() == '/')
        result.pop_back();
    if (!path.starts_with('/'))
        result.push_back('/');
    result.append(path);
    if (!parts.query.empty()) {
        const bool hasQuery = path.find('?') != std::string_view::npos;
        result.append(hasQuery ? "&" : "?").append(parts.query.substr(1));
    }
    return result;
}

} // namespace patchbay
