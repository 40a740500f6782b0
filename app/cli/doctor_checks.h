// What `patchbay doctor` looks at. Each check gives lines that say how it is and what to do; none changes anything,
// and none prints a key.
#pragma once

#include <string>
#include <vector>

#include "app/cli/program_context.h"
#include "net/http_client.h"

namespace patchbay {

enum class Health : std::uint8_t { Ok, Warning, Problem };
std::string_view healthName(Health health); ///< "ok", "warning", "problem"

struct Finding {
    Health health = Health::Ok;
    std::string check; ///< "configuration", "provider openai", "data", "port", "clock", …
    std::string text;
    std::string advice; ///< what to do; empty where nothing is to be done
};
using Findings = std::vector<Finding>;

Findings checkConfiguration(const ProgramContext& context);
/// Space, rights, who holds it, and whether the database is sound (only where nobody holds it).
awaitable<Findings> checkData(Places places);
/// Whether the server's port can be bound.
Findings checkPort(asio::any_io_executor executor, const ServerConfig& server, const Places& places);

/// What asking a provider for its models gave.
struct ProviderProbe {
    Finding finding;
    std::optional<WallTime> date; ///< its clock, as its answer says
};
/// Keys, then one request of at most 5 s each, all at once.
awaitable<std::vector<ProviderProbe>> checkProviders(HttpClient& http, const Config& config, const Secrets& secrets);
/// One GET to each usual port of this machine, 300 ms.
awaitable<Findings> checkLocalServers(HttpClient& http, const Config& config);
/// Against the dates of the answers that came.
Findings checkClock(const std::vector<ProviderProbe>& probes, WallTime now);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
std::optional<WallTime> parseHttpDate(std::string_view text);

} // namespace patchbay
