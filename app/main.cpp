// patchbay: the command line and the headless server.
#include <QCoreApplication>

#include "app/cli/commands.h"
#include "app/engine.h"

int main(int argc, char** argv) {
    using namespace patchbay;
    QCoreApplication application(argc, argv); // the SQL plug-ins need it, before any thread
    CLI::App app("Patchbay: chat with many models from one place, or serve them to your programs.", "patchbay");
    app.require_subcommand(0, 1);
    app.footer("Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 wrong configuration, 4 not available, 130 interrupted.");
    CommandRunner run;
    addPlaygroundCommand(app, run);
    addServeCommand(app, run);
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
