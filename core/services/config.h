// The configuration as values: an immutable snapshot that each request keeps while a reload makes another. Everything
// in it has been checked as a whole; docs/CONFIGURATION.md is its reference.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "providers/codec.h"
#include "routing/routing_table.h"
#include "services/secret.h"

namespace patchbay {

enum class AuthMode : std::uint8_t {
    Auto,    ///< callers on loopback need no key
    Required ///< everybody does
};

struct ServerConfig {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8484; ///< 0 = any free one
    AuthMode auth = AuthMode::Auto;
    std::size_t bodyLimit = 32U << 20U;
    std::size_t headerLimit = 64U << 10U;
    std::vector<std::string> allowedHosts;   ///< beside loopback names and the bound address; "*" = any
    std::vector<std::string> allowedOrigins; ///< beside the server's own; "*" = any
    std::size_t maxConnections = 4096;
    std::size_t maxConnectionsPerAddress = 2048;
    Milliseconds headerTimeout{10'000};
    Milliseconds bodyTimeout{60'000};
    Milliseconds idleTimeout{75'000};
    Milliseconds writeTimeout{60'000};
    Milliseconds shutdownGrace{30'000}; ///< how long running answers may go on after a stop
    bool operator==(const ServerConfig&) const = default;
};

/// The five clocks of calls to vendors; nullopt = not said here, zero = off.
struct TimeoutsConfig {
    std::optional<Milliseconds> connect;
    std::optional<Milliseconds> headers;
    std::optional<Milliseconds> firstToken;
    std::optional<Milliseconds> idle;
    std::optional<Milliseconds> total;
    bool operator==(const TimeoutsConfig&) const = default;
};

/// A text that may hold a secret: either the text or a reference to it.
struct TextOrSecret {
    std::string text;
    std::optional<SecretRef> secret;
    bool operator==(const TextOrSecret&) const = default;
};

struct HeaderConfig {
    std::string name;
    TextOrSecret value;
    bool operator==(const HeaderConfig&) const = default;
};

struct ProviderConfig {
    std::string id; ///< what stands before the slash in "provider/model"
    WireFormat format = WireFormat::OpenAiChat;
    std::string vendor;  ///< as in knownVendors(); empty = nobody in particular
    std::string baseUrl; ///< normalised
    std::optional<SecretRef> key;
    TextOrSecret proxy; ///< URL; empty = the system's; "none" = direct
    std::vector<HeaderConfig> headers;
    bool enabled = true;
    bool local = false; ///< on this machine or in its network
    TimeoutsConfig timeouts;
    bool operator==(const ProviderConfig&) const = default;
};

struct Config {
    ServerConfig server;
    TimeoutsConfig timeouts;
    std::vector<ProviderConfig> providers; ///< disabled ones too
    std::vector<ModelEntry> models;
    std::string defaultModel; ///< [chat] default_model; may be empty
    bool historyEnabled = true;
    LogLevel logLevel = LogLevel::Info;
    std::string dataDir;    ///< [storage] data_dir; empty = the system's place
    std::string pricesFile; ///< [catalog] prices; see loadCatalog()
    std::string caFile;     ///< [network] ca_file: whom to trust in TLS; empty = SSL_CERT_FILE, else the system
    /// The user's file names no provider, so the usual environment variables make some.
    bool providersFromEnvironment = false;

    const ProviderConfig* provider(std::string_view id) const;
};

/// The clocks in force for a provider: its own, else [timeouts], else the defaults, which are longer for local ones and
/// for models that reason (`thinking`).
CallTimeouts callTimeoutsOf(const Config& config, const ProviderConfig& provider, bool thinking = false);
/// Whether a request for this name would find somebody to ask: a name of [[models]], "*", or provider/model.
bool mayRoute(const Config& config, std::string_view model);
/// The provider's name in the catalogue of models and prices; empty = unknown there.
std::string_view catalogProviderOf(const ProviderConfig& provider);
/// The settings that changed but are read at start only ("server.port"), for a warning after a reload.
std::vector<std::string> settingsThatNeedRestart(const Config& before, const Config& after);

} // namespace patchbay
