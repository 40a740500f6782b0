// patchbay conversations import FILE: takes over an export of ChatGPT or Claude.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"

namespace patchbay {

/// Adds the subcommand to `conversations`.
void addConversationsImport(CLI::App& conversations, CommandRunner& run);

} // namespace patchbay
