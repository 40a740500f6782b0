#include <memory>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/engine.h"
#include "base/clock.h"
#include "playground/playground_server.h"

namespace patchbay {
namespace {

// Waits for the signal that ends the program.
awaitable<void> waitForCancellation() {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer never(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    boost::system::error_code cancelled;
    co_await never.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

awaitable<int> servePlayground(playground::PlaygroundOptions options) {
    SystemClock clock;
    playground::PlaygroundServer server(co_await asio::this_coro::executor, clock, options);
    if (auto started = server.start(); !started) {
        printError(started.error());
        co_return kExitUnavailable;
    }
    fmt::print("listening on http://{}:{}\n", options.host, server.port());
    std::fflush(stdout);
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await waitForCancellation();
    co_await asio::this_coro::reset_cancellation_state();
    co_await server.stop();
    co_return kExitOk;
}

} // namespace

void addPlaygroundCommand(CLI::App& app, CommandRunner& run) {
    auto options = std::make_shared<playground::PlaygroundOptions>();
    options->port = 8485;
    CLI::App* command = app.add_subcommand("playground", "Serve the built-in practice provider (no key, no network)");
    command->add_option("--port", options->port, "Port; 0 = any free one")->capture_default_str();
    command->add_option("--rate", options->tokensPerSecond, "Tokens per second; 0 = as fast as they are read");
    command->callback([options, &run] {
        run = [options] { return runEngine([options] { return servePlayground(*options); }); };
    });
}

} // namespace patchbay
