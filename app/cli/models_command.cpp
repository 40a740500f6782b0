// patchbay models: what can be asked, with what the catalogue knows of it.
#include <memory>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/program_context.h"
#include "app/cli/table.h"
#include "app/composition.h"
#include "app/engine.h"
#include "base/json_writer.h"

namespace patchbay {
namespace {

struct ModelsOptions {
    ProgramOptions program;
    bool json = false;
    bool playground = false;
};

struct ListedModel {
    ModelInfo info;
    std::string provider;    ///< empty for a configured name
    std::string deployments; ///< of a configured name
    const CatalogModel* catalogued = nullptr;
    const ModelPrice* price = nullptr;
};

/// "2.5" USD per million tokens; a price is picodollars per token.
std::string perMillion(std::optional<TokenPrice> price) {
    if (!price)
        return "?";
    std::string text = fmt::format("{}.{:06}", *price / 1'000'000, *price % 1'000'000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text;
}

std::string tokens(std::optional<std::int64_t> count) {
    if (!count)
        return "?";
    if (*count >= 1'000'000)
        return fmt::format("{:.3g}M", static_cast<double>(*count) / 1e6);
    return *count >= 1'000 ? fmt::format("{}k", *count / 1'000) : std::to_string(*count);
}

ListedModel describe(ModelInfo info, const Composition& program, const Catalog& catalog, const RoutingTable& routes,
                     WallTime now) {
    ListedModel listed{.info = std::move(info)};
    std::string deployment = listed.info.id;
    for (const ModelEntry& entry : routes.models())
        if (entry.name == listed.info.id) {
            for (const Deployment& one : entry.deployments)
                listed.deployments += (listed.deployments.empty() ? "" : ", ") + one.id();
            deployment = entry.deployments.empty() ? std::string() : entry.deployments.front().id();
        }
    const std::size_t slash = deployment.find('/');
    const std::string provider = deployment.substr(0, slash);
    if (listed.deployments.empty())
        listed.provider = provider;
    if (slash != std::string::npos)
        listed.catalogued = catalog.find(catalogNameOf(program.config(), provider), deployment.substr(slash + 1));
    if (listed.catalogued) {
        listed.price = listed.catalogued->priceAt(now);
        if (!listed.info.contextWindow)
            listed.info.contextWindow = listed.catalogued->contextWindow;
        if (!listed.info.maxOutput)
            listed.info.maxOutput = listed.catalogued->maxOutput;
    }
    return listed;
}

json::value orNull(std::optional<std::int64_t> count) {
    return count ? json::value(*count) : json::value(nullptr);
}

json::object toJson(const ListedModel& model) {
    json::object object{{"id", model.info.id}};
    object["provider"] = model.provider.empty() ? json::value(nullptr) : json::value(model.provider);
    object["deployments"] = model.deployments.empty() ? json::value(nullptr) : json::value(model.deployments);
    object["context_window"] = orNull(model.info.contextWindow);
    object["max_output"] = orNull(model.info.maxOutput);
    const auto rate = [&](std::optional<TokenPrice> TokenRates::* member) {
        const auto price = model.price ? model.price->base.*member : std::nullopt;
        return price ? json::value(static_cast<double>(*price) / 1e6) : json::value(nullptr);
    };
    object["input_usd_per_million"] = rate(&TokenRates::input);
    object["output_usd_per_million"] = rate(&TokenRates::output);
    object["cache_read_usd_per_million"] = rate(&TokenRates::cacheRead);
    return object;
}

void print(const std::vector<ListedModel>& models, bool asJson) {
    if (asJson) {
        json::array array;
        for (const ListedModel& model : models)
            array.push_back(toJson(model));
        fmt::print("{}\n", writeJsonPretty(array));
        return;
    }
    Table table({"MODEL", "CONTEXT", "IN $/M", "OUT $/M", "ANSWERED BY"});
    for (const ListedModel& model : models)
        table.add({model.info.id, tokens(model.info.contextWindow),
                   model.price ? perMillion(model.price->base.input) : "?",
                   model.price ? perMillion(model.price->base.output) : "?",
                   model.deployments.empty() ? model.provider : model.deployments});
    if (!table.empty())
        fmt::print("{}", table.text());
}

// Providers that could not be asked, or did not answer: the list says nothing of them, so this does.
int reportMissing(const RoutingTable& routes, const std::vector<ListedModel>& models) {
    int missing = 0;
    for (const ProviderEntry& entry : routes.providers()) {
        const bool listed = std::any_of(models.begin(), models.end(),
                                        [&](const ListedModel& model) { return model.provider == entry.id; });
        if (listed)
            continue;
        ++missing;
        if (!entry.endpoint)
            printError(entry.endpoint.error());
        else
            printError(makeError(ErrorCode::Unreachable, fmt::format("provider '{}' listed no models", entry.id),
                                 "`patchbay doctor` says why."));
    }
    return missing;
}

awaitable<int> listModels(ModelsOptions options) {
    auto context = readValidContext(options.program);
    if (!context) {
        printError(context.error());
        co_return exitCodeOf(context.error());
    }
    auto built = co_await Composition::build(
        {.places = {.configFile = options.program.configFile, .dataDir = options.program.dataDir},
         .overrides = {},
         .playground = options.playground,
         .storage = false,
         .logLevel = LogLevel::Off});
    if (!built) {
        printError(built.error());
        co_return exitCodeOf(built.error());
    }
    Composition& program = **built;
    const Catalog& catalog = program.catalog();
    const auto routes = program.routes().current();
    std::vector<ListedModel> models;
    for (ModelInfo& info : co_await program.chat().listModels())
        models.push_back(describe(std::move(info), program, catalog, *routes, program.clock().wallNow()));
    print(models, options.json);
    std::fflush(stdout);
    const int missing = reportMissing(*routes, models);
    co_await program.stop();
    co_return missing > 0 && models.empty() ? kExitUnavailable : kExitOk;
}

} // namespace

void addModelsCommand(CLI::App& app, CommandRunner& run) {
    auto options = std::make_shared<ModelsOptions>();
    CLI::App* command = app.add_subcommand("models", "List the models that can be asked");
    command->add_flag("--json", options->json, "As JSON");
    command->add_flag("--playground", options->playground, "Add the practice provider");
    addProgramOptions(*command, options->program);
    command->callback(
        [options, &run] { run = [options] { return runEngine([options] { return listModels(*options); }); }; });
}

} // namespace patchbay
