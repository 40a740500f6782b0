#include "http/request_head.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

#include "base/strings.h"
#include "http/target.h"

namespace patchbay::http {
namespace {

namespace beast = boost::beast;
using beast::http::field;
using ErrorCodeOut = beast::error_code;
using View = beast::string_view;

std::string toString(View text) {
    return {text.data(), text.size()};
}

/// Writes straight into a Request instead of Beast's own field container, which costs an allocation per field.
class HeadParser final : public beast::http::basic_parser<true> {
public:
    explicit HeadParser(Request& request) : m_request(request) {
        header_limit(std::numeric_limits<std::uint32_t>::max()); // the limit was checked on the raw bytes
        body_limit(boost::none);
        skip(true);
        m_request.headers.reserve(16);
    }

    int version = 11;
    int hosts = 0;
    int origins = 0;
    int lengths = 0;
    int encodings = 0;
    std::size_t hostIndex = 0;
    std::size_t lengthIndex = 0;
    std::size_t encodingIndex = 0;
    std::optional<std::size_t> expectIndex;
    std::string coding; ///< Content-Encoding, several joined

private:
    void on_request_impl(beast::http::verb, View method, View target, int httpVersion, ErrorCodeOut&) override {
        m_request.method = toString(method);
        m_request.target = toString(target);
        version = httpVersion;
    }
    void on_response_impl(int, View, int, ErrorCodeOut&) override {}
    void on_field_impl(field name, View nameText, View value, ErrorCodeOut& error) override {
        const std::size_t index = m_request.headers.size();
        if (index == kMaxHeaderFields) {
            error = beast::http::error::header_limit;
            return;
        }
        m_request.headers.push_back({toString(nameText), toString(value)});
        switch (name) {
        case field::host:
            ++hosts;
            hostIndex = index;
            break;
        case field::origin:
            ++origins;
            break;
        case field::content_length:
            ++lengths;
            lengthIndex = index;
            break;
        case field::transfer_encoding:
            ++encodings;
            encodingIndex = index;
            break;
        case field::expect:
            expectIndex = index;
            break;
        case field::content_encoding:
            if (!coding.empty())
                coding += ", ";
            coding += trim(m_request.headers.back().value);
            break;
        default:
            break;
        }
    }
    void on_header_impl(ErrorCodeOut&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCodeOut&) override {}
    std::size_t on_body_impl(View body, ErrorCodeOut&) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, View, ErrorCodeOut&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View body, ErrorCodeOut&) override { return body.size(); }
    void on_finish_impl(ErrorCodeOut&) override {}

    Request& m_request;
};

/// The version as written, for the difference between 400 (no HTTP) and 505 (another HTTP).
bool looksLikeOtherHttpVersion(std::string_view head) {
    const std::string_view line = head.substr(0, head.find('\r'));
    const std::size_t space = line.rfind(' ');
    if (space == std::string_view::npos)
        return false;
    const std::string_view version = line.substr(space + 1);
    return version.size() == 8 && version.starts_with("HTTP/") && version[5] >= '0' && version[5] <= '9' &&
           version[6] == '.' && version[7] >= '0' && version[7] <= '9' && version != "HTTP/1.1" &&
           version != "HTTP/1.0";
}

/// The path of a head that was refused, so that its error can be rendered in the shape that fits the path.
void guessPath(std::string_view head, Request& request) {
    const std::string_view line = head.substr(0, head.find('\r'));
    const std::size_t first = line.find(' ');
    if (first == std::string_view::npos || !request.path.empty())
        return;
    const std::string_view target = line.substr(first + 1, line.find(' ', first + 1) - first - 1);
    if (!target.starts_with('/'))
        return;
    request.method = line.substr(0, first);
    request.path = percentDecode(target.substr(0, target.find('?')));
}

Refusal parserRefusal(const ErrorCodeOut& error, std::string_view head) {
    if (error == beast::http::error::header_limit)
        return refusal(431, ErrorCode::TooLarge, "too many header fields", "send fewer than 256 header fields");
    if (error == beast::http::error::bad_version && looksLikeOtherHttpVersion(head))
        return refusal(505, ErrorCode::Unsupported, "this HTTP version is not served", "use HTTP/1.1");
    return badRequest("malformed request head: " + error.message());
}

/// RFC 9112 section 6.3: exactly one way to tell where the body ends, or none at all.
std::optional<Refusal> readFraming(const HeadParser& parser, const Request& request, MessageInfo& info) {
    if (parser.encodings > 0) {
        if (parser.lengths > 0)
            return badRequest("Content-Length together with Transfer-Encoding");
        if (parser.encodings > 1)
            return badRequest("more than one Transfer-Encoding header");
        if (!info.http11)
            return badRequest("Transfer-Encoding in an HTTP/1.0 request");
        const std::string_view coding = trim(request.headers[parser.encodingIndex].value);
        if (equalsIgnoreCase(coding, "chunked")) {
            info.body = MessageInfo::Body::Chunked;
            return std::nullopt;
        }
        const std::vector<std::string_view> codings = split(coding, ',');
        const auto chunked = [](std::string_view one) { return equalsIgnoreCase(trim(one), "chunked"); };
        if (codings.size() > 1 && chunked(codings.back()) &&
            std::count_if(codings.begin(), codings.end(), chunked) == 1)
            return refusal(501, ErrorCode::Unsupported, "this transfer coding is not supported",
                           "send the body with Transfer-Encoding: chunked or with a Content-Length");
        return badRequest("Transfer-Encoding does not end in chunked");
    }
    if (parser.lengths > 1)
        return badRequest("more than one Content-Length header");
    if (parser.lengths == 1) {
        const std::string_view text = request.headers[parser.lengthIndex].value;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), info.contentLength);
        if (text.empty() || text.front() == '-' || error != std::errc() || end != text.data() + text.size())
            return badRequest("the Content-Length is not a number");
        if (info.contentLength > 0)
            info.body = MessageInfo::Body::Length;
    }
    return std::nullopt;
}

std::optional<Refusal> readCoding(const HeadParser& parser, Request& request, MessageInfo& info) {
    if (parser.coding.empty() || equalsIgnoreCase(parser.coding, "identity"))
        return std::nullopt;
    if (equalsIgnoreCase(parser.coding, "gzip") || equalsIgnoreCase(parser.coding, "x-gzip")) {
        info.coding = MessageInfo::Coding::Gzip;
    } else if (equalsIgnoreCase(parser.coding, "deflate")) {
        info.coding = MessageInfo::Coding::Deflate;
    } else {
        Refusal refused = refusal(415, ErrorCode::UnsupportedMedia, "the content encoding is not supported",
                                  "send the body plain, or with Content-Encoding gzip or deflate");
        refused.headerName = "Accept-Encoding";
        refused.headerValue = "gzip, deflate";
        return refused;
    }
    // The handler gets the decoded body, so the header would lie.
    std::erase_if(request.headers,
                  [](const Header& header) { return equalsIgnoreCase(header.name, "content-encoding"); });
    return std::nullopt;
}

std::optional<Refusal> readTarget(const HeadParser& parser, Request& request, MessageInfo& info) {
    const auto target = parseTarget(request.target);
    if (!target || (target->path == "*" && request.method != "OPTIONS"))
        return badRequest("the request target is malformed");
    if (target->path != "*" && !isAcceptablePath(target->path))
        return badRequest("the path has a bad escape, a control character or a dot segment");
    info.rawPath = target->path;
    request.path = percentDecode(target->path);
    request.query = target->query;
    if (parser.hosts > 1)
        return badRequest("more than one Host header");
    if (parser.origins > 1) // the Origin check looks at one
        return badRequest("more than one Origin header");
    if (parser.hosts == 0 && info.http11)
        return badRequest("the Host header is missing");
    if (parser.hosts == 1 && !isValidHost(request.headers[parser.hostIndex].value))
        return badRequest("the Host header is malformed");
    if (target->authority) {
        if (!isValidHost(*target->authority))
            return badRequest("the host of the request target is malformed");
        // RFC 9112 section 3.2.2: the target's authority counts, whatever Host says; the Host checks must see it.
        if (parser.hosts == 1)
            request.headers[parser.hostIndex].value = *target->authority;
        else
            request.headers.push_back({"Host", std::string(*target->authority)});
    }
    return std::nullopt;
}

std::optional<Refusal> readExpect(const HeadParser& parser, const Request& request, MessageInfo& info) {
    if (!parser.expectIndex || !info.http11)
        return std::nullopt;
    if (!equalsIgnoreCase(trim(request.headers[*parser.expectIndex].value), "100-continue"))
        return refusal(417, ErrorCode::InvalidRequest, "this expectation cannot be met",
                       "send only Expect: 100-continue");
    info.expectsContinue = info.body != MessageInfo::Body::None;
    return std::nullopt;
}

constexpr bool isServedMethod(std::string_view method) {
    for (const std::string_view known : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
        if (method == known)
            return true;
    }
    return false;
}

std::optional<Refusal> readHead(std::string_view head, Request& request, MessageInfo& info) {
    HeadParser parser(request);
    ErrorCodeOut error;
    parser.put(boost::asio::const_buffer(head.data(), head.size()), error);
    if (error)
        return parserRefusal(error, head);
    if (!parser.is_header_done())
        return badRequest("the request head is incomplete");
    info.http11 = parser.version == 11;
    info.keepAlive = parser.keep_alive();
    if (auto refused = readFraming(parser, request, info))
        return refused;
    if (!isServedMethod(request.method))
        return refusal(501, ErrorCode::Unsupported, "the method is not supported",
                       "use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS");
    if (auto refused = readTarget(parser, request, info))
        return refused;
    if (auto refused = readExpect(parser, request, info))
        return refused;
    return readCoding(parser, request, info); // last: it removes headers, so indices end here
}

} // namespace

std::optional<Refusal> parseHead(std::string_view head, Request& request, MessageInfo& info) {
    auto refused = readHead(head, request, info);
    if (refused)
        guessPath(head, request);
    return refused;
}

} // namespace patchbay::http
