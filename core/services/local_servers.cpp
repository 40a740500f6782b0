#include "services/local_servers.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>

#include "base/json.h"
#include "services/base_url.h"

namespace patchbay {
namespace {

constexpr Milliseconds kAnswerTime{300};
constexpr std::size_t kAnswerLimit = 1U << 20U;

struct Probe {
    LocalServer server;
    std::string_view url; ///< that only such a server answers with a list
};
constexpr Probe kProbes[] = {
    {{"Ollama", "ollama", "http://127.0.0.1:11434"}, "http://127.0.0.1:11434/api/tags"},
    {{"llama.cpp", "llamacpp", "http://127.0.0.1:8080/v1"}, "http://127.0.0.1:8080/v1/models"},
    {{"LM Studio", "lmstudio", "http://127.0.0.1:1234/v1"}, "http://127.0.0.1:1234/v1/models"},
};

awaitable<void> ask(HttpClient& http, std::string url, bool& answers) {
    HttpCallOptions options{.timeouts = {.connect = kAnswerTime, .total = kAnswerTime},
                            .proxy = "none",
                            .maxBodyBytes = kAnswerLimit,
                            .loopbackOnly = true};
    auto reply = co_await http.send({.method = "GET", .url = std::move(url), .headers = {}, .body = {}}, options);
    if (!reply || (*reply)->head().status != 200)
        co_return;
    const auto body = co_await (*reply)->readAll();
    // Any web server may sit on 8080: only JSON with a list in it counts.
    const auto object = body ? parseJsonObject(*body) : Result<json::object>(body.error());
    answers = object && (findArray(*object, "models") || findArray(*object, "data"));
}

bool isConfigured(const Config& config, const LocalServer& server) {
    const auto wanted = parseBaseUrl(server.baseUrl);
    for (const ProviderConfig& provider : config.providers) {
        const auto url = parseBaseUrl(provider.baseUrl);
        if (url && wanted && url->port == wanted->port && isLoopbackHost(url->host))
            return true;
    }
    return false;
}

} // namespace

awaitable<std::vector<LocalServer>> findLocalServers(HttpClient& http, const Config& config) {
    bool answers[std::size(kProbes)] = {};
    const auto executor = co_await asio::this_coro::executor;
    using Operation = decltype(asio::co_spawn(executor, std::declval<awaitable<void>>(), asio::deferred));
    std::vector<Operation> operations;
    for (std::size_t i = 0; i < std::size(kProbes); ++i)
        if (!isConfigured(config, kProbes[i].server))
            operations.push_back(
                asio::co_spawn(executor, ask(http, std::string(kProbes[i].url), answers[i]), asio::deferred));
    if (!operations.empty()) // a cancellation reaches each
        co_await asio::experimental::make_parallel_group(std::move(operations))
            .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    std::vector<LocalServer> found;
    for (std::size_t i = 0; i < std::size(kProbes); ++i)
        if (answers[i])
            found.push_back(kProbes[i].server);
    co_return found;
}

} // namespace patchbay
