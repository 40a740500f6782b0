#include "app/composition.h"

#include <boost/asio/redirect_error.hpp>

#include "base/worker.h"
#include "pipeline/trace_layer.h"
#include "routing/route_layer.h"
#include "services/endpoints.h"
#include "services/pending_versions.h"

namespace patchbay {
namespace {

constexpr Milliseconds kConfigPollInterval{1'000};
constexpr std::chrono::hours kCleanUpInterval{24};
constexpr std::chrono::minutes kTroubleInterval{1};

// The layers around a call, from the outside in.
HandlerPtr chatPipeline(RoutingSource& routes, ProviderClient& client, Clock& clock, Log& log) {
    return Pipeline{}
        .add<TraceLayer>(clock, log) // first: sees every outcome
        .endWith(std::make_unique<RouteLayer>(routes, client));
}

json::array problemTexts(const std::vector<ConfigProblem>& problems) {
    json::array texts;
    for (const ConfigProblem& problem : problems)
        texts.push_back(json::string(problem.text()));
    return texts;
}

} // namespace

awaitable<Result<std::unique_ptr<Composition>>> Composition::build(CompositionOptions options) {
    std::unique_ptr<Composition> made(new Composition(co_await asio::this_coro::executor));
    if (auto opened = made->openConfiguration(options); !opened)
        co_return opened.error();
    made->openSecrets(options);
    if (auto opened = made->openCatalog(); !opened)
        co_return opened.error();
    if (options.storage)
        if (auto opened = made->openStorage(); !opened)
            co_return opened.error();
    const bool nothingElse = made->config().providers.empty();
    if (options.playground || nothingElse)
        if (auto started = made->startPlayground(); !started)
            co_return started.error();

    co_await made->openRoutes();
    if (auto ready = made->buildPipeline(); !ready)
        co_return ready.error();
    if (made->m_storage)
        if (auto opened = co_await made->openHistory(); !opened)
            co_return opened.error();
    made->m_conversations = std::make_unique<ConversationChat>(ConversationChat::Parts{
        .chat = *made->m_chat,
        .history = made->m_history.get(),
        .defaultModel = [program = made.get()] { return program->config().defaultModel; },
        .cost =
            [program = made.get()](const std::string& provider, const std::string& model, const Usage& usage) {
                return costOfCall(program->config(), program->m_catalog, provider, model, usage,
                                  program->m_clock.wallNow());
            },
        .historyTrouble = [program = made.get()](const Error& error) { program->logHistoryTrouble(error); }});
    made->buildProviders();
    co_return made;
}

awaitable<void> Composition::openRoutes() {
    std::vector<std::string> warnings;
    auto table = co_await runInWorker(m_secretsWorker, [&warnings, config = m_configuration->current(),
                                                  secrets = makeSecrets(), playground = playgroundEntry()] {
        return makeRoutes(config, secrets, playground, &warnings);
    });
    logUnusable(*table);
    m_routes = std::make_unique<RoutingSource>(std::move(table));
    for (const std::string& warning : warnings)
        m_log->warning("secret", {{"warning", warning}});
}

// A missing key is said when a model is asked for, too; a damaged vault must not wait that long.
void Composition::logUnusable(const RoutingTable& table) {
    for (const ProviderEntry& entry : table.providers())
        if (!entry.endpoint)
            m_log->error("provider_unusable", {{"provider", entry.id},
                                               {"code", errorCodeName(entry.endpoint.error().code)},
                                               {"error", entry.endpoint.error().message},
                                               {"hint", entry.endpoint.error().hint}});
}

// A full disk fails every reply's journal: one line a minute says so as well as thousands.
void Composition::logHistoryTrouble(const Error& error) {
    const SteadyTime now = m_clock.now();
    if (m_historyTrouble && now - *m_historyTrouble < kTroubleInterval)
        return;
    m_historyTrouble = now;
    m_log->error("history_not_stored",
                 {{"code", errorCodeName(error.code)},
                  {"error", error.message},
                  {"hint", error.hint.empty() ? "Check the disk of the data directory." : error.hint},
                  {"data_dir", places().dataDir}});
}

// Whether history is on or off, what the last program left unfinished is put in order.
awaitable<Result<void>> Composition::openHistory() {
    co_await takeConfigVersions();
    auto history = std::make_unique<HistoryService>(*m_storage->database, m_clock, m_ids, m_workers.get_executor());
    auto started = co_await history->start();
    if (!started)
        co_return started.error();
    if (started->interrupted > 0)
        m_log->info("recovered_interrupted_replies", {{"count", started->interrupted}});
    if (started->searchRebuilt)
        m_log->info("search_index_rebuilt");
    if (config().historyEnabled)
        m_history = std::move(history);
    co_return Result<void>();
}

awaitable<void> Composition::takeConfigVersions() {
    if (!m_storage)
        co_return;
    ConfigVersionStore versions(*m_storage->database);
    auto taken = co_await takePendingVersions(m_configuration->sources().places.managedFile, versions);
    if (!taken)
        m_log->warning("config_versions_not_taken", {{"error", taken.error().message}, {"hint", taken.error().hint}});
}

Result<void> Composition::openCatalog() {
    auto catalog = loadCatalog(config(), m_configuration->sources().places);
    if (!catalog)
        return catalog.error();
    m_catalog = std::move(*catalog);
    return {};
}

Result<void> Composition::openConfiguration(const CompositionOptions& options) {
    const Environment environment = Environment::ofProcess();
    auto places = findPlaces(environment, thisOperatingSystem(), options.places);
    if (!places)
        return places.error();
    auto store = ConfigStore::open(ConfigSources{
        .places = std::move(*places), .environment = environment, .overrides = options.overrides});
    if (!store)
        return store.error();
    m_configuration = std::move(*store);
    m_log = std::make_unique<Log>(options.logLevel.value_or(config().logLevel));
    for (const ConfigProblem& warning : m_configuration->warnings())
        m_log->warning("configuration", {{"problem", warning.text()}});
    m_configuration->onProblems([this](const std::vector<ConfigProblem>& problems) {
        m_log->error("configuration_refused",
                     {{"problems", problemTexts(problems)}, {"kept", "the configuration that was in force"}});
    });
    return {};
}

Result<void> Composition::openStorage() {
    const Places data = places();
    auto lock = DataLock::acquire(data.dataDir, "patchbay");
    if (!lock)
        return lock.error();
    auto database = Database::open(DatabaseOptions{.path = data.dataDir + "/patchbay.db"});
    if (!database)
        return database.error();
    m_storage.reset(new Storage{.lock = std::move(*lock), .database = std::move(*database)});
    return {};
}

Result<void> Composition::startPlayground() {
    m_playground = std::make_unique<playground::PlaygroundServer>(m_executor, m_clock, playground::PlaygroundOptions{});
    return m_playground->start();
}

// [storage] data_dir moves the database and the vault together.
Places Composition::places() const {
    Places places = m_configuration->sources().places;
    if (!config().dataDir.empty())
        places.setDataDir(config().dataDir, thisOperatingSystem());
    return places;
}

void Composition::openSecrets(const CompositionOptions& options) {
    const Places data = places();
    Vault::Options vault{.file = data.vaultFile, .keyFile = data.vaultKeyFile, .passphrase = std::nullopt};
    if (auto passphrase = m_configuration->environment().get("PATCHBAY_VAULT_PASSPHRASE"))
        vault.passphrase = Secret(std::move(*passphrase));
    m_vault = std::make_shared<Vault>(std::move(vault));
    m_keychain = options.keychain ? options.keychain : std::make_shared<NoKeychain>();
}

Secrets Composition::makeSecrets() const {
    return Secrets(m_configuration->environment(), m_configuration->sources().places.configDir, m_keychain, m_vault);
}

void Composition::buildProviders() {
    m_providers = std::make_unique<ProviderEditor>(
        ProviderEditor::Parts{.config = *m_configuration,
                              .executor = m_executor,
                              .workers = m_secretsWorker,
                              .clock = m_clock,
                              .log = *m_log,
                              .keys = std::make_shared<KeyStore>(m_keychain, m_vault),
                              .secrets = [this] { return makeSecrets(); },
                              .reload = [this] { return reload(); },
                              .versions = m_storage ? &m_storage->configVersions : nullptr});
}

std::optional<ProviderEntry> Composition::playgroundEntry() const {
    if (!m_playground)
        return std::nullopt;
    auto endpoint = std::make_shared<Endpoint>();
    endpoint->provider = "playground";
    endpoint->baseUrl = "http://127.0.0.1:" + std::to_string(m_playground->port()) + "/v1";
    endpoint->quirks.reasoningField = "reasoning_content";
    endpoint->proxy = "none";
    endpoint->local = true;
    return ProviderEntry{.id = "playground",
                         .endpoint = std::shared_ptr<const Endpoint>(std::move(endpoint)),
                         .timeouts = CallTimeouts{},
                         .onlyWhenNamed = true};
}

std::shared_ptr<const RoutingTable> Composition::makeRoutes(std::shared_ptr<const Config> config, Secrets secrets,
                                                            std::optional<ProviderEntry> playground,
                                                            std::vector<std::string>* warnings) {
    auto table = buildRoutingTable(*config, secrets, warnings);
    if (!playground || table->provider("playground"))
        return table;
    std::vector<ProviderEntry> providers = table->providers();
    providers.push_back(std::move(*playground));
    return std::make_shared<const RoutingTable>(std::move(providers), table->models());
}

Result<void> Composition::buildPipeline() {
    HttpClient::Options http;
    auto caFile = findCaFile(config(), m_configuration->sources().places, m_configuration->environment());
    if (!caFile)
        return caFile.error();
    http.caFile = std::move(*caFile);
    m_http = std::make_unique<HttpClient>(m_executor, m_clock, std::move(http));
    m_client = std::make_unique<ProviderClient>(*m_http, m_clock, &m_workers);
    m_pipeline = chatPipeline(*m_routes, *m_client, m_clock, *m_log);
    m_chat = std::make_unique<ChatService>(*m_pipeline, *m_routes, *m_client, m_ids, m_clock, m_log.get());
    return {};
}

awaitable<void> Composition::reload() {
    const std::shared_ptr<const Config> now = m_configuration->current();
    struct Made {
        std::shared_ptr<const RoutingTable> table;
        std::vector<std::string> warnings;
    };
    Made made = co_await runInWorker(
        m_secretsWorker, [now, secrets = makeSecrets(), playground = playgroundEntry()] {
            Made result;
            result.table = makeRoutes(now, secrets, playground, &result.warnings);
            return result;
        });
    logUnusable(*made.table);
    m_routes->replace(std::move(made.table));
    for (const std::string& warning : made.warnings)
        m_log->warning("secret", {{"warning", warning}});
    m_log->info("configuration_reloaded", {{"providers", now->providers.size()}, {"models", now->models.size()}});
}

awaitable<void> Composition::watchConfiguration() {
    for (;;) {
        m_pollTimer.expires_after(kConfigPollInterval);
        boost::system::error_code woken; // by askForReload(); a real cancellation throws at the next co_await
        if (!m_reloadAsked)
            co_await m_pollTimer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        const bool asked = std::exchange(m_reloadAsked, false);
        const std::shared_ptr<const Config> before = m_configuration->current();
        if (asked)
            m_configuration->reload();
        else
            m_configuration->poll();
        const std::shared_ptr<const Config> now = m_configuration->current();
        if (now == before)
            continue;
        for (const std::string& setting : settingsThatNeedRestart(*before, *now))
            m_log->warning("setting_needs_restart", {{"setting", setting}});
        co_await reload();
        co_await takeConfigVersions();
    }
}

void Composition::askForReload() {
    m_log->info("configuration_reload_asked");
    m_reloadAsked = true;
    m_pollTimer.cancel();
}

awaitable<void> Composition::cleanUpDaily() {
    for (;;) {
        if (m_history)
            if (auto cleaned = co_await m_history->cleanUp(); !cleaned)
                m_log->warning("clean_up_failed", {{"error", cleaned.error().message}});
        co_await m_clock.sleepFor(kCleanUpInterval);
    }
}

awaitable<void> Composition::stop() {
    if (m_playground)
        co_await m_playground->stop();
}

} // namespace patchbay
