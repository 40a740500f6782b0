// The Responder of one request. It outlives its request only as an object: once the handler has returned, everything
// fails, so that a forgotten responder cannot write into the next answer.
#pragma once

#include <memory>

#include "http/connection.h"

namespace patchbay::http {

class Exchange final : public Responder {
public:
    enum class State { Fresh, Streaming, Answered, Upgraded, Aborted };

    Exchange(std::shared_ptr<Connection> connection, std::shared_ptr<const Request> request, ReplyMode mode)
        : m_connection(std::move(connection)), m_request(std::move(request)), m_mode(mode) {}

    awaitable<Result<void>> respond(Response response) override;
    awaitable<Result<void>> begin(int status, std::string contentType, std::vector<Header> headers) override;
    awaitable<Result<void>> write(std::string bytes) override;
    awaitable<Result<void>> end() override;
    void abort() override;
    bool started() const override { return m_state == State::Streaming || m_state == State::Answered; }
    awaitable<Result<std::shared_ptr<WebSocket>>> acceptWebSocket() override;

    // For the connection.
    State finish();
    bool keepsConnection() const { return m_mode.keepAlive && !m_failed && m_state == State::Answered; }
    std::shared_ptr<WebSocketSession> webSocket() const { return m_webSocket; }

private:
    /// Nothing when the responder is in `expected` and the client is there.
    std::optional<Error> obstacle(State expected) const;
    Result<void> outcome(bool sent);

    std::shared_ptr<Connection> m_connection;
    std::shared_ptr<const Request> m_request;
    std::shared_ptr<WebSocketSession> m_webSocket;
    ReplyMode m_mode;
    State m_state = State::Fresh;
    bool m_bodyless = false;
    bool m_failed = false;
    bool m_finished = false;
};

} // namespace patchbay::http
