// patchbay conversations list | show | search | export | import | delete
#include <ctime>
#include <memory>

#include <fmt/format.h>

#include "app/cli/chat_printer.h"
#include "app/cli/commands.h"
#include "app/cli/conversations_import.h"
#include "app/cli/conversations_source.h"
#include "app/cli/program_context.h"
#include "app/cli/remote_api.h"
#include "app/cli/table.h"
#include "app/composition.h"
#include "app/engine.h"
#include "app/os_terminal.h"
#include "base/json_writer.h"
#include "base/os_file.h"

namespace patchbay {
namespace {

struct ConversationsOptions {
    ProgramOptions program;
    bool json = false;
    int limit = 20;
    bool trash = false;
    bool forGood = false;
    std::vector<std::string> ids;
    std::string format = "md";
    std::string output;
    std::vector<std::string> words;
};

using Action = awaitable<Result<void>> (*)(ConversationsOptions, ConversationsSource&);

std::string localTime(std::int64_t milliseconds) {
    const std::time_t seconds = static_cast<std::time_t>(milliseconds / 1000);
    std::tm parts{};
#if defined(_WIN32)
    localtime_s(&parts, &seconds);
#else
    localtime_r(&seconds, &parts);
#endif
    char text[32] = {};
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
    return text;
}

const json::array& itemsOf(const json::object& object, std::string_view key) {
    static const json::array kNone;
    const json::array* items = findArray(object, key);
    return items ? *items : kNone;
}

// Where a terminal reads it, what was written long ago must not steer it either.
void printText(std::string_view text) {
    fmt::print("{}", isTerminal(StandardStream::Output) ? withoutControls(text) : std::string(text));
}

awaitable<Result<void>> list(ConversationsOptions options, ConversationsSource& source) {
    auto page = co_await source.list(options.limit, options.trash);
    if (!page)
        co_return page.error();
    const json::array& items = itemsOf(*page, "conversations");
    if (options.json) {
        fmt::print("{}\n", writeJsonPretty(items));
        co_return Result<void>();
    }
    Table table({"ID", "LAST USED", "MODEL", "TITLE"});
    for (const json::value& item : items)
        if (const json::object* one = item.if_object())
            table.add({std::string(stringOr(*one, "id")), localTime(findInt(*one, "updated_at").value_or(0)),
                       std::string(stringOr(*one, "model")), std::string(stringOr(*one, "title"))});
    if (table.empty())
        fmt::print(stderr, "patchbay: no conversations{}\n", options.trash ? " in the trash" : " yet");
    else
        fmt::print("{}", table.text());
    co_return Result<void>();
}

awaitable<Result<void>> show(ConversationsOptions options, ConversationsSource& source) {
    if (options.json) {
        auto conversation = co_await source.show(options.ids.front());
        if (!conversation)
            co_return conversation.error();
        fmt::print("{}\n", writeJsonPretty(*conversation));
        co_return Result<void>();
    }
    auto text = co_await source.exported(options.ids.front(), "md");
    if (!text)
        co_return text.error();
    printText(*text);
    co_return Result<void>();
}

awaitable<Result<void>> search(ConversationsOptions options, ConversationsSource& source) {
    auto page = co_await source.search(fmt::format("{}", fmt::join(options.words, " ")), std::min(options.limit, 100));
    if (!page)
        co_return page.error();
    if (options.json) {
        fmt::print("{}\n", writeJsonPretty(*page));
        co_return Result<void>();
    }
    Table table({"CONVERSATION", "WHEN", "WHO", "TEXT"});
    for (const json::value& item : itemsOf(*page, "hits"))
        if (const json::object* hit = item.if_object()) {
            const std::string_view role = stringOr(*hit, "role");
            table.add({std::string(stringOr(*hit, "conversation_id")),
                       localTime(findInt(*hit, "created_at").value_or(0)), std::string(role.empty() ? "title" : role),
                       std::string(stringOr(*hit, "snippet"))});
        }
    if (!table.empty())
        fmt::print("{}", table.text());
    fmt::print(stderr, "patchbay: {} found\n", stringOr(*page, "total"));
    co_return Result<void>();
}

awaitable<Result<void>> exportOne(ConversationsOptions options, ConversationsSource& source) {
    auto text = co_await source.exported(options.ids.front(), options.format);
    if (!text)
        co_return text.error();
    if (options.output.empty()) {
        std::fwrite(text->data(), 1, text->size(), stdout);
        co_return Result<void>();
    }
    // A folder that is not there is more likely a slip than a wish.
    if (const std::string folder = parentPath(options.output); !fileStamp(folder))
        co_return makeError(ErrorCode::NotFound, "there is no folder " + folder,
                            "Make it first, or choose another file.");
    if (auto written = writeFileAtomically(options.output, *text, FileMode::Private); !written)
        co_return written.error();
    fmt::print(stderr, "patchbay: written to {}\n", options.output);
    co_return Result<void>();
}

awaitable<Result<void>> removeThem(ConversationsOptions options, ConversationsSource& source) {
    for (const std::string& id : options.ids) {
        if (auto removed = co_await source.remove(id, options.forGood); !removed)
            co_return removed.error();
        fmt::print(stderr, "patchbay: {} {}\n", id,
                   options.forGood ? "is gone" : "is in the trash, which is emptied after 30 days");
    }
    co_return Result<void>();
}

awaitable<Result<void>> runLocally(ConversationsOptions options, Action action) {
    auto built = co_await Composition::build(
        {.places = {.configFile = options.program.configFile, .dataDir = options.program.dataDir},
         .overrides = {},
         .playground = false,
         .storage = true,
         .logLevel = LogLevel::Off});
    if (!built)
        co_return built.error();
    Result<void> done = historyOffError();
    if (HistoryService* history = (*built)->history()) {
        const auto source = localConversations(*history);
        done = co_await action(std::move(options), *source);
    }
    co_await (*built)->stop();
    co_return done;
}

awaitable<Result<void>> runAction(ConversationsOptions options, Action action) {
    auto context = readValidContext(options.program);
    if (!context)
        co_return context.error();
    const auto holder = otherProgram(context->places);
    if (!holder)
        co_return co_await runLocally(std::move(options), action);
    if (holder->url.empty())
        co_return dataHeldError(*holder, context->places.dataDir);
    SystemClock clock;
    RemoteApi api(co_await asio::this_coro::executor, clock, *holder, remoteToken(*holder));
    const auto source = remoteConversations(api);
    co_return co_await action(std::move(options), *source);
}

awaitable<int> perform(ConversationsOptions options, Action action) {
    auto done = co_await runAction(std::move(options), action);
    std::fflush(stdout);
    if (done)
        co_return kExitOk;
    printError(done.error());
    co_return exitCodeOf(done.error());
}

CLI::App* addAction(CLI::App& parent, CommandRunner& run, const std::shared_ptr<ConversationsOptions>& options,
                    const std::string& name, const std::string& what, Action action) {
    CLI::App* command = parent.add_subcommand(name, what);
    command->callback([options, &run, action] {
        run = [options, action] { return runEngine([options, action] { return perform(*options, action); }); };
    });
    addProgramOptions(*command, options->program);
    return command;
}

} // namespace

void addConversationsCommand(CLI::App& app, CommandRunner& run) {
    auto options = std::make_shared<ConversationsOptions>();
    CLI::App* command = app.add_subcommand("conversations", "Look into the history of conversations");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, Action action) {
        return addAction(*command, run, options, name, what, action);
    };
    const auto addId = [&](CLI::App* to) { to->add_option("id", options->ids, "Its id")->required()->expected(1); };
    const auto addLimit = [&](CLI::App* to) {
        to->add_option("-n,--limit", options->limit, "At most this many")
            ->check(CLI::Range(1, 500))
            ->capture_default_str();
    };
    const auto addJson = [&](CLI::App* to) { to->add_flag("--json", options->json, "As JSON"); };

    CLI::App* lister = add("list", "The most recently used ones", list);
    addLimit(lister);
    addJson(lister);
    lister->add_flag("--trash", options->trash, "Those in the trash");
    CLI::App* shower = add("show", "Its active branch as Markdown, or all of it as JSON", show);
    addId(shower);
    addJson(shower);
    CLI::App* searcher = add("search", "Full-text search, newest first", search);
    searcher->add_option("text", options->words, "What to look for; \"quotes\" hold a phrase together")->required();
    addLimit(searcher);
    addJson(searcher);
    CLI::App* exporter = add("export", "Write it as Markdown, JSON or HTML", exportOne);
    addId(exporter);
    exporter->add_option("--format", options->format, "md, json (every branch) or html")
        ->check(CLI::IsMember({"md", "json", "html"}))
        ->capture_default_str();
    exporter->add_option("-o,--output", options->output, "File; else standard output");
    addConversationsImport(*command, run);
    CLI::App* remover = add("delete", "Move it to the trash", removeThem);
    remover->add_option("id", options->ids, "One id or more")->required();
    remover->add_flag("--permanent", options->forGood, "For good, at once");
}

} // namespace patchbay
