// The subcommands of `patchbay`, one file each. A command adds its options to the parser and leaves what to run.
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "base/error.h"

namespace patchbay {

/// Set by the chosen subcommand's parse callback; run after parsing. Returns an ExitCode.
using CommandRunner = std::function<int()>;

void addChatCommand(CLI::App& app, CommandRunner& run);
void addConfigCommand(CLI::App& app, CommandRunner& run);
void addConversationsCommand(CLI::App& app, CommandRunner& run);
void addDoctorCommand(CLI::App& app, CommandRunner& run);
void addModelsCommand(CLI::App& app, CommandRunner& run);
void addPlaygroundCommand(CLI::App& app, CommandRunner& run);
void addServeCommand(CLI::App& app, CommandRunner& run);
/// `vault`, below `config`.
void addVaultCommand(CLI::App& config, CommandRunner& run);
void addVersionCommand(CLI::App& app, CommandRunner& run);

/// `patchbay: message` and what to do next, on standard error.
void printError(const Error& error);
/// The exit code that fits an error.
int exitCodeOf(const Error& error);

} // namespace patchbay
