#include "net/request_setup.h"

#include <fmt/format.h>

#include "base/strings.h"

namespace patchbay {
namespace {

constexpr long kReceiveBuffer = 2048;

bool isFieldName(std::string_view name) {
    if (name.empty())
        return false;
    for (const char c : name) {
        const bool letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letterOrDigit && std::string_view("!#$%&'*+-.^_`|~").find(c) == std::string_view::npos)
            return false;
    }
    return true;
}

// Curl frames the message itself, and a second opinion on its length would be a smuggled request.
bool isFraming(std::string_view name) {
    return equalsIgnoreCase(name, "content-length") || equalsIgnoreCase(name, "transfer-encoding") ||
           equalsIgnoreCase(name, "expect") || equalsIgnoreCase(name, "accept-encoding");
}

const char* supportedEncodings() {
    const long features = curl_version_info(CURLVERSION_NOW)->features;
    if (!(features & CURL_VERSION_LIBZ))
        return nullptr;
    return (features & CURL_VERSION_BROTLI) ? "gzip, deflate, br" : "gzip, deflate";
}

} // namespace

Result<void> HeaderList::assign(const WireRequest& request) {
    m_text.clear();
    m_nodes.clear();
    std::size_t length = 32;
    for (const Header& header : request.headers)
        length += header.name.size() + header.value.size() + 4;
    m_text.reserve(length); // never grows below, so that the nodes' pointers stay good
    m_nodes.reserve(request.headers.size() + 2);
    const auto close = [this](std::size_t begin) {
        m_text += '\0';
        m_nodes.push_back({m_text.data() + begin, nullptr});
    };
    bool typed = false;
    for (const Header& header : request.headers) {
        if (isFraming(header.name))
            continue;
        if (!isFieldName(header.name) || header.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
            return makeError(
                ErrorCode::InvalidRequest, fmt::format("The header {} cannot be sent.", repairUtf8(header.name)),
                "Header names are tokens and values have no line breaks; check the provider's headers and key.");
        typed = typed || equalsIgnoreCase(header.name, "content-type");
        const std::size_t begin = m_text.size();
        m_text += header.name;
        m_text += header.value.empty() ? ";" : ": "; // curl's way of writing a header without a value
        m_text += header.value;
        close(begin);
    }
    std::size_t begin = m_text.size();
    m_text += "Expect:"; // without it curl waits a second for "100 Continue" before a large body
    close(begin);
    if (!typed) {
        begin = m_text.size();
        m_text += "Content-Type:"; // else curl calls any body a web form
        close(begin);
    }
    for (std::size_t i = 0; i + 1 < m_nodes.size(); ++i)
        m_nodes[i].next = &m_nodes[i + 1];
    return {};
}

void applyLastingOptions(CURL* easy, const std::string& caFile, const std::string& userAgent) {
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // Without it, giving up a transfer whose name is being looked up waits for the resolver, and all others with it.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    // A path is sent as it stands: "/../" must not lead out of what was configured.
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, supportedEncodings());
    curl_easy_setopt(easy, CURLOPT_USERAGENT, userAgent.c_str());
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    // Events are a few hundred bytes; of curl's 16 KiB for each of a thousand streams nearly all would lie empty.
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, kReceiveBuffer);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!caFile.empty()) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, caFile.c_str());
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr); // or everybody whom the system trusts would be trusted as well
    }
#if defined(_WIN32) || defined(__APPLE__)
    if (caFile.empty())
        curl_easy_setopt(easy, CURLOPT_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_NATIVE_CA));
#endif
}

CURLcode applyRequest(CURL* easy, const WireRequest& request, HeaderList& headers) {
    // HTTPGET also takes back what an earlier HEAD or POST left.
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, nullptr);
    const bool isPost = request.method == "POST";
    if (request.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (isPost || !request.body.empty()) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        if (!isPost)
            curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    } else if (request.method != "GET") {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.list());
    return curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
}

} // namespace patchbay
