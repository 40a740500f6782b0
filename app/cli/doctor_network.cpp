// The checks of `patchbay doctor` that ask somebody.
#include <ctime>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <fmt/format.h>

#include "app/cli/doctor_checks.h"
#include "base/strings.h"
#include "services/endpoints.h"
#include "services/known_vendors.h"
#include "services/local_servers.h"

namespace patchbay {
namespace {

constexpr Milliseconds kProviderTime{5'000};

struct Answer {
    int status = 0;
    Headers headers;
    std::string body;
};

awaitable<Result<Answer>> ask(HttpClient& http, WireRequest request, std::string proxy, Milliseconds total) {
    HttpCallOptions options{.timeouts = {.connect = total, .total = total}, .proxy = std::move(proxy)};
    auto reply = co_await http.send(std::move(request), std::move(options));
    if (!reply)
        co_return reply.error();
    Answer answer{.status = (*reply)->head().status, .headers = (*reply)->head().headers, .body = {}};
    if (auto body = co_await (*reply)->readAll())
        answer.body = std::move(*body);
    co_return answer;
}

Finding judge(const ProviderConfig& provider, const Result<Answer>& answer) {
    Finding finding{.health = Health::Problem, .check = "provider " + provider.id, .text = {}, .advice = {}};
    if (!answer) {
        finding.text = answer.error().message;
        finding.advice = provider.local ? "Start it, or correct base_url." : answer.error().hint;
        if (finding.advice.empty())
            finding.advice = "Look at the network, the proxy and base_url.";
        return finding;
    }
    const ClientCodec& codec = clientCodec(provider.format);
    const auto models = codec.decodeListModels({.status = answer->status, .headers = answer->headers}, answer->body);
    if (models) {
        finding.health = Health::Ok;
        finding.text = fmt::format("answers and lists {} models", models->size());
    } else if (answer->status == 401 || answer->status == 403) {
        finding.text = provider.key ? fmt::format("refuses the key in {} ({})", provider.key->text(), answer->status)
                                    : fmt::format("asks for a key ({})", answer->status);
        finding.advice = "Put a valid key there; the vendor's console shows which are.";
    } else if (answer->status == 404) {
        finding.health = Health::Warning;
        finding.text = "answers, but lists no models (404)";
        finding.advice =
            "If chatting fails too, correct base_url: with /v1 for format \"openai\", without it for others.";
    } else {
        finding.text = models.error().message;
        finding.advice = models.error().hint.empty() ? "Try again later; the vendor's status page may know more."
                                                     : models.error().hint;
    }
    return finding;
}

awaitable<void> probe(HttpClient& http, const ProviderConfig& provider, const Secrets& secrets, ProviderProbe& result) {
    std::vector<std::string> warnings;
    const auto endpoint = buildEndpoint(provider, secrets, &warnings);
    if (!endpoint) {
        result.finding = {.health = Health::Problem,
                          .check = "provider " + provider.id,
                          .text = endpoint.error().message,
                          .advice = endpoint.error().hint};
        co_return;
    }
    WireRequest request = clientCodec(provider.format).encodeListModels(*endpoint);
    const auto answer = co_await ask(http, std::move(request), endpoint->proxy, kProviderTime);
    result.finding = judge(provider, answer);
    if (result.finding.health == Health::Ok && !warnings.empty()) {
        result.finding.health = Health::Warning;
        result.finding.text += "; " + warnings.front();
        result.finding.advice = "Make the file readable for its owner only (chmod 600).";
    }
    if (answer)
        if (const std::string* date = findHeader(answer->headers, "date"))
            result.date = parseHttpDate(*date);
}

// Waits for all of them; a cancellation reaches each.
awaitable<void> together(std::vector<awaitable<void>> tasks) {
    const auto executor = co_await asio::this_coro::executor;
    using Operation = decltype(asio::co_spawn(executor, std::declval<awaitable<void>>(), asio::deferred));
    std::vector<Operation> operations;
    for (awaitable<void>& task : tasks)
        operations.push_back(asio::co_spawn(executor, std::move(task), asio::deferred));
    if (!operations.empty())
        co_await asio::experimental::make_parallel_group(std::move(operations))
            .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
}

} // namespace

awaitable<std::vector<ProviderProbe>> checkProviders(HttpClient& http, const Config& config, const Secrets& secrets) {
    std::vector<ProviderProbe> results;
    results.reserve(config.providers.size()); // the tasks below keep references
    std::vector<awaitable<void>> tasks;
    for (const ProviderConfig& provider : config.providers) {
        if (!provider.enabled)
            continue;
        results.emplace_back();
        tasks.push_back(probe(http, provider, secrets, results.back()));
    }
    co_await together(std::move(tasks));
    co_return results;
}

awaitable<Findings> checkLocalServers(HttpClient& http, const Config& config) {
    Findings findings;
    for (const LocalServer& server : co_await findLocalServers(http, config)) {
        const std::string_view format = wireFormatName(knownVendor(server.vendor)->format);
        findings.push_back({.health = Health::Ok,
                            .check = "local servers",
                            .text = fmt::format("{} answers at {} and is not configured", server.title, server.baseUrl),
                            .advice = fmt::format("To use it: patchbay config set providers.{} '{{\"format\": \"{}\", "
                                                  "\"base_url\": \"{}\"}}'",
                                                  server.vendor, format, server.baseUrl)});
    }
    if (findings.empty())
        findings.push_back({.health = Health::Ok,
                            .check = "local servers",
                            .text = "none beside the configured ones (Ollama 11434, llama.cpp 8080, LM Studio 1234)",
                            .advice = {}});
    co_return findings;
}

std::optional<WallTime> parseHttpDate(std::string_view text) {
    static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    text = trim(text);
    if (text.size() != 29 || !text.ends_with(" GMT"))
        return std::nullopt;
    const auto number = [text](std::size_t at, std::size_t count) {
        int value = 0;
        for (const char c : text.substr(at, count))
            value = c >= '0' && c <= '9' ? value * 10 + (c - '0') : -1'000'000;
        return value;
    };
    const std::size_t month = kMonths.find(text.substr(8, 3));
    const std::chrono::year_month_day day(std::chrono::year(number(12, 4)),
                                          std::chrono::month(static_cast<unsigned>(month / 3 + 1)),
                                          std::chrono::day(static_cast<unsigned>(std::max(0, number(5, 2)))));
    if (month == std::string_view::npos || !day.ok() || number(17, 2) < 0 || number(20, 2) < 0 || number(23, 2) < 0)
        return std::nullopt;
    return std::chrono::sys_days(day) + std::chrono::hours(number(17, 2)) + std::chrono::minutes(number(20, 2)) +
           std::chrono::seconds(number(23, 2));
}

} // namespace patchbay
