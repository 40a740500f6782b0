// Configuration files for the tests. In a header of their own: moc of Qt 6.4 loses its way in raw strings and then
// finds no class in the test's source.
#pragma once

#include <string_view>

namespace patchbay {

inline constexpr std::string_view kFromTheReadme = R"([server]
host = "127.0.0.1"
port = 8484

[[providers]]
id = "openai"
format = "openai"
base_url = "https://api.openai.com/v1"
key = "env:OPENAI_API_KEY"

[[providers]]
id = "local"
format = "ollama"
base_url = "http://127.0.0.1:11434"

[[models]]
name = "fast"
strategy = "latency_optimized"
deployments = [ { provider = "openai", model = "gpt-5.4-mini" }, { provider = "local", model = "llama3.2" } ]
)";

inline constexpr std::string_view kEverySetting = R"(
[server]
host = "::1"
port = 0
auth = "required"
body_limit = "64MiB"
header_limit = 32768
allowed_hosts = ["patchbay.lan"]
allowed_origins = ["https://chat.example.com"]
max_connections = 100
max_connections_per_address = 50
header_timeout = "5s"
body_timeout = 30
idle_timeout = "1m"
write_timeout = "500ms"
shutdown_grace = "off"
[timeouts]
connect = "3s"
headers = "off"
first_token = 2.5
idle = 0
total = "1h"
[chat]
default_model = "a"
[history]
enabled = false
[log]
level = "debug"
[storage]
data_dir = "/srv/patchbay"
[catalog]
prices = "/srv/prices.json"
[network]
ca_file = "/srv/authorities.pem"
[[providers]]
id = "gateway"
format = "openai"
api = "responses"
vendor = "openai"
base_url = "https://ai.example.com/"
key = "vault:gateway"
proxy = "socks5h://127.0.0.1:1080"
headers = { "X-Team" = "blue", "Authorization" = "env:TEAM_AUTH" }
enabled = false
local = true
timeouts = { connect = "1s", first_token = "off" }
[[models]]
name = "a"
deployments = [ { provider = "gateway", model = "m", weight = 2.5, tags = ["eu", "cheap"] } ]
)";

inline constexpr std::string_view kManyMistakes = R"([server]
prot = 8484
port = 99999
[[providers]]
id = "openai"
format = "opnai"
key = "sk-canary-123"
[[models]]
name = "fast"
strategy = "latency_optimised"
deployments = [ { provider = "opnai", model = "m" } ]
)";

inline constexpr std::string_view kCatalogueProviders = R"(
[[providers]]
id = "a"
format = "gemini"
key = "env:K"
[[providers]]
id = "b"
format = "ollama"
base_url = "http://nas.lan:11434"
[[providers]]
id = "c"
format = "ollama"
base_url = "https://ollama.com"
[[providers]]
id = "d"
format = "openai"
base_url = "https://gateway.example.com/v1"
[[providers]]
id = "e"
vendor = "llamacpp"
)";

} // namespace patchbay
