// Builds every object of the program once, in the order in which they depend on each other, and holds them. Nothing in
// core/ makes its own collaborators; what stands behind an interface is decided here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "catalog/catalog.h"
#include "net/provider_client.h"
#include "pipeline/pipeline.h"
#include "playground/playground_server.h"
#include "routing/routing_table.h"
#include "services/chat_service.h"
#include "services/config_store.h"
#include "services/conversation_chat.h"
#include "services/history_service.h"
#include "services/provider_editor.h"
#include "services/secrets.h"
#include "storage/config_version_store.h"
#include "storage/data_lock.h"
#include "storage/database.h"
#include "storage/response_store.h"
#include "storage/settings_store.h"

namespace patchbay {

struct CompositionOptions {
    PlaceOptions places;
    std::vector<ConfigOverride> overrides;
    bool playground = false;          ///< run the playground in this process, as the provider "playground"
    bool storage = true;              ///< take the data directory; without it there is no history
    std::optional<LogLevel> logLevel; ///< instead of the configured one, for commands that talk to a person
    std::shared_ptr<Keychain> keychain; ///< the system's store of passwords; nullptr = this program has none
};

/// The store and what stands on it; only one program at a time has it.
struct Storage {
    std::unique_ptr<DataLock> lock;
    std::unique_ptr<Database> database;
    ResponseStore responses{*database};
    SettingsStore settings{*database};
    ConfigVersionStore configVersions{*database};
};

class Composition {
public:
    /// Reads the configuration, opens the store, starts the playground where it is wanted or nothing else is
    /// configured. Errors: Configuration (every problem), Conflict (another program has the data), Corrupt,
    /// StorageFull.
    static awaitable<Result<std::unique_ptr<Composition>>> build(CompositionOptions options);

    /// Follows changes of the configuration files until cancelled.
    awaitable<void> watchConfiguration();
    /// Makes watchConfiguration read the configuration again at once, changed or not (SIGHUP).
    void askForReload();
    /// Empties the history's trash of what is old, now and once a day, until cancelled.
    awaitable<void> cleanUpDaily();
    /// Stops what build() started.
    awaitable<void> stop();

    const Config& config() const { return *m_configuration->current(); }
    ConfigStore& configuration() { return *m_configuration; }
    ChatService& chat() { return *m_chat; }
    ProviderEditor& providers() { return *m_providers; }
    /// Conversations for every front; they are kept where history is on.
    ConversationChat& conversations() { return *m_conversations; }
    HistoryService* history() { return m_history.get(); } ///< nullptr where history is off
    const Catalog& catalog() const { return m_catalog; }
    RoutingSource& routes() { return *m_routes; }
    ProviderClient& client() { return *m_client; }
    HttpClient& http() { return *m_http; }
    Clock& clock() { return m_clock; }
    IdGenerator& ids() { return m_ids; }
    Log& log() { return *m_log; }
    asio::thread_pool& workers() { return m_workers; }
    Storage* storage() { return m_storage.get(); } ///< nullptr without storage
    /// Where things lie, with [storage] data_dir taken into account.
    Places places() const;

private:
    explicit Composition(asio::any_io_executor executor) : m_executor(std::move(executor)) {}

    Result<void> openConfiguration(const CompositionOptions& options);
    void openSecrets(const CompositionOptions& options);
    Result<void> openCatalog();
    awaitable<void> openRoutes();
    Result<void> openStorage();
    awaitable<Result<void>> openHistory();
    Result<void> startPlayground();
    /// Resolves secrets: may take a while, so it runs on a worker.
    static std::shared_ptr<const RoutingTable> makeRoutes(std::shared_ptr<const Config> config, Secrets secrets,
                                                          std::optional<ProviderEntry> playground,
                                                          std::vector<std::string>* warnings);
    Secrets makeSecrets() const;
    std::optional<ProviderEntry> playgroundEntry() const;
    awaitable<void> reload();
    void logUnusable(const RoutingTable& table);
    void logHistoryTrouble(const Error& error);
    Result<void> buildPipeline();
    void buildProviders();
    /// Versions of managed.toml that programs left which had no database.
    awaitable<void> takeConfigVersions();

    asio::any_io_executor m_executor;
    SystemClock m_clock;
    IdGenerator m_ids{m_clock};
    std::unique_ptr<Log> m_log;
    asio::thread_pool m_workers{2};
    asio::thread_pool m_secretsWorker{1}; // keychain and vault: one at a time, and a person may keep it waiting
    std::unique_ptr<ConfigStore> m_configuration;
    std::shared_ptr<Keychain> m_keychain;
    std::shared_ptr<Vault> m_vault; // used on m_secretsWorker only
    Catalog m_catalog;
    std::unique_ptr<Storage> m_storage;
    std::unique_ptr<playground::PlaygroundServer> m_playground;
    std::unique_ptr<RoutingSource> m_routes;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<ProviderClient> m_client;
    HandlerPtr m_pipeline;
    std::unique_ptr<ChatService> m_chat;
    std::unique_ptr<HistoryService> m_history;
    std::unique_ptr<ConversationChat> m_conversations;
    std::unique_ptr<ProviderEditor> m_providers;
    std::optional<SteadyTime> m_historyTrouble; // when it was logged last
    asio::steady_timer m_pollTimer{m_executor};
    bool m_reloadAsked = false;
};

} // namespace patchbay
