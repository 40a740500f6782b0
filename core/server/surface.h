// What the HTTP surfaces share: the parts they are built from and the small steps between HTTP and the codecs.
#pragma once

#include <memory>
#include <string>

#include <boost/asio/thread_pool.hpp>

#include "base/ids.h"
#include "base/log.h"
#include "http/http_server.h"
#include "providers/codec.h"
#include "services/auth.h"
#include "services/chat_service.h"

namespace patchbay {

/// Everything a surface may use; the members outlive the server.
struct ServerParts {
    ChatService& chat;
    IdGenerator& ids;
    Clock& clock;
    Log& log;
    asio::thread_pool& workers; ///< for large JSON
};

using RequestPtr = std::shared_ptr<http::Request>;
using ResponderPtr = std::shared_ptr<http::Responder>;

/// A route whose tag is the role that it needs.
http::Route route(std::string method, std::string pattern, AccessRole role, http::Handler handler);

/// The view that codecs get: path, query, body and the few headers that a format defines. Other client headers go nowhere.
ClientRequest toClientRequest(const http::Request& request);
http::Response toHttpResponse(ClientReply reply);
http::Response jsonResponse(int status, const json::value& body);

/// An error in a surface's own format.
http::Response errorResponse(const ServerCodec& codec, const Error& error, std::string_view requestId);

/// `x-patchbay-…` headers: what is known of the call when the answer begins; what is not known is left out.
std::vector<http::Header> callHeaders(const CallRecord& record, const std::string& model);
void addCallHeaders(http::Response& response, const CallRecord& record, const std::string& model);

/// The record without who is being asked: another deployment may yet answer.
CallRecord unanswered(const CallRecord& record);

/// The codec whose error format fits the path: Anthropic for /v1/messages, Ollama for /api/chat, else OpenAI's.
const ServerCodec& codecForPath(std::string_view path, bool anthropicVersionSent);
/// Paths of Patchbay's own API: everything under /api/ that is not Ollama's, /openapi.json and the health checks.
bool isNativePath(std::string_view path);
/// {"error":{code, message, hint}} with the error's status and retry-after.
http::Response nativeError(const Error& error);
/// An error in the format that fits the request's path.
http::Response errorForPath(const http::Request& request, const Error& error, std::string_view requestId);

} // namespace patchbay
