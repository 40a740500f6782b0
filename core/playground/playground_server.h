// The playground: a provider that needs no key and no network. A real HTTP server on loopback that speaks the OpenAI,
// Anthropic, Ollama and Gemini formats, for first steps, tests, load tests and failure drills. It says what it is in every
// answer (header x-patchbay-playground) and in its model list.
#pragma once

#include <memory>

#include "base/clock.h"
#include "http/http_server.h"

namespace patchbay::playground {

struct PlaygroundOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    double tokensPerSecond = 0; ///< 0 = as fast as the reader takes them
};

class PlaygroundServer {
public:
    PlaygroundServer(asio::any_io_executor executor, Clock& clock, PlaygroundOptions options);
    ~PlaygroundServer();
    Result<void> start();
    std::uint16_t port() const;
    awaitable<void> stop();

private:
    std::unique_ptr<http::HttpServer> m_server;
};

} // namespace patchbay::playground
