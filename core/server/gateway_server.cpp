#include "server/gateway_server.h"

#include "server/answer_headers.h"
#include "server/anthropic_surface.h"
#include "server/ollama_surface.h"
#include "server/openai_surface.h"
#include "services/base_url.h"

namespace patchbay {

std::string_view openApiText(); // resources/openapi/openapi.json, compiled in

namespace {

void append(std::vector<http::Route>& into, std::vector<http::Route> routes) {
    into.insert(into.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
}

awaitable<void> answerHealth(ResponderPtr responder, std::shared_ptr<bool> ready) {
    const bool fine = !ready || *ready;
    co_await responder->respond(
        jsonResponse(fine ? 200 : 503, json::object{{"status", fine ? "ok" : "shutting down"}}));
}

http::ServerOptions httpOptions(const GatewayOptions& options, IdGenerator& ids) {
    http::ServerOptions http = options.http;
    http.onHeaders = makeAnswerHeaders(options.access, ids);
    return http;
}

// An error of the HTTP server itself. What is not found then is a path, not a model.
http::Response serverError(const http::Request& request, Error error, std::string_view requestId) {
    if (error.code == ErrorCode::NotFound && !error.vendor)
        error.vendor = VendorError{.status = 404, .type = "invalid_request_error", .code = "not_found"};
    return errorForPath(request, error, requestId);
}

awaitable<void> answerDescription(ResponderPtr responder) {
    co_await responder->respond({.status = 200, .headers = {}, .body = std::string(openApiText())});
}

} // namespace

GatewayServer::GatewayServer(asio::any_io_executor executor, GatewayOptions options, ServerParts parts,
                             const Auth& auth, std::vector<http::Route> more)
    : m_options(std::move(options)), m_auth(auth),
      m_server(std::move(executor), httpOptions(m_options, parts.ids), routes(parts, std::move(more)),
               makeAccessFilter(m_options.access, auth, parts.ids),
               [&ids = parts.ids](const http::Request& request, const Error& error) {
                   return serverError(request, error, ids.next());
               }) {
}

std::vector<http::Route> GatewayServer::routes(ServerParts parts, std::vector<http::Route> more) {
    std::vector<http::Route> all;
    append(all, openAiRoutes(parts));
    append(all, anthropicRoutes(parts));
    append(all, ollamaRoutes(parts));
    append(all, std::move(more));
    all.push_back(route("GET", "/healthz", AccessRole::None, [](RequestPtr, ResponderPtr responder) {
        return answerHealth(std::move(responder), nullptr);
    }));
    all.push_back(route("GET", "/readyz", AccessRole::None, [ready = m_ready](RequestPtr, ResponderPtr responder) {
        return answerHealth(std::move(responder), ready);
    }));
    all.push_back(route("GET", "/openapi.json", AccessRole::Member, [](RequestPtr, ResponderPtr responder) {
        return answerDescription(std::move(responder));
    }));
    for (const http::Route& one : all)
        m_routes.push_back({.method = one.method, .pattern = one.pattern, .role = static_cast<AccessRole>(one.tag)});
    return all;
}

Result<void> GatewayServer::start() {
    if (!isLoopbackHost(m_options.http.host) && m_auth.roleOf({}))
        return makeError(ErrorCode::Configuration,
                         "refusing to listen on " + m_options.http.host + " without authentication",
                         "Set [server] auth = \"required\", or listen on 127.0.0.1.");
    if (auto started = m_server.start(); !started)
        return started.error();
    *m_ready = true;
    return {};
}

awaitable<void> GatewayServer::stop(Milliseconds grace) {
    *m_ready = false;
    co_await m_server.stop(grace);
}

} // namespace patchbay
