// [[providers]]: whom to ask, where, and with which key.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/strings.h"
#include "providers/vendors.h"
#include "services/base_url.h"
#include "services/config_reader.h"
#include "services/config_values.h"
#include "services/known_vendors.h"

namespace patchbay {
namespace {

using Kind = ConfigNode::Kind;

constexpr std::array<std::string_view, 11> kProviderKeys{"id",    "format",  "api",     "vendor", "base_url", "key",
                                                         "proxy", "headers", "enabled", "local",  "timeouts"};
constexpr std::array<std::string_view, 5> kTimeoutKeys{"connect", "headers", "first_token", "idle", "total"};

// Headers that carry a key somewhere: their value must be a reference.
constexpr std::array<std::string_view, 6> kSecretHeaders{"authorization", "proxy-authorization", "x-api-key",
                                                         "api-key",       "x-goog-api-key",      "cookie"};
// Headers that the HTTP client writes itself.
constexpr std::array<std::string_view, 8> kOwnHeaders{
    "host",       "content-length", "content-type", "transfer-encoding",
    "connection", "expect",         "upgrade",      "accept-encoding"};

bool contains(std::span<const std::string_view> list, std::string_view text) {
    return std::any_of(list.begin(), list.end(),
                       [text](std::string_view known) { return equalsIgnoreCase(known, text); });
}

bool isHeaderName(std::string_view name) {
    return !name.empty() &&
           name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~") ==
               std::string_view::npos;
}

class ProviderReader {
public:
    ProviderReader(const ConfigNode& table, ConfigProblems& problems) : m_table(table), m_problems(problems) {}
    ProviderConfig read();

private:
    const ConfigNode* find(std::string_view key) const { return m_table.find(key); }
    ConfigValue value(const ConfigNode& node, std::string_view key) const {
        return {node, fmt::format("{}.{}", m_name, key), m_problems};
    }
    void readId();
    void readVendor();
    void readFormat();
    void readBaseUrl();
    void checkBaseUrl(const ConfigValue& value, const std::string& text);
    void readKey();
    void readProxy();
    void readHeaders();
    void readHeader(const ConfigMember& member);
    void settleVendor();

    const ConfigNode& m_table;
    ConfigProblems& m_problems;
    std::string m_name = "provider";
    ProviderConfig m_provider;
    const KnownVendor* m_vendor = nullptr;
    bool m_formatKnown = false;
};

ProviderConfig ProviderReader::read() {
    readId();
    checkTable({m_table, m_name, m_problems}, {kProviderKeys.begin(), kProviderKeys.end()});
    readVendor();
    readFormat();
    readBaseUrl();
    settleVendor();
    readKey();
    readProxy();
    readHeaders();
    if (const ConfigNode* node = find("enabled"))
        readFlag(value(*node, "enabled"), m_provider.enabled);
    if (const ConfigNode* node = find("local"))
        readFlag(value(*node, "local"), m_provider.local);
    if (const ConfigNode* node = find("timeouts"))
        readTimeouts(value(*node, "timeouts"), m_provider.timeouts);
    return std::move(m_provider);
}

void ProviderReader::readId() {
    const ConfigNode* node = find("id");
    if (node == nullptr) {
        m_problems.error(m_table.origin, "provider without an id",
                         "Add id = \"…\"; it is what stands before the slash in \"provider/model\".");
        return;
    }
    if (!readText({*node, "provider id", m_problems}, m_provider.id))
        return;
    m_name = fmt::format("provider '{}'", m_provider.id);
    const bool good = !m_provider.id.empty() && m_provider.id.size() <= 64 &&
                      m_provider.id.find_first_not_of(
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
    if (!good)
        m_problems.error(node->origin, fmt::format("provider id '{}' is not usable", m_provider.id),
                         "Use letters, digits, '.', '_' and '-'; no slash, at most 64.");
    else if (m_provider.id == "playground")
        m_problems.error(node->origin, "provider id 'playground' is taken by the built-in playground",
                         "Choose another id.");
}

void ProviderReader::readVendor() {
    if (const ConfigNode* node = find("vendor")) {
        const std::vector<std::string_view> names = knownVendorNames();
        if (const auto choice = readChoice(value(*node, "vendor"), names))
            m_vendor = knownVendor(names[*choice]);
    } else if (find("base_url") == nullptr)
        m_vendor = knownVendor(m_provider.id); // id = "groq" alone means Groq, never OpenAI with Groq's key
    if (m_vendor != nullptr)
        m_provider.vendor = std::string(m_vendor->name);
}

void ProviderReader::readFormat() {
    const ConfigNode* node = find("format");
    if (node != nullptr) {
        constexpr std::array kFormats{WireFormat::OpenAiChat, WireFormat::Anthropic, WireFormat::Ollama,
                                      WireFormat::Gemini};
        if (node->kind == Kind::String && node->text == "openai-responses") {
            value(*node, "format")
                .error("is written with two keys", "Write format = \"openai\" and api = \"responses\".");
        } else if (const auto choice =
                       readChoice(value(*node, "format"), {"openai", "anthropic", "ollama", "gemini"})) {
            m_provider.format = kFormats[*choice];
            m_formatKnown = true;
        }
    } else if (m_vendor != nullptr) {
        m_provider.format = m_vendor->format;
        m_formatKnown = true;
    } else
        m_problems.error(
            m_table.origin, m_name + " has no format",
            "Add format = \"openai\", \"anthropic\", \"ollama\" or \"gemini\": the API that the server speaks.");
    const ConfigNode* api = find("api");
    if (api == nullptr)
        return;
    const auto choice = readChoice(value(*api, "api"), {"chat", "responses"});
    if (choice && *choice == 1) {
        if (m_formatKnown && m_provider.format != WireFormat::OpenAiChat)
            value(*api, "api").error("\"responses\" exists in the openai format only", "Remove it.");
        else
            m_provider.format = WireFormat::OpenAiResponses;
    }
}

void ProviderReader::readBaseUrl() {
    if (const ConfigNode* node = find("base_url")) {
        std::string text;
        if (readText(value(*node, "base_url"), text))
            checkBaseUrl(value(*node, "base_url"), text);
        return;
    }
    if (!m_formatKnown)
        return;
    const bool openAi = m_provider.format == WireFormat::OpenAiResponses;
    const WireFormat format = openAi ? WireFormat::OpenAiChat : m_provider.format;
    const KnownVendor* vendor = m_vendor;
    if (vendor == nullptr)
        for (const KnownVendor& known : knownVendors())
            if (known.format == format) {
                vendor = &known; // the first row of a format is the vendor that made it
                break;
            }
    if (vendor == nullptr || vendor->format != format || vendor->baseUrl.empty()) {
        m_problems.error(m_table.origin, m_name + " has no base_url",
                         "Add base_url = \"https://…\": there is no usual one for this vendor and format.");
        return;
    }
    m_vendor = vendor;
    m_provider.baseUrl = normalizeBaseUrl(format, vendor->baseUrl);
    m_provider.local = vendor->keyVariable.empty();
}

void ProviderReader::checkBaseUrl(const ConfigValue& value, const std::string& text) {
    const auto url = parseBaseUrl(trim(text));
    if (!url)
        return value.error(url.error().message, url.error().hint);
    if (url->scheme != "http" && url->scheme != "https")
        return value.error("must begin with http:// or https://");
    for (const std::string_view part : split(url->query, '&')) {
        const std::string_view name = part.substr(0, part.find('='));
        if (equalsIgnoreCase(name, "key") || equalsIgnoreCase(name, "api_key") || equalsIgnoreCase(name, "api-key") ||
            equalsIgnoreCase(name, "token"))
            return value.error(fmt::format("carries a secret ('{}=…')", name),
                               "Remove it from the URL and give key = \"env:NAME\".");
    }
    m_provider.baseUrl = normalizeBaseUrl(m_provider.format, trim(text));
    m_provider.local = isLocalHost(url->host);
    if (url->scheme == "http" && !m_provider.local)
        value.warning("uses http: prompts and the key travel unencrypted", "Use https if the server has it.");
}

// Which vendor it is after all: prices and quirks go by it.
void ProviderReader::settleVendor() {
    if (m_vendor == nullptr)
        m_vendor = vendorAt(m_provider.baseUrl);
    if (m_vendor == nullptr && m_provider.format == WireFormat::Ollama && m_provider.local)
        m_vendor = knownVendor("ollama");
    if (m_vendor != nullptr)
        m_provider.vendor = std::string(m_vendor->name);
}

void ProviderReader::readKey() {
    const std::string_view usual =
        m_vendor != nullptr && !m_vendor->keyVariable.empty() ? m_vendor->keyVariable : "MY_API_KEY";
    if (const ConfigNode* node = find("key"))
        readSecretRef(value(*node, "key"), usual, m_provider.key);
    else if (m_vendor != nullptr && !m_vendor->keyVariable.empty() && !m_provider.local && find("headers") == nullptr)
        m_problems.warning(m_table.origin, m_name + " has no key", fmt::format("Add key = \"env:{}\".", usual));
}

void ProviderReader::readProxy() {
    const ConfigNode* node = find("proxy");
    std::string text;
    if (node == nullptr || !readText(value(*node, "proxy"), text))
        return;
    if (looksLikeSecretRef(text)) {
        readSecretRef(value(*node, "proxy"), "MY_PROXY_URL", m_provider.proxy.secret);
        return;
    }
    if (text.empty() || text == "none") {
        m_provider.proxy.text = text;
        return;
    }
    const auto url = parseBaseUrl(text);
    constexpr std::array<std::string_view, 5> kSchemes{"http", "https", "socks5", "socks5h", "socks4a"};
    if (!url)
        value(*node, "proxy")
            .error(url.error().message, text.find('@') != std::string::npos
                                            ? "A proxy with a password: put the whole URL into a variable and write "
                                              "proxy = \"env:MY_PROXY_URL\"."
                                            : "Write \"http://proxy.example.com:3128\", \"socks5h://…\" or \"none\".");
    else if (!contains(kSchemes, url->scheme))
        value(*node, "proxy").error("must begin with http://, https://, socks5:// or socks5h://");
    else
        m_provider.proxy.text = text;
}

void ProviderReader::readHeaders() {
    const ConfigNode* node = find("headers");
    if (node == nullptr)
        return;
    if (node->kind != Kind::Table)
        return value(*node, "headers").error("must be a table", "Write headers = { \"X-Name\" = \"value\" }.");
    for (const ConfigMember& member : node->members)
        readHeader(member);
}

void ProviderReader::readHeader(const ConfigMember& member) {
    const ConfigValue header = value(member.value, "headers." + member.key);
    if (!isHeaderName(member.key))
        return m_problems.error(member.origin,
                                fmt::format("{}.headers: '{}' is not the name of a header", m_name, member.key));
    if (contains(kOwnHeaders, member.key))
        return m_problems.error(member.origin, fmt::format("{}.headers: '{}' cannot be set", m_name, member.key),
                                "It is written by the HTTP client.");
    for (const HeaderConfig& known : m_provider.headers)
        if (equalsIgnoreCase(known.name, member.key))
            return m_problems.error(member.origin,
                                    fmt::format("{}.headers: '{}' stands there twice", m_name, member.key),
                                    "Names of headers do not differ by case.");
    std::string text;
    if (!readText(header, text))
        return;
    HeaderConfig result{.name = member.key, .value = {}};
    if (looksLikeSecretRef(text)) {
        if (!readSecretRef(header, "MY_HEADER", result.value.secret))
            return;
    } else if (contains(kSecretHeaders, member.key)) {
        return header.error("is not a reference to a secret; keys never stand in the configuration",
                            "Write \"env:NAME\"; the variable holds the header's whole value.");
    } else if (std::any_of(text.begin(), text.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
        return header.error("contains a line break or control character");
    } else
        result.value.text = std::move(text);
    m_provider.headers.push_back(std::move(result));
}

} // namespace

std::span<const std::string_view> providerKeys() {
    return kProviderKeys;
}

std::span<const std::string_view> timeoutKeys() {
    return kTimeoutKeys;
}

void readProviders(const ConfigNode& list, Config& config, ConfigProblems& problems) {
    for (const ConfigNode& table : list.elements)
        config.providers.push_back(ProviderReader(table, problems).read());
}

} // namespace patchbay
