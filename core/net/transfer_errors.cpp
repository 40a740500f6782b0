#include "net/transfer_errors.h"

#include <cerrno>
#include <optional>

#include <fmt/format.h>

namespace patchbay {
namespace {

Error lasting(Error error) {
    error.retryable = false; // the same again tomorrow: only a change of the configuration helps
    return error;
}

std::string withDetail(std::string message, const std::string& detail) {
    return detail.empty() ? message + "." : message + ": " + detail + ".";
}

Error connectError(const FailureScene& scene, const std::string& whom) {
    if (scene.proxyStatus >= 400)
        return makeError(ErrorCode::Unreachable,
                         fmt::format("The proxy refused the way to {} (status {}).", whom, scene.proxyStatus),
                         scene.proxyStatus == 407 ? "Put the proxy's user and password into its URL."
                                                  : "Allow the host at the proxy, or set proxy = \"none\".");
    if (scene.throughProxy)
        return makeError(ErrorCode::Unreachable, withDetail("The proxy could not be reached", scene.detail),
                         "Check the proxy's address, or set proxy = \"none\" to go without it.");
#ifdef _WIN32
    const bool refused = scene.osError == 10061; // WSAECONNREFUSED
#else
    const bool refused = scene.osError == ECONNREFUSED;
#endif
    if (refused)
        return makeError(ErrorCode::Unreachable, fmt::format("{} refused the connection.", whom),
                         "Is the server running? Check host and port of base_url.");
    return makeError(ErrorCode::Unreachable, withDetail("No connection to " + whom, scene.detail),
                     "Check the network, the base_url and the firewall.");
}

std::string seconds(Milliseconds limit) {
    return fmt::format("{} s", static_cast<double>(limit.count()) / 1000.0);
}

// Nobody was reached: the URL, the names, the way.
std::optional<Error> addressError(CURLcode outcome, const FailureScene& scene) {
    const std::string whom = scene.target.hostAndPort();
    switch (outcome) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        if (scene.headArrived || scene.detail.find("HTTP/0.9") != std::string::npos)
            return std::nullopt;
        return makeError(ErrorCode::Configuration, withDetail("The URL cannot be used", scene.detail),
                         "Write base_url as http://host:port/path or https://host/path.");
    case CURLE_COULDNT_RESOLVE_PROXY:
        return makeError(ErrorCode::Configuration, withDetail("The proxy's name cannot be resolved", scene.detail),
                         "Check the proxy's address, or set proxy = \"none\".");
    case CURLE_COULDNT_RESOLVE_HOST:
        return makeError(ErrorCode::Unreachable, fmt::format("The name {} cannot be resolved.", scene.target.host),
                         "Check the spelling of base_url and the network's name service.");
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
    case CURLE_PROXY:
        return connectError(scene, whom);
    default:
        return std::nullopt;
    }
}

// Somebody was reached, but not under TLS that can be trusted.
std::optional<Error> tlsError(CURLcode outcome, const FailureScene& scene) {
    const std::string whom = scene.target.hostAndPort();
    switch (outcome) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
        return lasting(makeError(ErrorCode::Unreachable,
                                 withDetail("The TLS certificate of " + whom + " is not trusted", scene.detail),
                                 "Check the host name in base_url and the system's clock; a private authority belongs "
                                 "into the system's trust store or into [network] ca_file."));
    case CURLE_SSL_CACERT_BADFILE:
        return makeError(ErrorCode::Configuration,
                         withDetail("The file of trusted certificates cannot be read", scene.detail),
                         "Name a readable PEM file in [network] ca_file (or SSL_CERT_FILE).");
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
        return makeError(ErrorCode::Unreachable, withDetail("No TLS connection to " + whom, scene.detail),
                         "Does the server speak TLS on that port? Else write http:// in base_url.");
    default:
        return std::nullopt;
    }
}

// The connection stood, and the reply did not come through it.
std::optional<Error> replyError(CURLcode outcome, const FailureScene& scene) {
    const std::string whom = scene.target.hostAndPort();
    switch (outcome) {
    case CURLE_OPERATION_TIMEDOUT:
        return makeError(ErrorCode::Timeout, fmt::format("No connection to {} in time.", whom),
                         "Check the network, the base_url and the proxy.");
    case CURLE_PARTIAL_FILE:
        return makeError(ErrorCode::Truncated,
                         fmt::format("{} closed the connection before its reply was complete.", whom),
                         "Ask again; if it keeps happening, look at the server's log.");
    case CURLE_BAD_CONTENT_ENCODING:
        return makeError(ErrorCode::Malformed,
                         withDetail(whom + " sent a reply that cannot be decompressed", scene.detail),
                         "Look for a broken proxy between here and the server.");
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
        if (scene.proxyStatus >= 400)
            return connectError(scene, whom);
        if (scene.detail.find("hunk") != std::string::npos) // "… in the Chunked-Encoded data"
            return std::nullopt;
        return makeError(ErrorCode::Unreachable,
                         scene.headArrived ? fmt::format("The connection to {} broke in the middle of the reply.", whom)
                                           : fmt::format("{} closed the connection without an answer.", whom),
                         "Ask again; if it keeps happening, look at the server's log.");
    case CURLE_OUT_OF_MEMORY:
        return makeError(ErrorCode::Overloaded, fmt::format("Out of memory while talking to {}.", whom),
                         "Send fewer requests at a time.");
    default:
        return std::nullopt;
    }
}

} // namespace

Error transferError(CURLcode outcome, const FailureScene& scene) {
    for (const auto explain : {addressError, tlsError, replyError})
        if (auto error = explain(outcome, scene))
            return std::move(*error);
    const std::string whom = scene.target.hostAndPort();
    return makeError(ErrorCode::Malformed, withDetail(whom + " sent something that is not HTTP/1.1", scene.detail),
                     "Does base_url name an HTTP API, with the right scheme and port?");
}

Error clockError(TransferClock clock, Milliseconds limit, const UrlParts& target) {
    const std::string whom = target.hostAndPort();
    const auto timeout = [](std::string message, std::string hint) {
        return makeError(ErrorCode::Timeout, std::move(message), std::move(hint));
    };
    switch (clock) {
    case TransferClock::Connect:
        return timeout(fmt::format("No connection to {} within {} (connect timeout).", whom, seconds(limit)),
                       "Check the network, the base_url and the proxy.");
    case TransferClock::Headers:
        return timeout(fmt::format("{} did not begin to answer within {} (headers timeout).", whom, seconds(limit)),
                       "The server may be busy or loading a model; raise the headers timeout if that is normal.");
    case TransferClock::FirstOutput:
        return timeout(
            fmt::format("{} sent no first token within {} (first-token timeout).", whom, seconds(limit)),
            "The model may be busy or reading a long prompt; raise the first-token timeout if that is normal.");
    case TransferClock::Idle:
        return timeout(fmt::format("{} sent nothing for {} (idle timeout).", whom, seconds(limit)),
                       "The stream has stalled; ask again.");
    case TransferClock::Total:
        break;
    }
    return timeout(fmt::format("The call to {} took longer than {} (total timeout).", whom, seconds(limit)),
                   "Raise the total timeout if such long replies are wanted.");
}

Error redirectError(int status, const std::string& location, const UrlParts& target) {
    if (location.empty())
        return lasting(
            makeError(ErrorCode::UpstreamFailed,
                      fmt::format("{} answered with status {} and no address.", target.hostAndPort(), status),
                      "Check base_url."));
    return makeError(ErrorCode::Configuration,
                     fmt::format("{} redirects to {} (status {}).", target.hostAndPort(), location, status),
                     "Keys are not sent on to another address. If it is the right one, make it the base_url.");
}

} // namespace patchbay
