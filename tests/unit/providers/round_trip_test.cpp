// One property for every wire format: what one direction writes, the other direction of the same format reads back
// equal. Requests and replies are made at random (fixed seeds) within what a format can carry, see kRows.
#include <random>

#include "base/json_writer.h"
#include "base/strings.h"
#include "chat/reply_builder.h"
#include "providers/codec.h"

#include <QTest>

class RoundTripTest : public QObject {
    Q_OBJECT

private slots:
    void requestsAreReadBackEqual_data() { formats(); }
    void requestsAreReadBackEqual();
    void streamedRepliesAreReadBackEqual_data() { formats(); }
    void streamedRepliesAreReadBackEqual();
    void plainRepliesAreReadBackEqual_data() { formats(); }
    void plainRepliesAreReadBackEqual();

private:
    static void formats();
};

using namespace patchbay;

namespace {

constexpr int kCases = 300;

/// What a format can carry; a new format adds a row.
struct Row {
    WireFormat format;
    std::string_view baseUrl;
    // Requests
    bool imageUrls = false;
    bool pdfs = false;
    bool cacheBreakpoints = false;
    bool signedThinking = false; // goes back to the vendor
    bool thinkingIds = false;    // and needs its item id
    bool plainThinking = false;
    bool resultsShareMessage = false;
    bool resultNames = false; // results name their tool
    bool resultErrors = false;
    bool toolStrict = false;
    bool toolStrictAlways = false; // absent means something else than elsewhere
    bool toolChoice = false;
    bool parallelCalls = false;
    bool jsonObject = false;
    bool formatNames = false;
    bool thoughtsAskedFor = false; // effort always asks to see the thinking
    bool topK = false;
    bool stop = false;
    bool penalties = false; // and seed
    bool user = false;
    bool needsMaxTokens = false;
    // Replies
    bool replySignature = false;
    bool replyRedacted = false;
    bool replyId = true;
    bool cacheUsage = false;
    bool reasoningUsage = false;
};

constexpr std::array kRows{
    Row{.format = WireFormat::OpenAiChat,
        .baseUrl = "http://h/v1",
        .imageUrls = true,
        .pdfs = true,
        .toolStrict = true,
        .toolChoice = true,
        .parallelCalls = true,
        .jsonObject = true,
        .formatNames = true,
        .topK = true,
        .stop = true,
        .penalties = true,
        .user = true,
        .cacheUsage = true,
        .reasoningUsage = true},
    Row{.format = WireFormat::OpenAiResponses,
        .baseUrl = "http://h/v1",
        .imageUrls = true,
        .pdfs = true,
        .signedThinking = true,
        .thinkingIds = true,
        .resultsShareMessage = true,
        .toolStrict = true,
        .toolStrictAlways = true,
        .toolChoice = true,
        .parallelCalls = true,
        .jsonObject = true,
        .formatNames = true,
        .user = true,
        .cacheUsage = true,
        .reasoningUsage = true},
    Row{.format = WireFormat::Anthropic,
        .baseUrl = "http://h",
        .imageUrls = true,
        .pdfs = true,
        .cacheBreakpoints = true,
        .signedThinking = true,
        .resultsShareMessage = true,
        .resultErrors = true,
        .toolStrict = true,
        .toolChoice = true,
        .parallelCalls = true,
        .topK = true,
        .stop = true,
        .user = true,
        .needsMaxTokens = true,
        .replySignature = true,
        .replyRedacted = true,
        .cacheUsage = true,
        .reasoningUsage = true},
    Row{.format = WireFormat::Ollama,
        .baseUrl = "http://h",
        .plainThinking = true,
        .resultNames = true,
        .jsonObject = true,
        .topK = true,
        .stop = true,
        .penalties = true,
        .replyId = false},
    Row{.format = WireFormat::Gemini,
        .baseUrl = "http://h",
        .signedThinking = true,
        .resultsShareMessage = true,
        .resultNames = true,
        .resultErrors = true,
        .toolChoice = true,
        .jsonObject = true,
        .thoughtsAskedFor = true,
        .topK = true,
        .stop = true,
        .penalties = true,
        .replySignature = true,
        .cacheUsage = true,
        .reasoningUsage = true},
};

/// Same numbers on every platform: the standard fixes mt19937, not the distributions.
class Random {
public:
    explicit Random(unsigned seed) : m_engine(seed) {}
    unsigned below(unsigned limit) { return static_cast<unsigned>(m_engine() % limit); }
    bool coin() { return below(2) == 0; }
    template <std::size_t size> const char* pick(const char* const (&list)[size]) {
        return list[below(static_cast<unsigned>(size))];
    }
    std::string text() {
        static constexpr const char* kWords[]{"Grüezi",     "你好，世界",  "🙂👩‍👩‍👧",
                                              "\"quoted\"", "back\\slash", "line\nbreak",
                                              "a<b>&c",     "plain ",      "\ttab",
                                              "data: x",    "{\"j\":1}",   "é",
                                              "\u2028"};
        std::string result;
        for (unsigned i = 1 + below(4); i > 0; --i)
            result += pick(kWords);
        return "x" + result + "."; // no white space at the ends: formats trim it differently
    }
    std::string arguments() {
        json::object object;
        for (unsigned i = below(4); i > 0; --i)
            object["k" + std::to_string(i)] = value(2);
        return writeJson(object);
    }
    json::object schema() {
        json::object properties;
        for (unsigned i = 1 + below(3); i > 0; --i)
            properties["p" + std::to_string(9 - i)] = json::object{{"type", pick({"string", "integer", "boolean"})}};
        return {{"type", "object"}, {"properties", std::move(properties)}, {"required", json::array{"p8"}}};
    }

private:
    json::value value(int depth) {
        switch (below(depth > 0 ? 6 : 4)) {
        case 0:
            return json::value(text());
        case 1:
            return json::value(static_cast<std::int64_t>(below(1'000'000)) - 500'000);
        case 2:
            return json::value(0.25 * (1 + below(9)) + 0.125);
        case 3:
            return json::value(coin());
        case 4:
            return json::array{value(depth - 1), value(depth - 1)};
        default:
            return json::object{{"in", value(depth - 1)}};
        }
    }
    std::mt19937 m_engine;
};

class RequestMaker {
public:
    RequestMaker(const Row& row, unsigned seed) : m_row(row), m_random(seed) {}
    ChatRequest make();

private:
    std::optional<CacheBreakpoint> cache() {
        if (!m_row.cacheBreakpoints || m_random.below(3) > 0)
            return std::nullopt;
        return CacheBreakpoint{.ttl = m_random.pick({"", "5m", "1h"})};
    }
    Message userMessage();
    Message assistantMessage(unsigned calls);
    void addResults(ChatRequest& request, const Message& assistant);
    void addTools(ChatRequest& request);
    void addSettings(ChatRequest& request);

    const Row& m_row;
    Random m_random;
    unsigned m_calls = 0;
};

Message RequestMaker::userMessage() {
    Message message{.role = Role::User};
    if (m_random.below(4) == 0)
        message.parts.emplace_back(
            ImagePart{.source = {.mediaType = "image/png", .data = "iVBORw0KGgo="}, .cache = cache()});
    if (m_row.imageUrls && m_random.below(4) == 0)
        message.parts.emplace_back(ImagePart{.source = {.url = "https://example.org/a.png?b=1&c"}});
    if (m_row.pdfs && m_random.below(4) == 0)
        message.parts.emplace_back(
            FilePart{.source = {.mediaType = "application/pdf", .data = "JVBERi0="}, .filename = "a.pdf"});
    message.parts.emplace_back(TextPart{.text = m_random.text(), .cache = cache()});
    return message;
}

Message RequestMaker::assistantMessage(unsigned calls) {
    Message message{.role = Role::Assistant};
    if (m_row.signedThinking && m_random.coin())
        message.parts.emplace_back(
            ReasoningPart{.text = m_random.text(), .signature = "c2ln", .id = m_row.thinkingIds ? "rs_1" : ""});
    else if (m_row.plainThinking && m_random.coin())
        message.parts.emplace_back(ReasoningPart{.text = m_random.text()});
    if (calls == 0 || m_random.coin())
        message.parts.emplace_back(TextPart{.text = m_random.text()});
    for (unsigned i = 0; i < calls; ++i)
        message.parts.emplace_back(ToolCallPart{
            .id = "call_" + std::to_string(m_calls++), .name = "tool_a", .arguments = m_random.arguments()});
    return message;
}

void RequestMaker::addResults(ChatRequest& request, const Message& assistant) {
    Message results{.role = Role::Tool};
    for (const ContentPart& part : assistant.parts) {
        const auto* call = std::get_if<ToolCallPart>(&part);
        if (!call)
            continue;
        ToolResultPart result{.toolCallId = call->id, .content = {TextPart{.text = m_random.text()}}};
        if (m_row.resultNames)
            result.name = call->name;
        result.isError = m_row.resultErrors && m_random.coin();
        result.cache = cache();
        results.parts.emplace_back(std::move(result));
        if (!m_row.resultsShareMessage) {
            request.messages.push_back(std::move(results));
            results = Message{.role = Role::Tool};
        }
    }
    if (!results.parts.empty())
        request.messages.push_back(std::move(results));
}

void RequestMaker::addTools(ChatRequest& request) {
    for (const char* name : {"tool_a", "tool_b"}) {
        Tool tool{.name = name, .description = m_random.coin() ? m_random.text() : "", .parameters = m_random.schema()};
        if (m_row.toolStrictAlways || (m_row.toolStrict && m_random.coin()))
            tool.strict = m_random.coin();
        tool.cache = cache();
        request.tools.push_back(std::move(tool));
    }
    if (!m_row.toolChoice || m_random.coin())
        return;
    const std::array modes{ToolChoice::Mode::Auto, ToolChoice::Mode::None, ToolChoice::Mode::Required,
                           ToolChoice::Mode::Named};
    request.toolChoice = ToolChoice{.mode = modes[m_random.below(4)]};
    if (request.toolChoice->mode == ToolChoice::Mode::Named)
        request.toolChoice->name = "tool_b";
    if (m_row.parallelCalls && request.toolChoice->mode != ToolChoice::Mode::None && m_random.coin())
        request.parallelToolCalls = m_random.coin();
}

void RequestMaker::addSettings(ChatRequest& request) {
    Sampling& sampling = request.sampling;
    if (m_row.needsMaxTokens || m_random.coin())
        sampling.maxOutputTokens = 1 + m_random.below(5000);
    if (m_random.coin())
        sampling.temperature = m_random.below(11) / 10.0;
    if (m_random.coin())
        sampling.topP = (1 + m_random.below(20)) / 20.0;
    if (m_row.topK && m_random.coin())
        sampling.topK = 1 + m_random.below(100);
    if (m_row.stop && m_random.coin())
        sampling.stop = {"END", m_random.text()};
    if (m_row.penalties && m_random.coin()) {
        sampling.presencePenalty = 0.5;
        sampling.frequencyPenalty = -0.25;
        sampling.seed = m_random.below(100'000);
    }
    if (m_row.user && m_random.coin())
        request.user = "someone";
    if (m_random.below(3) == 0) {
        request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonSchema, .schema = m_random.schema()};
        if (m_row.formatNames) {
            request.format->name = "answer";
            request.format->strict = m_random.coin();
        }
    } else if (m_row.jsonObject && m_random.below(3) == 0) {
        request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonObject};
    }
    if (m_random.below(3) == 0)
        request.reasoning = ReasoningOptions{.effort = m_random.pick({"low", "medium", "high"}),
                                             .summary = m_row.thoughtsAskedFor ? "auto" : ""};
    request.stream = m_random.coin();
}

ChatRequest RequestMaker::make() {
    ChatRequest request{.model = "some-model"};
    if (m_random.coin())
        request.messages.push_back(
            {.role = Role::System, .parts = {TextPart{.text = m_random.text(), .cache = cache()}}});
    for (unsigned turns = m_random.below(4); turns > 0; --turns) {
        request.messages.push_back(userMessage());
        const Message assistant = assistantMessage(m_random.below(3));
        request.messages.push_back(assistant);
        addResults(request, assistant);
    }
    request.messages.push_back(userMessage());
    if (m_calls > 0 || m_random.coin())
        addTools(request);
    addSettings(request);
    return request;
}

ChatReply makeReply(const Row& row, Random& random) {
    ChatReply reply{.id = "resp_1", .model = "alias", .choices = std::vector<ReplyChoice>(1)};
    ReplyChoice& choice = reply.choices[0];
    if (random.coin())
        choice.message.parts.emplace_back(
            ReasoningPart{.text = random.text(), .signature = row.replySignature && random.coin() ? "c2ln" : ""});
    if (row.replyRedacted && random.below(3) == 0)
        choice.message.parts.emplace_back(ReasoningPart{.redacted = "cmVk"});
    const unsigned calls = random.below(4);
    if (calls == 0 || random.coin())
        choice.message.parts.emplace_back(TextPart{.text = random.text()});
    for (unsigned i = 0; i < calls; ++i)
        choice.message.parts.emplace_back(
            ToolCallPart{.id = "c" + std::to_string(i), .name = "tool_a", .arguments = random.arguments()});
    choice.finished = true;
    choice.finish.reason = calls > 0       ? FinishReason::ToolCalls
                           : random.coin() ? FinishReason::Stop
                                           : FinishReason::Length;
    reply.usage.inputTotal = 100 + random.below(100);
    reply.usage.outputTotal = 50 + random.below(100);
    if (row.cacheUsage)
        reply.usage.cacheRead = random.below(100);
    if (row.reasoningUsage)
        reply.usage.reasoning = 1 + random.below(50);
    return reply;
}

/// Only what the format carries; ids, times and words of the vendor's own are the format's business.
ChatReply comparable(const Row& row, ChatReply reply) {
    reply.created = 0;
    if (!row.replyId)
        reply.id.clear();
    for (ReplyChoice& choice : reply.choices) {
        choice.finish = {.reason = choice.finish.reason};
        for (ContentPart& part : choice.message.parts) {
            if (auto* reasoning = std::get_if<ReasoningPart>(&part)) {
                reasoning->id.clear();
                if (!row.replySignature)
                    reasoning->signature.clear();
            }
        }
    }
    Usage usage{.inputTotal = reply.usage.inputTotal, .outputTotal = reply.usage.outputTotal};
    if (row.cacheUsage)
        usage.cacheRead = reply.usage.cacheRead;
    if (row.reasoningUsage)
        usage.reasoning = reply.usage.reasoning;
    reply.usage = usage;
    return reply;
}

std::string describe(const ChatReply& reply) {
    std::string out =
        reply.id + " " + reply.model + " " + std::string(finishReasonName(reply.choices[0].finish.reason));
    for (const ContentPart& part : reply.choices[0].message.parts) {
        if (const auto* text = std::get_if<TextPart>(&part))
            out += "\n  text " + text->text;
        else if (const auto* reasoning = std::get_if<ReasoningPart>(&part))
            out += "\n  thinking " + reasoning->text + " / " + reasoning->signature + " / " + reasoning->redacted;
        else if (const auto* call = std::get_if<ToolCallPart>(&part))
            out += "\n  call " + call->id + " " + call->name + " " + call->arguments;
    }
    const auto number = [](const auto& count) { return count ? std::to_string(*count) : std::string("-"); };
    return out + "\n  usage " + number(reply.usage.inputTotal) + " " + number(reply.usage.cacheRead) + " " +
           number(reply.usage.outputTotal) + " " + number(reply.usage.reasoning);
}

/// Cuts deltas into pieces (at code points) and lets the pieces of parallel tool calls interleave.
EventBatch scattered(const EventBatch& events, Random& random) {
    EventBatch out;
    std::vector<std::pair<int, std::string>> arguments;
    const auto pieces = [&](std::string_view text, const auto& add) {
        while (!text.empty()) {
            std::string_view piece = truncateUtf8(text, 4 + random.below(6));
            add(std::string(piece));
            text.remove_prefix(piece.size());
        }
    };
    const auto drain = [&] {
        while (!arguments.empty()) {
            auto& [index, text] = arguments[random.below(static_cast<unsigned>(arguments.size()))];
            const std::string_view piece = truncateUtf8(text, 4 + random.below(6));
            out.emplace_back(ToolCallDelta{.index = index, .arguments = std::string(piece)});
            text.erase(0, piece.size());
            std::erase_if(arguments, [](const auto& waiting) { return waiting.second.empty(); });
        }
    };
    for (const ChatEvent& event : events) {
        if (const auto* text = std::get_if<TextDelta>(&event))
            pieces(text->text, [&](std::string piece) { out.emplace_back(TextDelta{.text = std::move(piece)}); });
        else if (const auto* reasoning = std::get_if<ReasoningDelta>(&event))
            pieces(reasoning->text, [&](std::string piece) {
                out.emplace_back(ReasoningDelta{.text = std::move(piece), .block = reasoning->block});
            });
        else if (const auto* delta = std::get_if<ToolCallDelta>(&event))
            arguments.emplace_back(delta->index, delta->arguments);
        else {
            if (!std::holds_alternative<ToolCallStarted>(event))
                drain();
            out.push_back(event);
        }
    }
    drain();
    return out;
}

Endpoint endpointOf(const Row& row) {
    return {.provider = "p", .format = row.format, .baseUrl = std::string(row.baseUrl), .key = "k"};
}

Result<ChatReply> readReply(const Row& row, const WireReplyHead& head, const ChatRequest& request,
                            std::string_view bytes, Random& random) {
    const auto decoder = clientCodec(row.format).chatDecoder(head, request, endpointOf(row));
    EventBatch events;
    while (!bytes.empty()) {
        const std::size_t size = std::min<std::size_t>(bytes.size(), 1 + random.below(200));
        if (auto fed = decoder->feed(bytes.substr(0, size), events); !fed)
            return fed.error();
        bytes.remove_prefix(size);
    }
    if (auto outcome = decoder->finish(events); !outcome)
        return outcome.error();
    ReplyBuilder builder;
    builder.add(events);
    ChatReply reply = builder.take();
    return reply;
}

const ReplyIdentity kIdentity{.id = "resp_1", .model = "alias", .created = 1'800'000'000};

const Row& fetchedRow() {
    const auto index = static_cast<std::size_t>(*static_cast<int*>(QTest::qData("row", QMetaType::Int)));
    return kRows.at(index);
}

} // namespace

void RoundTripTest::formats() {
    QTest::addColumn<int>("row");
    for (std::size_t i = 0; i < kRows.size(); ++i)
        QTest::newRow(wireFormatName(kRows[i].format).data()) << int(i);
}

void RoundTripTest::requestsAreReadBackEqual() {
    const Row& row = fetchedRow();
    for (unsigned seed = 0; seed < kCases; ++seed) {
        const ChatRequest request = RequestMaker(row, seed).make();
        const auto wire = clientCodec(row.format).encodeChat(request, endpointOf(row));
        QVERIFY2(wire.has_value(), wire.has_error() ? wire.error().message.c_str() : "");
        const std::string_view target = std::string_view(wire->url).substr(std::string_view("http://h").size());
        const auto query = target.find('?');
        auto read =
            serverCodec(row.format)
                .decodeChat({.path = std::string(target.substr(0, query)),
                             .query = std::string(query == std::string_view::npos ? "" : target.substr(query + 1)),
                             .headers = wire->headers,
                             .body = wire->body});
        const std::string context = "seed " + std::to_string(seed) + ": " + wire->body;
        QVERIFY2(read.has_value(), ((read.has_error() ? read.error().message : "") + context).c_str());
        read->includeUsage = false; // we always ask for it
        if (row.thinkingIds)
            read->extra.erase("include"); // and always for encrypted thinking where thinking goes back
        if (read->extra.empty())
            read->extraFormat.clear(); // some codecs mark every request, which says nothing without members
        QVERIFY2(read->messages == request.messages, context.c_str());
        QVERIFY2(read->tools == request.tools, context.c_str());
        QVERIFY2(read->format == request.format, context.c_str());
        QVERIFY2(read->reasoning == request.reasoning, context.c_str());
        QVERIFY2(read->sampling == request.sampling, context.c_str());
        QVERIFY2(*read == request, context.c_str());
    }
}

void RoundTripTest::streamedRepliesAreReadBackEqual() {
    const Row& row = fetchedRow();
    const ChatRequest request{.model = "alias", .stream = true, .includeUsage = true};
    for (unsigned seed = 0; seed < kCases; ++seed) {
        Random random(seed);
        const ChatReply reply = makeReply(row, random);
        const auto encoder = serverCodec(row.format).chatEncoder(request, kIdentity);
        std::string bytes;
        for (const ChatEvent& event : scattered(eventsOf(reply), random))
            encoder->encode(event, bytes);
        encoder->finish(
            {.id = reply.id, .model = reply.model, .finish = reply.choices[0].finish.reason, .usage = reply.usage},
            bytes);
        const WireReplyHead head{.headers = {{"content-type", std::string(encoder->contentType())}}};
        const auto read = readReply(row, head, request, bytes, random);
        const std::string context = "seed " + std::to_string(seed) + ":\n";
        QVERIFY2(read.has_value(), (context + (read.has_error() ? read.error().message : "")).c_str());
        const ChatReply got = comparable(row, *read);
        const ChatReply expected = comparable(row, reply);
        QVERIFY2(got == expected, (context + describe(got) + "\nexpected\n" + describe(expected)).c_str());
    }
}

void RoundTripTest::plainRepliesAreReadBackEqual() {
    const Row& row = fetchedRow();
    const ChatRequest request{.model = "alias"};
    for (unsigned seed = 0; seed < kCases; ++seed) {
        Random random(seed);
        const ChatReply reply = makeReply(row, random);
        const ClientReply answer = serverCodec(row.format).encodeReply(request, kIdentity, reply);
        const WireReplyHead head{.status = answer.status, .headers = {{"content-type", "application/json"}}};
        const auto read = readReply(row, head, request, answer.body, random);
        const std::string context = "seed " + std::to_string(seed) + ":\n";
        QVERIFY2(read.has_value(), (context + (read.has_error() ? read.error().message : "")).c_str());
        const ChatReply got = comparable(row, *read);
        const ChatReply expected = comparable(row, reply);
        QVERIFY2(got == expected, (context + describe(got) + "\nexpected\n" + describe(expected)).c_str());
    }
}

QTEST_GUILESS_MAIN(RoundTripTest)
#include "round_trip_test.moc"
