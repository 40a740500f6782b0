// patchbay config check | show | path | set | unset | init | vault
#include <charconv>
#include <memory>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/config_example.h"
#include "app/cli/config_view.h"
#include "app/cli/program_context.h"
#include "app/engine.h"
#include "base/json_writer.h"
#include "base/os_file.h"
#include "base/strings.h"
#include "services/config_store.h"
#include "services/pending_versions.h"
#include "storage/config_version_store.h"
#include "storage/database.h"

namespace patchbay {
namespace {

struct ConfigOptions {
    ProgramOptions program;
    bool json = false;
    std::string key;
    std::string value;
};

int failed(const Error& error) {
    printError(error);
    return exitCodeOf(error);
}

json::object problemToJson(const ConfigProblem& problem) {
    return {{"severity", problem.severity == ConfigProblem::Severity::Error ? "error" : "warning"},
            {"source", problem.origin.source},
            {"line", problem.origin.line},
            {"column", problem.origin.column},
            {"message", problem.message},
            {"hint", problem.hint}};
}

int check(const ConfigOptions& options) {
    const auto context = readContext(options.program);
    if (!context)
        return failed(context.error());
    std::vector<ConfigProblem> all = context->loaded.problems;
    const std::vector<ConfigProblem> files = problemsOfFiles(*context);
    all.insert(all.end(), files.begin(), files.end());
    const bool sound = context->loaded.config != nullptr && files.empty();
    if (options.json) {
        json::array problems;
        for (const ConfigProblem& problem : all)
            problems.push_back(problemToJson(problem));
        fmt::print("{}\n", writeJsonPretty(json::object{{"ok", sound}, {"problems", std::move(problems)}}));
        return sound ? kExitOk : kExitConfiguration;
    }
    for (const ConfigProblem& problem : all)
        fmt::print("{}\n", problem.text());
    if (!sound)
        return kExitConfiguration;
    const Config& config = context->config();
    fmt::print("{}: ok ({} providers, {} models)\n",
               context->loaded.fileFound ? context->places.configFile : std::string("no configuration file"),
               config.providers.size(), config.models.size());
    return kExitOk;
}

int show(const ConfigOptions& options) {
    const auto context = readValidContext(options.program);
    if (!context)
        return failed(context.error());
    if (options.json) {
        fmt::print("{}\n", writeJsonPretty(configToJson(context->config())));
        return kExitOk;
    }
    const auto text = configToToml(context->config());
    if (!text)
        return failed(text.error());
    fmt::print("{}", *text);
    return kExitOk;
}

int path(const ConfigOptions& options) {
    const auto context = readContext(options.program);
    if (!context)
        return failed(context.error());
    const Places& places = context->places;
    if (options.json) {
        fmt::print("{}\n", writeJsonPretty(json::object{{"config", places.configFile},
                                                        {"managed", places.managedFile},
                                                        {"dotenv", places.dotEnvFile},
                                                        {"prices", places.pricesFile},
                                                        {"data_dir", places.dataDir},
                                                        {"vault", places.vaultFile}}));
        return kExitOk;
    }
    const auto line = [](std::string_view name, const std::string& file) {
        fmt::print("{:<14}{}{}\n", name, file, fileStamp(file) ? "" : "  (not there)");
    };
    line("configuration", places.configFile);
    line("managed", places.managedFile);
    line("variables", places.dotEnvFile);
    line("prices", places.pricesFile);
    line("vault", places.vaultFile);
    line("data", places.dataDir);
    return kExitOk;
}

int init(const ConfigOptions& options) {
    const auto context = readContext(options.program);
    if (!context)
        return failed(context.error());
    const std::string& file = context->places.configFile;
    if (fileStamp(file))
        return failed(makeError(ErrorCode::Conflict, file + " is there already, and Patchbay never writes over it",
                                "Open it in an editor, or name another file with --config."));
    if (const auto written = writeFileAtomically(file, exampleConfiguration(), FileMode::Private); !written)
        return failed(written.error());
    fmt::print("{}\n", file);
    return kExitOk;
}

/// "server.port" with 9000 -> {"server": {"port": 9000}}. Providers' and models' names may hold dots: what lies between
/// the first and the last dot is one name.
Result<json::object> patchOf(const std::string& key, json::value value) {
    const auto first = key.find('.');
    const auto last = key.rfind('.');
    if (first == std::string::npos || first == 0 || last + 1 == key.size())
        return makeError(ErrorCode::InvalidRequest, "'" + key + "' names no setting",
                         "Write SECTION.NAME, for example server.port or providers.openai.base_url.");
    json::object inner{{key.substr(last + 1), std::move(value)}};
    if (first != last)
        inner = json::object{{key.substr(first + 1, last - first - 1), std::move(inner)}};
    return json::object{{key.substr(0, first), std::move(inner)}};
}

// true, 12 and ["a"] are what they look like; everything else is a text.
json::value typedValue(const std::string& text) {
    auto parsed = parseJson(text);
    const bool typed =
        parsed && (parsed->is_bool() || parsed->is_number() || parsed->is_array() || parsed->is_object());
    return typed ? *parsed : json::value(text);
}

// Into the database where it is free, with what waited before it.
awaitable<Result<void>> intoDatabase(Places places, ConfigVersion version) {
    auto lock = DataLock::acquire(places.dataDir, "patchbay");
    if (!lock)
        co_return lock.error();
    auto database = Database::open(DatabaseOptions{.path = places.dataDir + "/patchbay.db"});
    if (!database)
        co_return database.error();
    ConfigVersionStore versions(**database);
    if (auto taken = co_await takePendingVersions(places.managedFile, versions); !taken)
        co_return taken.error();
    auto added = co_await versions.add(std::move(version));
    if (!added)
        co_return added.error();
    co_return Result<void>();
}

awaitable<int> keep(Places places, std::string note, std::string text) {
    SystemClock clock;
    const ConfigVersion version{.createdAt = toUnixMilliseconds(clock.wallNow()),
                                .author = "command line",
                                .note = std::move(note),
                                .content = std::move(text)};
    if (fileStamp(places.dataDir + "/patchbay.db") && !DataLock::holder(places.dataDir))
        if (auto kept = co_await intoDatabase(places, version); kept)
            co_return kExitOk;
    // Whoever has the database next, or now, takes it from there.
    IdGenerator ids(clock);
    if (auto left = leavePendingVersion(places.managedFile, version, ids); !left)
        fmt::print(stderr, "patchbay: changed, but not noted in the history of changes: {}\n", left.error().message);
    co_return kExitOk;
}

int change(const ConfigOptions& options, bool remove) {
    const auto context = readValidContext(options.program);
    if (!context)
        return failed(context.error());
    auto store = ConfigStore::open(context->sources);
    if (!store)
        return failed(store.error());
    auto patch = patchOf(options.key, remove ? json::value(nullptr) : typedValue(options.value));
    if (!patch)
        return failed(patch.error());
    if (remove) {
        const auto there = (*store)->manages(*patch);
        if (!there)
            return failed(there.error());
        if (!*there) {
            printError(makeError(ErrorCode::NotFound, options.key + " is not set in " + context->places.managedFile,
                                 "`patchbay config show` shows what is in force; your own file is yours to edit."));
            return kExitFailure;
        }
    }
    auto text = (*store)->applyManaged(*patch);
    if (!text && !remove && typedValue(options.value) != json::value(options.value)) { // "4" may be a name
        if (auto asText = (*store)->applyManaged(*patchOf(options.key, json::value(options.value))))
            text = std::move(asText);
    }
    if (!text)
        return failed(text.error());
    fmt::print(stderr, "patchbay: written to {}\n", context->places.managedFile);
    const std::string note = (remove ? "unset " : "set ") + options.key;
    return runEngine([&] { return keep(context->places, note, *text); });
}

} // namespace

void addConfigCommand(CLI::App& app, CommandRunner& run) {
    auto options = std::make_shared<ConfigOptions>();
    CLI::App* command = app.add_subcommand("config", "Look into the configuration and change it");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, std::function<int(const ConfigOptions&)> action) {
        CLI::App* sub = command->add_subcommand(name, what);
        addProgramOptions(*sub, options->program);
        sub->callback([options, &run, action] { run = [options, action] { return action(*options); }; });
        return sub;
    };
    const auto addJson = [&](CLI::App* to) { to->add_flag("--json", options->json, "As JSON"); };
    addJson(add("check", "Check all of it; every problem with file, line and column", check));
    addJson(add("show", "What is in force, from all files, variables and defaults; secrets as references", show));
    addJson(add("path", "Where everything lies", path));
    CLI::App* set = add("set", "Change a setting (kept in managed.toml, never in your file)",
                        [](const ConfigOptions& given) { return change(given, false); });
    set->add_option("key", options->key, "For example chat.default_model or providers.openai.base_url")->required();
    set->add_option("value", options->value, "Its value")->required();
    CLI::App* unset =
        add("unset", "Take back what `set` changed", [](const ConfigOptions& given) { return change(given, true); });
    unset->add_option("key", options->key, "The setting")->required();
    add("init", "Write a commented example where there is no configuration yet", init);
    addVaultCommand(*command, run);
}

} // namespace patchbay
