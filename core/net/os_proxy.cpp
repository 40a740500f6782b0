#include "net/os_proxy.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <initializer_list>

#include "base/strings.h"

#ifdef _WIN32
#include <windows.h>
#include <winhttp.h>
#elif defined(__APPLE__)
#include <CFNetwork/CFNetwork.h>
#endif

namespace patchbay {
namespace {

std::string firstOf(std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const char* value = std::getenv(name); value && *value)
            return value;
    return {};
}

ProxySettings fromEnvironment() {
    const std::string all = firstOf({"all_proxy", "ALL_PROXY"});
    ProxySettings settings{.http = firstOf({"http_proxy"}),
                           .https = firstOf({"https_proxy", "HTTPS_PROXY"}),
                           .bypass = firstOf({"no_proxy", "NO_PROXY"})};
    if (settings.http.empty())
        settings.http = all;
    if (settings.https.empty())
        settings.https = all;
    return settings;
}

#ifdef _WIN32
std::string narrow(const wchar_t* text) {
    if (!text)
        return {};
    const int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, nullptr, 0, nullptr, nullptr);
    std::string result(size > 0 ? static_cast<std::size_t>(size - 1) : 0, '\0');
    WideCharToMultiByte(CP_UTF8, 0, text, -1, result.data(), size, nullptr, nullptr);
    return result;
}

// "host:port" for everything, or "http=host:port;https=host:port". Scripts (PAC) are not evaluated.
ProxySettings fromSystem() {
    WINHTTP_CURRENT_USER_IE_PROXY_CONFIG config{};
    ProxySettings settings;
    if (!WinHttpGetIEProxyConfigForCurrentUser(&config))
        return settings;
    const std::string proxies = narrow(config.lpszProxy);
    for (const std::string_view piece : split(proxies, ';')) {
        const auto equals = piece.find('=');
        const std::string address(equals == std::string_view::npos ? piece : piece.substr(equals + 1));
        if (equals == std::string_view::npos || startsWithIgnoreCase(piece, "http="))
            settings.http = address;
        if (equals == std::string_view::npos || startsWithIgnoreCase(piece, "https="))
            settings.https = address;
    }
    std::string bypass = narrow(config.lpszProxyBypass);
    std::replace(bypass.begin(), bypass.end(), ';', ',');
    std::erase(bypass, '*');
    settings.bypass = bypass;
    GlobalFree(config.lpszProxy);
    GlobalFree(config.lpszProxyBypass);
    GlobalFree(config.lpszAutoConfigUrl);
    return settings;
}
#elif defined(__APPLE__)
std::string textOf(CFStringRef text) {
    std::array<char, 1024> buffer{};
    return text && CFStringGetCString(text, buffer.data(), buffer.size(), kCFStringEncodingUTF8) ? buffer.data() : "";
}

std::string entryOf(CFDictionaryRef system, CFStringRef enableKey, CFStringRef hostKey, CFStringRef portKey) {
    int enabled = 0, port = 0;
    if (auto number = static_cast<CFNumberRef>(CFDictionaryGetValue(system, enableKey)))
        CFNumberGetValue(number, kCFNumberIntType, &enabled);
    const std::string host = textOf(static_cast<CFStringRef>(CFDictionaryGetValue(system, hostKey)));
    if (!enabled || host.empty())
        return {};
    if (auto number = static_cast<CFNumberRef>(CFDictionaryGetValue(system, portKey)))
        CFNumberGetValue(number, kCFNumberIntType, &port);
    return "http://" + host + (port ? ":" + std::to_string(port) : "");
}

ProxySettings fromSystem() {
    ProxySettings settings;
    CFDictionaryRef system = CFNetworkCopySystemProxySettings();
    if (!system)
        return settings;
    settings.http = entryOf(system, kCFNetworkProxiesHTTPEnable, kCFNetworkProxiesHTTPProxy, kCFNetworkProxiesHTTPPort);
    settings.https = entryOf(system, CFSTR("HTTPSEnable"), CFSTR("HTTPSProxy"), CFSTR("HTTPSPort"));
    if (auto list = static_cast<CFArrayRef>(CFDictionaryGetValue(system, CFSTR("ExceptionsList")))) {
        for (CFIndex i = 0; i < CFArrayGetCount(list); ++i) {
            std::string host = textOf(static_cast<CFStringRef>(CFArrayGetValueAtIndex(list, i)));
            std::erase(host, '*');
            settings.bypass += (settings.bypass.empty() ? "" : ",") + host;
        }
    }
    CFRelease(system);
    return settings;
}
#else
// Desktops of Linux have no one place for it; they export the environment variables.
ProxySettings fromSystem() {
    return {};
}
#endif

} // namespace

ProxySettings systemProxy() {
    ProxySettings settings = fromEnvironment();
    if (settings.http.empty() && settings.https.empty()) {
        const std::string bypass = settings.bypass;
        settings = fromSystem();
        if (!bypass.empty())
            settings.bypass = bypass;
    }
    return settings;
}

const std::string& proxyFor(const ProxySettings& settings, const UrlParts& target) {
    static const std::string direct;
    const std::string& proxy = target.secure ? settings.https : settings.http;
    return proxy.empty() || namesLoopback(target.host) ? direct : proxy;
}

bool isUsableProxy(std::string_view url) {
    static constexpr std::array<std::string_view, 6> kSchemes{"http://",    "https://",  "socks4://",
                                                              "socks4a://", "socks5://", "socks5h://"};
    for (const std::string_view scheme : kSchemes)
        if (startsWithIgnoreCase(url, scheme))
            return splitUrl("http://" + std::string(url.substr(scheme.size()))).has_value();
    return false;
}

} // namespace patchbay
