// patchbay chat: one question, or a conversation typed line by line.
#include <memory>

#include <fmt/format.h>

#include "app/cli/chat_backend.h"
#include "app/cli/chat_input.h"
#include "app/cli/chat_printer.h"
#include "app/cli/commands.h"
#include "app/cli/program_context.h"
#include "app/cli/remote_api.h"
#include "app/composition.h"
#include "app/engine.h"
#include "app/os_terminal.h"

namespace patchbay {
namespace {

struct ChatOptions {
    ProgramOptions program;
    std::vector<std::string> words;
    std::vector<std::string> images;
    std::string model;
    std::string system;
    std::string conversation;
    bool goOn = false;
    bool history = true;
    bool json = false;
    bool playground = false;
    bool verbose = false;
    bool interactive = false;
    std::string text; // words and standard input
};

bool isPlayground(const std::string& model, const std::string& provider) {
    return provider == "playground" || model.starts_with("playground/");
}

// Where the answers come from: objects of this program, or the other program's API.
struct ChatSource {
    SystemClock clock;
    std::string defaultModel; ///< empty = none
    bool keeps = false;       ///< whether conversations are kept
    std::unique_ptr<Composition> program;
    std::unique_ptr<RemoteApi> api;
    std::unique_ptr<ChatBackend> backend;
};

awaitable<Result<void>> openSource(ChatOptions options, ChatSource& source) {
    auto context = readValidContext(options.program);
    if (!context)
        co_return context.error();
    const bool store = options.history && context->config().historyEnabled;
    source.keeps = store;
    source.defaultModel = defaultModelOf(context->config());
    if (store) {
        if (const auto holder = otherProgram(context->places)) {
            if (holder->url.empty())
                co_return dataHeldError(*holder, context->places.dataDir);
            source.api = std::make_unique<RemoteApi>(co_await asio::this_coro::executor, source.clock, *holder,
                                                     remoteToken(*holder));
            source.backend = remoteChat(*source.api);
            if (options.verbose)
                fmt::print(stderr, "patchbay: {} has the data and answers, with its configuration\n",
                           source.api->url());
            co_return Result<void>();
        }
    }
    CompositionOptions wanted{.places = {.configFile = options.program.configFile, .dataDir = options.program.dataDir},
                              .playground = options.playground || isPlayground(options.model, {}),
                              .storage = store};
    if (!options.verbose)
        wanted.logLevel = LogLevel::Off;
    auto built = co_await Composition::build(std::move(wanted));
    if (!built)
        co_return built.error();
    source.program = std::move(*built);
    source.backend = localChat(*source.program);
    co_return Result<void>();
}

Error noModelError() {
    return makeError(ErrorCode::InvalidRequest, "no model is named, and there is no default one",
                     "Pass --model PROVIDER/MODEL (`patchbay models` lists them), or: patchbay config set "
                     "chat.default_model PROVIDER/MODEL");
}

/// What goes from one turn of a conversation to the next.
struct Dialogue {
    std::string model;
    std::string conversation;
    std::vector<Message> messages; // without a history: all so far
    bool warned = false;
};

// Said once: nobody is to take its answers for a model's.
void warnAboutPlayground(const ChatOptions& options, const std::string& model, const std::string& provider,
                         Dialogue& dialogue) {
    if (!isPlayground(model, provider) || std::exchange(dialogue.warned, true))
        return;
    fmt::print(stderr, "patchbay: this is the playground, which repeats what it is told: no model is asked.\n");
    if (options.model.empty() && !options.playground)
        fmt::print(stderr, "          To ask a real one, set its key (OPENAI_API_KEY, ANTHROPIC_API_KEY, …) or write a "
                           "configuration: patchbay config init\n");
}

awaitable<ChatTurnEnd> runTurn(ChatOptions options, ChatSource& source, Dialogue& dialogue, Message message,
                               std::shared_ptr<ChatPrinter> printer) {
    ChatTurn turn{.model = dialogue.model, .conversationId = dialogue.conversation, .store = options.history};
    if (source.keeps) {
        turn.messages.push_back(std::move(message));
    } else {
        dialogue.messages.push_back(std::move(message));
        turn.messages = dialogue.messages;
    }
    if (!options.system.empty())
        turn.system = options.system;
    warnAboutPlayground(options, dialogue.model, {}, dialogue);
    ChatTurnEnd end = co_await source.backend->turn(std::move(turn), printer);
    if (source.keeps && !end.conversationId.empty())
        dialogue.conversation = end.conversationId;
    printer->finish(end);
    warnAboutPlayground(options, end.model, end.provider, dialogue);
    if (end.error)
        printError(*end.error);
    co_return end;
}

int exitCodeOfTurn(const ChatTurnEnd& end) {
    if (end.error)
        return exitCodeOf(*end.error);
    return end.finishReason == "stopped" ? kExitInterrupted : kExitOk;
}

constexpr std::string_view kHelp = "/new        a new conversation\n"
                                   "/model NAME ask another model from now on\n"
                                   "/exit       leave (also Ctrl+D)\n"
                                   "A line that ends with \\ goes on in the next one. Ctrl+C stops an answer.\n";

// True when the line was a command.
bool takeCommand(const std::string& line, Dialogue& dialogue, bool& leave) {
    if (line == "/exit" || line == "/quit")
        leave = true;
    else if (line == "/new")
        dialogue = Dialogue{.model = dialogue.model};
    else if (line.starts_with("/model "))
        dialogue.model = line.substr(7);
    else if (line == "/help" || line == "/?")
        fmt::print(stderr, "{}", kHelp);
    else
        return false;
    return true;
}

awaitable<Result<std::optional<std::string>>> readQuestion(TerminalLines& lines) {
    std::string question;
    fmt::print(stderr, "> ");
    for (;;) {
        auto line = co_await lines.next();
        if (!line)
            co_return line.error();
        if (!*line)
            co_return question.empty() ? std::optional<std::string>() : std::optional(question);
        question += **line;
        if (!question.ends_with('\\'))
            co_return std::optional(question);
        question.back() = '\n';
        fmt::print(stderr, ". ");
    }
}

awaitable<int> talk(ChatOptions options, ChatSource& source, Dialogue dialogue, Interrupts& interrupts) {
    auto lines = TerminalLines::open(co_await asio::this_coro::executor);
    if (!lines) {
        printError(lines.error());
        co_return kExitUsage;
    }
    fmt::print(stderr, "/help shows what can be typed beside questions; Ctrl+D leaves.\n");
    for (bool leave = false; !leave;) {
        auto question = co_await readQuestion(**lines); // Ctrl+C throws here and leaves
        if (!question || !*question)
            break;
        if ((*question)->empty() || takeCommand(**question, dialogue, leave))
            continue;
        auto message = userMessage(**question, std::exchange(options.images, {}));
        if (!message) {
            printError(message.error());
            continue;
        }
        auto printer = std::make_shared<ChatPrinter>(PrinterOptions{.json = options.json, .details = true});
        const ChatTurnEnd end = co_await runTurn(options, source, dialogue, std::move(*message), printer);
        if (!dialogue.messages.empty()) {
            if (!printer->text().empty())
                dialogue.messages.push_back(textMessage(Role::Assistant, printer->text()));
            else if (end.error)
                dialogue.messages.pop_back(); // nobody has heard the question
        }
        if (end.finishReason == "stopped") {
            co_await asio::this_coro::reset_cancellation_state();
            interrupts.handled();
        }
    }
    fmt::print(stderr, "\n");
    co_return kExitOk;
}

awaitable<int> askOnce(ChatOptions options, ChatSource& source, Dialogue dialogue) {
    auto message = userMessage(options.text, options.images);
    if (!message) {
        printError(message.error());
        co_return exitCodeOf(message.error());
    }
    const bool details = options.verbose || isTerminal(StandardStream::Error);
    auto printer = std::make_shared<ChatPrinter>(PrinterOptions{.json = options.json, .details = details});
    const ChatTurnEnd end = co_await runTurn(options, source, dialogue, std::move(*message), printer);
    co_return exitCodeOfTurn(end);
}

awaitable<Result<Dialogue>> beginDialogue(ChatOptions options, ChatSource& source) {
    Dialogue dialogue{.model = options.model, .conversation = options.conversation, .messages = {}};
    if (options.goOn) {
        auto last = co_await source.backend->lastConversation();
        if (!last)
            co_return last.error();
        dialogue.conversation = std::move(*last);
    }
    if (dialogue.model.empty() && dialogue.conversation.empty()) {
        dialogue.model = source.defaultModel;
        if (dialogue.model.empty())
            co_return noModelError();
    }
    co_return dialogue;
}

awaitable<int> chat(ChatOptions options, Interrupts& interrupts) {
    ChatSource source;
    int code = kExitOk;
    auto opened = co_await openSource(options, source);
    if (!opened) {
        printError(opened.error());
        co_return exitCodeOf(opened.error());
    }
    co_await asio::this_coro::throw_if_cancelled(false);
    auto dialogue = co_await beginDialogue(options, source);
    if (dialogue) {
        code = options.interactive ? co_await talk(options, source, std::move(*dialogue), interrupts)
                                   : co_await askOnce(options, source, std::move(*dialogue));
    } else {
        printError(dialogue.error());
        code = exitCodeOf(dialogue.error());
    }
    co_await asio::this_coro::reset_cancellation_state();
    if (source.program)
        co_await source.program->stop();
    co_return code;
}

int runChat(ChatOptions options) {
    options.interactive = options.words.empty() && isTerminal(StandardStream::Input);
    if (!options.interactive) {
        auto text = chatText(options.words);
        if (!text) {
            printError(text.error());
            return exitCodeOf(text.error());
        }
        options.text = std::move(*text);
        if (options.text.empty() && options.images.empty()) {
            printError(makeError(ErrorCode::InvalidRequest, "there is nothing to ask",
                                 "Pass a text, pipe one into standard input, or run it in a terminal to be asked."));
            return kExitUsage;
        }
    }
    return runEngine([options](Interrupts& interrupts) { return chat(options, interrupts); });
}

} // namespace

void addChatCommand(CLI::App& app, CommandRunner& run) {
    auto options = std::make_shared<ChatOptions>();
    CLI::App* command = app.add_subcommand("chat", "Ask a model; without a text, talk to it line by line");
    command->add_option("text", options->words, "What to ask; standard input is appended where it is no terminal");
    command->add_option("-m,--model", options->model, "A configured name, or PROVIDER/MODEL");
    command->add_option("-s,--system", options->system, "System prompt");
    command->add_option("--image", options->images, "Picture to send along (PNG, JPEG, GIF, WebP); may be repeated")
        ->allow_extra_args(false);
    auto* id = command->add_option("--conversation", options->conversation, "Go on with this conversation");
    auto* goOn = command->add_flag("-c,--continue", options->goOn, "Go on with the conversation used last");
    auto* forget = command->add_flag("!--no-history", options->history, "Keep nothing of this");
    id->excludes(goOn)->excludes(forget);
    goOn->excludes(forget);
    command->add_flag("--json", options->json, "Every event of the answer as a line of JSON");
    command->add_flag("--playground", options->playground, "Add the practice provider (no key, no network)");
    command->add_flag("-v,--verbose", options->verbose, "Model, tokens, cost and the log on standard error");
    addProgramOptions(*command, options->program);
    command->callback([options, &run] { run = [options] { return runChat(*options); }; });
}

} // namespace patchbay
