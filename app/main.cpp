// patchbay: the command line and the headless server.
#include <algorithm>
#include <filesystem>
#include <string_view>

#include <QCoreApplication>

#include "app/cli/commands.h"
#include "app/engine.h"
#include "app/os_process.h"

namespace {

using namespace patchbay;

constexpr std::string_view kAllowCore = "--allow-core";

// The desktop window where there is one beside this program and a display to show it on.
void openDesktop() {
    const std::filesystem::path desktop = std::filesystem::path(programFolder()) /
#if defined(_WIN32)
                                          "patchbay-desktop.exe";
#else
                                          "patchbay-desktop";
#endif
    std::error_code failure;
    if (hasDisplay() && std::filesystem::exists(desktop, failure))
        becomeProgram(desktop.string());
}

} // namespace

int main(int argc, char** argv) {
    // Before anything can hold a key.
    hardenProcess(std::any_of(argv, argv + argc, [](const char* argument) { return argument == kAllowCore; }));
    if (argc == 1)
        openDesktop();
    QCoreApplication application(argc, argv); // the SQL plug-ins need it, before any thread
    CLI::App app("Patchbay: chat with many models from one place, or serve them to your programs.", "patchbay");
    app.require_subcommand(0, 1);
    app.fallthrough(); // --allow-core may stand anywhere
    bool allowCore = false;
    app.add_flag(std::string(kAllowCore), allowCore, "Leave core dumps and debuggers on (they can show keys)");
    app.footer(
        "Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 wrong configuration, 4 not available, 130 interrupted.");
    CommandRunner run;
    addServeCommand(app, run);
    addChatCommand(app, run);
    addModelsCommand(app, run);
    addConversationsCommand(app, run);
    addConfigCommand(app, run);
    addDoctorCommand(app, run);
    addPlaygroundCommand(app, run);
    addVersionCommand(app, run);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? kExitOk : kExitUsage;
    }
    if (!run) {
        std::fputs(app.help().c_str(), stdout);
        return kExitOk;
    }
    return run();
}
