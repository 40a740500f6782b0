// patchbay config vault set | list | remove: keys in an encrypted file, for machines without a keychain.
#include <memory>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/program_context.h"
#include "app/engine.h"
#include "app/os_terminal.h"

namespace patchbay {
namespace {

struct VaultOptions {
    ProgramOptions program;
    std::string name;
};

Result<Vault> openVault(const VaultOptions& options) {
    const auto context = readContext(options.program);
    if (!context)
        return context.error();
    return Vault(vaultOptions(context->places, context->loaded.environment));
}

int failed(const Error& error) {
    printError(error);
    return exitCodeOf(error);
}

int set(const VaultOptions& options) {
    auto vault = openVault(options);
    if (!vault)
        return failed(vault.error());
    const auto secret = readHiddenLine(fmt::format("{} (not shown): ", options.name));
    if (!secret)
        return failed(secret.error());
    if (const auto stored = vault->set(options.name, *secret); !stored)
        return failed(stored.error());
    fmt::print(stderr, "patchbay: stored; refer to it as \"vault:{}\"\n", options.name);
    return kExitOk;
}

int list(const VaultOptions& options) {
    const auto vault = openVault(options);
    if (!vault)
        return failed(vault.error());
    const auto names = vault->list();
    if (!names)
        return failed(names.error());
    for (const std::string& name : *names)
        fmt::print("{}\n", name);
    return kExitOk;
}

int remove(const VaultOptions& options) {
    auto vault = openVault(options);
    if (!vault)
        return failed(vault.error());
    if (const auto removed = vault->remove(options.name); !removed)
        return failed(removed.error());
    return kExitOk;
}

} // namespace

void addVaultCommand(CLI::App& config, CommandRunner& run) {
    auto options = std::make_shared<VaultOptions>();
    CLI::App* command = config.add_subcommand("vault", "Keys in an encrypted file");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, int (*action)(const VaultOptions&)) {
        CLI::App* sub = command->add_subcommand(name, what);
        addProgramOptions(*sub, options->program);
        sub->callback([options, &run, action] { run = [options, action] { return action(*options); }; });
        return sub;
    };
    add("set", "Store a key; it is read from standard input, without echo", set)
        ->add_option("name", options->name, "Its name in the vault")
        ->required();
    add("list", "The names of what is stored", list);
    add("remove", "Forget a key", remove)->add_option("name", options->name, "Its name")->required();
}

} // namespace patchbay
