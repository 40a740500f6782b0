#include "http/response_head.h"

#include <algorithm>
#include <chrono>

#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

#include "base/strings.h"
#include "http/head_scanner.h"

namespace patchbay::http {
namespace {

std::string_view reasonPhrase(int status) {
    const auto phrase =
        boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(static_cast<unsigned>(status)));
    return status == 499   ? "Client Closed Request"
           : status == 529 ? "Overloaded"
                           : std::string_view(phrase.data(), phrase.size());
}

bool isFramingHeader(std::string_view name) {
    for (const std::string_view ours :
         {"content-length", "transfer-encoding", "connection", "date", "server", "keep-alive"}) {
        if (equalsIgnoreCase(name, ours))
            return true;
    }
    return false;
}

bool isHeaderName(std::string_view name) {
    return !name.empty() &&
           std::ranges::all_of(name, [](char c) { return isTokenCharacter(static_cast<unsigned char>(c)); });
}

void appendValue(std::string& out, std::string_view value) {
    const std::size_t begin = out.size();
    out.append(value);
    for (std::size_t i = begin; i < out.size(); ++i) {
        const auto c = static_cast<unsigned char>(out[i]);
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            out[i] = ' ';
    }
}

void appendHeader(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    appendValue(out, value);
    out.append("\r\n");
}

} // namespace

std::string formatHttpDate(std::time_t seconds) {
    using namespace std::chrono;
    constexpr std::string_view kDays = "SunMonTueWedThuFriSat";
    constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const sys_seconds time{std::chrono::seconds(seconds)};
    const sys_days day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays.substr(weekday(day).c_encoding() * 3, 3),
                       static_cast<unsigned>(date.day()),
                       kMonths.substr((static_cast<unsigned>(date.month()) - 1) * 3, 3), static_cast<int>(date.year()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string_view DateCache::now() {
    const std::time_t second = std::time(nullptr);
    if (second != m_second || m_text.empty()) {
        m_second = second;
        m_text = formatHttpDate(second);
    }
    return m_text;
}

bool statusHasBody(int status) {
    return status >= 200 && status != 204 && status != 304;
}

void writeResponseHead(std::string& out, const ResponseHead& head, std::string_view date, std::string_view server) {
    out.clear();
    out.append("HTTP/1.1 ")
        .append(fmt::format_int(head.status).c_str(), 3)
        .append(" ")
        .append(reasonPhrase(head.status));
    out.append("\r\nDate: ").append(date).append("\r\n");
    if (!server.empty())
        appendHeader(out, "Server", server);
    const bool typed = !head.contentType.empty() && statusHasBody(head.status);
    if (typed)
        appendHeader(out, "Content-Type", head.contentType);
    if (head.headers) {
        for (const Header& header : *head.headers) {
            if (!isHeaderName(header.name) || isFramingHeader(header.name) ||
                (typed && equalsIgnoreCase(header.name, "content-type")))
                continue;
            appendHeader(out, header.name, header.value);
        }
    }
    if (head.chunked)
        out.append("Transfer-Encoding: chunked\r\n");
    else if (head.contentLength && statusHasBody(head.status))
        out.append("Content-Length: ").append(fmt::format_int(*head.contentLength).str()).append("\r\n");
    if (!head.connection.empty())
        out.append("Connection: ").append(head.connection).append("\r\n");
    out.append("\r\n");
}

} // namespace patchbay::http
