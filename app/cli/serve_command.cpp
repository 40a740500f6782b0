#include <memory>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/composition.h"
#include "app/engine.h"
#include "app/os_memory.h"
#include "server/conversations_surface.h"
#include "server/gateway_server.h"
#include "server/native_surface.h"
#include "server/responses_surface.h"
#include "server/websocket_surface.h"
#include "services/base_url.h"

namespace patchbay {
namespace {

constexpr std::string_view kAdminTokenHashKey = "auth.admin_token_hash";

struct ServeOptions {
    std::string configFile;
    std::string dataDir;
    std::string host;
    std::string port;
    bool playground = false;
    bool newAdminToken = false;
};

std::string urlOf(const std::string& host, std::uint16_t port) {
    const bool ipv6 = host.find(':') != std::string::npos;
    return fmt::format("http://{}:{}", ipv6 ? "[" + host + "]" : host, port);
}

// The admin token is made at first start and shown once; only its hash is kept.
awaitable<Result<std::string>> adminTokenHash(Composition& program, bool makeNew) {
    SettingsStore& settings = program.storage()->settings;
    auto stored = co_await settings.get(std::string(kAdminTokenHashKey));
    if (!stored)
        co_return stored.error();
    if (*stored && (*stored)->is_string() && !makeNew)
        co_return std::string(toView((*stored)->get_string()));
    const std::string token = Auth::makeAdminToken();
    const std::string hash = Auth::hashToken(token);
    auto kept = co_await settings.set(std::string(kAdminTokenHashKey), json::value(json::string(hash)),
                                      toUnixMilliseconds(program.clock().wallNow()));
    if (!kept)
        co_return kept.error();
    fmt::print(stderr,
               "admin token (shown only now; `patchbay serve --new-admin-token` makes another):\n  {}\n", token);
    co_return hash;
}

GatewayOptions gatewayOptions(const ServerConfig& server) {
    GatewayOptions options;
    options.http.host = server.host;
    options.http.port = server.port;
    options.http.headerLimit = server.headerLimit;
    options.http.bodyLimit = server.bodyLimit;
    options.http.headerTimeout = server.headerTimeout;
    options.http.bodyTimeout = server.bodyTimeout;
    options.http.idleTimeout = server.idleTimeout;
    options.http.writeTimeout = server.writeTimeout;
    options.http.maxConnections = server.maxConnections;
    options.http.maxConnectionsPerAddress = server.maxConnectionsPerAddress;
    options.access = {.boundHost = server.host,
                      .allowedHosts = server.allowedHosts,
                      .allowedOrigins = server.allowedOrigins};
    return options;
}

// Beyond loopback everybody needs a key, also a caller on this machine: a reverse proxy here looks like one.
bool loopbackIsMember(const ServerConfig& server) {
    return server.auth == AuthMode::Auto && isLoopbackHost(server.host);
}

awaitable<void> untilCancelled() {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer never(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    boost::system::error_code cancelled;
    co_await never.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

// The server and the clock outlive it.
awaitable<void> keepMemorySmall(const GatewayServer* server, Clock* clock) {
    RushWatch rush;
    for (;;) {
        co_await clock->sleepFor(Milliseconds{2'000});
        if (rush.isOver(server->connectionCount()))
            returnFreeMemory();
    }
}

std::vector<http::Route> moreRoutes(Composition& program, ServerParts parts) {
    Storage* storage = program.config().historyEnabled ? program.storage() : nullptr;
    std::vector<http::Route> all = responsesRoutes(parts, storage ? &storage->responses : nullptr);
    for (auto& surface : {nativeRoutes(parts, program.conversations()), webSocketRoutes(parts, program.conversations()),
                          conversationsRoutes(parts, program.history())})
        all.insert(all.end(), surface.begin(), surface.end());
    return all;
}

awaitable<int> serve(ServeOptions options, Interrupts& interrupts) {
    using namespace asio::experimental::awaitable_operators;
    co_await asio::this_coro::throw_if_cancelled(false);
    CompositionOptions wanted{.places = {.configFile = options.configFile, .dataDir = options.dataDir},
                              .playground = options.playground};
    if (!options.host.empty())
        wanted.overrides.push_back({.setting = "server.host", .value = options.host, .option = "--host"});
    if (!options.port.empty())
        wanted.overrides.push_back({.setting = "server.port", .value = options.port, .option = "--port"});
    auto built = co_await Composition::build(std::move(wanted));
    if (!built) {
        printError(built.error());
        co_return exitCodeOf(built.error());
    }
    Composition& program = **built;
    auto hash = co_await adminTokenHash(program, options.newAdminToken);
    if (!hash) {
        printError(hash.error());
        co_return exitCodeOf(hash.error());
    }
    const ServerConfig& settings = program.config().server;
    const Auth auth({.loopbackIsMember = loopbackIsMember(settings), .adminTokenHash = *hash});
    const ServerParts parts{.chat = program.chat(), .ids = program.ids(), .clock = program.clock(), .log = program.log(),
                            .workers = program.workers()};
    GatewayServer server(co_await asio::this_coro::executor, gatewayOptions(settings), parts, auth,
                         moreRoutes(program, parts));
    if (auto started = server.start(); !started) {
        printError(started.error());
        co_return exitCodeOf(started.error());
    }
    const std::string url = urlOf(settings.host, server.port());
    if (auto published = program.storage()->lock->publish(url); !published)
        program.log().warning("lock_not_published", {{"error", published.error().message}});
    fmt::print("listening on {}\n", url);
    std::fflush(stdout);

    interrupts.onHangUp([&program] { program.askForReload(); });
    const Milliseconds grace = settings.shutdownGrace;
    co_await (untilCancelled() || program.watchConfiguration() || program.cleanUpDaily() ||
              keepMemorySmall(&server, &program.clock()));
    co_await asio::this_coro::reset_cancellation_state();
    co_await server.stop(grace);
    co_await program.stop();
    interrupts.onHangUp([] {}); // the program goes away before the engine does
    co_return kExitOk;
}

} // namespace

void addServeCommand(CLI::App& app, CommandRunner& run) {
    auto options = std::make_shared<ServeOptions>();
    CLI::App* command = app.add_subcommand("serve", "Run the server");
    command->add_option("--config", options->configFile, "Configuration file (TOML)");
    command->add_option("--data-dir", options->dataDir, "Folder of the database");
    command->add_option("--host", options->host, "Address to listen on (default 127.0.0.1)");
    command->add_option("--port", options->port, "Port; 0 = any free one (default 8484)");
    command->add_flag("--playground", options->playground, "Add the practice provider (no key, no network)");
    command->add_flag("--new-admin-token", options->newAdminToken, "Replace the admin token and show the new one");
    command->callback([options, &run] {
        run = [options] {
            return runEngine([options](Interrupts& interrupts) { return serve(*options, interrupts); });
        };
    });
}

} // namespace patchbay
