// Model servers on this machine: looks whether one answers at its usual port. One GET each to loopback, at most 300 ms;
// nothing else is looked at, and nothing is remembered.
#pragma once

#include <string_view>
#include <vector>

#include "net/http_client.h"
#include "services/config.h"

namespace patchbay {

struct LocalServer {
    std::string_view title;   ///< "Ollama"
    std::string_view vendor;  ///< as in knownVendors()
    std::string_view baseUrl; ///< "http://127.0.0.1:11434"
};

/// Ollama (11434), llama.cpp (8080) and LM Studio (1234), as far as they answer like themselves and `config` has no
/// provider at that port of this machine. All are asked at once.
awaitable<std::vector<LocalServer>> findLocalServers(HttpClient& http, const Config& config);

} // namespace patchbay
