// patchbay doctor: what works, what does not, and what to do about it.
#include <memory>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/doctor_checks.h"
#include "app/engine.h"
#include "app/os_terminal.h"
#include "base/json_writer.h"

namespace patchbay {
namespace {

struct DoctorOptions {
    ProgramOptions program;
    bool json = false;
};

void append(Findings& all, Findings more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

awaitable<Findings> examine(ProgramContext context) {
    Findings all = checkConfiguration(context);
    append(all, co_await checkData(context.places));
    const Config nothing;
    const Config& config = context.loaded.config ? *context.loaded.config : nothing;
    const auto executor = co_await asio::this_coro::executor;
    append(all, checkPort(executor, config.server, context.places));
    SystemClock clock;
    HttpClient http(executor, clock, HttpClient::Options{});
    const Secrets secrets = makeSecrets(context.places, context.loaded.environment);
    std::vector<ProviderProbe> probes = co_await checkProviders(http, config, secrets);
    for (const ProviderProbe& probe : probes)
        all.push_back(probe.finding);
    append(all, checkClock(probes, clock.wallNow()));
    append(all, co_await checkLocalServers(http, config));
    co_return all;
}

std::string_view colourOf(Health health) {
    switch (health) {
    case Health::Ok:
        return "\033[32m";
    case Health::Warning:
        return "\033[33m";
    case Health::Problem:
        break;
    }
    return "\033[31m";
}

void print(const Findings& findings) {
    const bool coloured = isTerminal(StandardStream::Output);
    for (const Finding& finding : findings) {
        fmt::print("{}{:<8}{} {}: {}\n", coloured ? colourOf(finding.health) : "", healthName(finding.health),
                   coloured ? "\033[0m" : "", finding.check, finding.text);
        if (!finding.advice.empty())
            fmt::print("         {}\n", finding.advice);
    }
}

void printJson(const Findings& findings, bool well) {
    json::array array;
    for (const Finding& finding : findings) {
        const std::string_view name = healthName(finding.health);
        array.push_back(json::object{{"status", json::string(name.data(), name.size())},
                                     {"check", finding.check},
                                     {"text", finding.text},
                                     {"advice", finding.advice}});
    }
    fmt::print("{}\n", writeJsonPretty(json::object{{"ok", well}, {"findings", std::move(array)}}));
}

awaitable<int> diagnose(DoctorOptions options) {
    auto context = readContext(options.program);
    if (!context) {
        printError(context.error());
        co_return exitCodeOf(context.error());
    }
    const Findings findings = co_await examine(std::move(*context));
    const bool well = std::none_of(findings.begin(), findings.end(),
                                   [](const Finding& finding) { return finding.health == Health::Problem; });
    if (options.json)
        printJson(findings, well);
    else
        print(findings);
    std::fflush(stdout);
    co_return well ? kExitOk : kExitFailure;
}

} // namespace

void addDoctorCommand(CLI::App& app, CommandRunner& run) {
    auto options = std::make_shared<DoctorOptions>();
    CLI::App* command = app.add_subcommand("doctor", "Check configuration, keys, providers, data, port and clock");
    command->add_flag("--json", options->json, "As JSON");
    addProgramOptions(*command, options->program);
    command->callback(
        [options, &run] { run = [options] { return runEngine([options] { return diagnose(*options); }); }; });
}

} // namespace patchbay
