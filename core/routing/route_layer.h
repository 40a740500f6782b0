// Turns a model name into an upstream call: resolves the name, asks the deployments in order, and falls to the next one
// only while the client has seen nothing.
#pragma once

#include "net/provider_client.h"
#include "pipeline/pipeline.h"
#include "routing/routing_table.h"

namespace patchbay {

class RouteLayer final : public ChatHandler {
public:
    RouteLayer(RoutingSource& routes, ProviderClient& client) : m_routes(routes), m_client(client) {}
    /// On success call.record names the deployment that answered. If all fail, the first error is returned, with what
    /// else was tried in its hint.
    awaitable<Outcome> handle(ChatCall call) override;

private:
    RoutingSource& m_routes;
    ProviderClient& m_client;
};

} // namespace patchbay
