#include "app/cli/conversations_import.h"

#include <cstdio>

#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

#include "app/cli/chat_printer.h"
#include "app/cli/program_context.h"
#include "app/cli/remote_api.h"
#include "app/composition.h"
#include "app/engine.h"
#include "app/os_terminal.h"
#include "base/json_writer.h"
#include "services/chat_import.h"

namespace patchbay {
namespace {

struct ImportOptions {
    ProgramOptions program;
    std::string file;
    bool json = false;
};

void showProgress(const ImportProgress& progress) {
    const auto percent = progress.bytesTotal ? progress.bytesRead * 100 / progress.bytesTotal : 0;
    fmt::print(stderr, "\rpatchbay: {}%, {} conversations", percent, progress.conversations);
    std::fflush(stderr);
}

json::object toJson(const ImportSummary& summary) {
    json::array skips;
    for (const ImportSkip& skip : summary.skips)
        skips.push_back(json::object{{"entry", skip.number}, {"title", skip.title}, {"reason", skip.reason}});
    return {{"source", importSourceName(summary.source)},
            {"created", summary.created},
            {"extended", summary.extended},
            {"unchanged", summary.unchanged},
            {"in_trash", summary.inTrash},
            {"messages", summary.messages},
            {"skipped", summary.skipped},
            {"skips", std::move(skips)},
            {"cancelled", summary.cancelled}};
}

void print(const ImportSummary& summary) {
    fmt::print("{}: {} conversations imported, {} brought up to date, {} here already; {} new messages\n",
               importSourceName(summary.source), summary.created, summary.extended, summary.unchanged,
               summary.messages);
    if (summary.inTrash > 0)
        fmt::print("{} are in the trash and stay there\n", summary.inTrash);
    if (summary.skipped > 0)
        fmt::print("{} skipped:\n", summary.skipped);
    for (const ImportSkip& skip : summary.skips)
        fmt::print("  {}: {}\n",
                   skip.title.empty() ? fmt::format("entry {}", skip.number) : withoutControls(skip.title),
                   skip.reason);
    if (summary.skipped > static_cast<int>(summary.skips.size()))
        fmt::print("  and {} more\n", summary.skipped - static_cast<int>(summary.skips.size()));
}

awaitable<Result<ImportSummary>> importFile(ImportOptions options) {
    auto context = readValidContext(options.program);
    if (!context)
        co_return context.error();
    if (const auto holder = otherProgram(context->places))
        co_return makeError(ErrorCode::Conflict,
                            fmt::format("Another Patchbay is using the data in {}.", context->places.dataDir),
                            "Import in its window, or stop it first.");
    auto built = co_await Composition::build(
        {.places = {.configFile = options.program.configFile, .dataDir = options.program.dataDir},
         .overrides = {},
         .playground = false,
         .storage = true,
         .logLevel = LogLevel::Off});
    if (!built)
        co_return built.error();
    Result<ImportSummary> summary = historyOffError();
    if ((*built)->history()) {
        const bool terminal = isTerminal(StandardStream::Error);
        ChatImport import_(*(*built)->storage()->database, (*built)->workers());
        summary = co_await import_.importFile(options.file, [terminal](const ImportProgress& progress) {
            if (terminal && progress.conversations % 20 == 0)
                showProgress(progress);
        });
        if (terminal)
            fmt::print(stderr, "\r\x1b[K");
    }
    co_await asio::this_coro::reset_cancellation_state(); // a Ctrl+C has been dealt with
    co_await (*built)->stop();
    co_return summary;
}

awaitable<int> perform(ImportOptions options) {
    auto summary = co_await importFile(options);
    if (!summary) {
        printError(summary.error());
        co_return exitCodeOf(summary.error());
    }
    if (options.json)
        fmt::print("{}\n", writeJsonPretty(toJson(*summary)));
    else
        print(*summary);
    std::fflush(stdout);
    if (summary->error) {
        printError(*summary->error);
        co_return exitCodeOf(*summary->error);
    }
    co_return summary->cancelled ? kExitInterrupted : kExitOk;
}

} // namespace

void addConversationsImport(CLI::App& conversations, CommandRunner& run) {
    auto options = std::make_shared<ImportOptions>();
    CLI::App* command =
        conversations.add_subcommand("import", "Take over an export of ChatGPT or Claude; again adds only what is new");
    command->add_option("file", options->file, "Its .zip or conversations.json")->required();
    command->add_flag("--json", options->json, "As JSON");
    command->callback(
        [options, &run] { run = [options] { return runEngine([options] { return perform(*options); }); }; });
    addProgramOptions(*command, options->program);
}

} // namespace patchbay
