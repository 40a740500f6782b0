#include "app/cli/doctor_checks.h"

#include <filesystem>

#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

#include "base/os_file.h"
#include "storage/database.h"

namespace patchbay {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMiB = 1U << 20U;
constexpr std::uintmax_t kLittleSpace = 500 * kMiB;
constexpr std::uintmax_t kNoSpace = 50 * kMiB;
constexpr std::chrono::minutes kClockTolerance{2};

Finding ok(std::string check, std::string text) {
    return {.health = Health::Ok, .check = std::move(check), .text = std::move(text), .advice = {}};
}

// The nearest folder that exists: where the data directory will be made.
fs::path existing(fs::path path) {
    std::error_code failure;
    path = fs::absolute(path, failure);
    while (!fs::exists(path, failure) && path.has_parent_path() && path != path.parent_path())
        path = path.parent_path();
    return path;
}

void checkSpace(const Places& places, Findings& findings) {
    std::error_code failure;
    const fs::space_info space = fs::space(existing(places.dataDir), failure);
    if (failure) {
        findings.push_back({.health = Health::Warning,
                            .check = "data",
                            .text = fmt::format("the space for {} is not known: {}", places.dataDir, failure.message()),
                            .advice = "Look at the folder's permissions."});
        return;
    }
    const std::string text = fmt::format("{} has {} MiB free", places.dataDir, space.available / kMiB);
    if (space.available >= kLittleSpace)
        findings.push_back(ok("data", text));
    else
        findings.push_back({.health = space.available < kNoSpace ? Health::Problem : Health::Warning,
                            .check = "data",
                            .text = text,
                            .advice = "Make room there, or choose another folder with --data-dir."});
}

awaitable<Finding> checkDatabase(std::string file) {
    auto database = Database::open(DatabaseOptions{.path = file});
    Finding bad{.health = Health::Problem, .check = "database", .text = {}, .advice = {}};
    if (!database) {
        bad.text = database.error().message;
        bad.advice = database.error().hint;
        co_return bad;
    }
    auto verdict =
        co_await (*database)->run([](Connection& connection) { return connection.text("PRAGMA integrity_check(1)"); });
    if (verdict && *verdict == "ok")
        co_return ok("database", file + " is sound");
    bad.text = fmt::format("{} is damaged: {}", file, verdict ? *verdict : verdict.error().message);
    bad.advice = "Stop Patchbay and put back the newest backup that lies beside it.";
    co_return bad;
}

} // namespace

std::string_view healthName(Health health) {
    switch (health) {
    case Health::Ok:
        return "ok";
    case Health::Warning:
        return "warning";
    case Health::Problem:
        break;
    }
    return "problem";
}

Findings checkConfiguration(const ProgramContext& context) {
    Findings findings;
    std::vector<ConfigProblem> problems = context.loaded.problems;
    for (ConfigProblem& problem : problemsOfFiles(context))
        problems.push_back(std::move(problem));
    for (const ConfigProblem& problem : problems) {
        ConfigProblem bare = problem;
        bare.hint.clear();
        findings.push_back(
            {.health = problem.severity == ConfigProblem::Severity::Error ? Health::Problem : Health::Warning,
             .check = "configuration",
             .text = bare.text(),
             .advice =
                 problem.hint.empty() ? "Mend the file; `patchbay config check` checks it again." : problem.hint});
    }
    if (!context.loaded.config)
        return findings;
    const Config& config = context.config();
    const std::string source = context.loaded.fileFound ? context.places.configFile : std::string("no file (defaults)");
    findings.push_back(ok("configuration", fmt::format("{}: {} providers, {} model names", source,
                                                       config.providers.size(), config.models.size())));
    if (config.providers.empty())
        findings.push_back({.health = Health::Warning,
                            .check = "configuration",
                            .text = "no provider is configured, so only the playground answers",
                            .advice = "Set a key (OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY …), or write a "
                                      "configuration: patchbay config init"});
    return findings;
}

awaitable<Findings> checkData(Places places) {
    Findings findings;
    checkSpace(places, findings);
    if (const auto holder = DataLock::holder(places.dataDir)) {
        const std::string who =
            fmt::format("{} (process {})", holder->program.empty() ? "a program" : holder->program, holder->pid);
        findings.push_back(ok("data", holder->url.empty() ? who + " is using it"
                                                          : fmt::format("{} serves it at {}", who, holder->url)));
        co_return findings;
    }
    const std::string file = places.dataDir + "/patchbay.db";
    if (!fileStamp(file)) {
        findings.push_back(ok("database", "none yet; it is made with the first conversation"));
        co_return findings;
    }
    auto lock = DataLock::acquire(places.dataDir, "patchbay doctor");
    if (lock)
        findings.push_back(co_await checkDatabase(file));
    else
        findings.push_back(
            {.health = Health::Problem, .check = "data", .text = lock.error().message, .advice = lock.error().hint});
    co_return findings;
}

Findings checkPort(asio::any_io_executor executor, const ServerConfig& server, const Places& places) {
    using asio::ip::tcp;
    if (server.port == 0)
        return {ok("port", "any free one is taken")};
    const std::string name = fmt::format("port {} on {}", server.port, server.host);
    if (const auto holder = DataLock::holder(places.dataDir);
        holder && holder->url.ends_with(":" + std::to_string(server.port)))
        return {ok("port", name + " is Patchbay's own")};
    boost::system::error_code failure;
    const auto address = asio::ip::make_address(server.host == "localhost" ? "127.0.0.1" : server.host, failure);
    if (failure)
        return {}; // a name: the server looks it up when it starts
    tcp::acceptor acceptor(executor);
    const tcp::endpoint endpoint(address, server.port);
    acceptor.open(endpoint.protocol(), failure);
#if !defined(_WIN32)
    if (!failure)
        acceptor.set_option(tcp::acceptor::reuse_address(true), failure);
#endif
    if (!failure)
        acceptor.bind(endpoint, failure);
    if (!failure)
        acceptor.listen(1, failure);
    if (!failure)
        return {ok("port", name + " is free")};
    return {{.health = Health::Problem,
             .check = "port",
             .text = fmt::format("{} cannot be used: {}", name, failure.message()),
             .advice = "Stop the program that has it, or choose another: patchbay serve --port N, or patchbay config "
                       "set server.port N"}};
}

Findings checkClock(const std::vector<ProviderProbe>& probes, WallTime now) {
    for (const ProviderProbe& probe : probes) {
        if (!probe.date)
            continue;
        const auto difference = std::chrono::duration_cast<std::chrono::seconds>(now - *probe.date);
        if (std::chrono::abs(difference) <= kClockTolerance)
            return {ok("clock", "agrees with the providers'")};
        return {{.health = Health::Warning,
                 .check = "clock",
                 .text = fmt::format("this machine's clock is {} s {} that of {}", std::abs(difference.count()),
                                     difference.count() > 0 ? "ahead of" : "behind", probe.finding.check),
                 .advice = "Set it (timedatectl set-ntp true): certificates and prices go by it."}};
    }
    return {};
}

} // namespace patchbay
