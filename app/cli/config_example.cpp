#include "app/cli/config_example.h"

namespace patchbay {

std::string_view exampleConfiguration() {
    return R"toml(# Patchbay's configuration. Every line here is a comment: take away the # where you want something.
# `patchbay config check` tells what is wrong with it; a running server takes changes over within two seconds.
#
# With no [[providers]] at all, every vendor whose usual variable is set (OPENAI_API_KEY, ANTHROPIC_API_KEY,
# GEMINI_API_KEY …) is used as it is.

# [server]
# host = "127.0.0.1"      # other addresses need auth = "required"
# port = 8484
# auth = "auto"           # "required": callers on this machine need a key, too

# [chat]
# default_model = "fast"  # what `patchbay chat` asks

# Keys are never written here, only where they are: "env:NAME", "file:PATH", "vault:NAME" (`patchbay config vault set NAME`).
# [[providers]]
# id = "openai"
# format = "openai"
# base_url = "https://api.openai.com/v1"
# key = "env:OPENAI_API_KEY"

# [[providers]]
# id = "anthropic"
# format = "anthropic"
# base_url = "https://api.anthropic.com"
# key = "env:ANTHROPIC_API_KEY"

# [[providers]]
# id = "local"
# format = "ollama"
# base_url = "http://127.0.0.1:11434"

# A name that programs ask for, and who answers it: the first that can.
# [[models]]
# name = "fast"
# strategy = "latency_optimized"
# deployments = [ { provider = "openai", model = "gpt-5.4-mini" }, { provider = "local", model = "llama3.2" } ]
)toml";
}

} // namespace patchbay
