#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <boost/asio/thread_pool.hpp>
#include <zlib.h>

#if defined(Q_OS_UNIX)
#include <sys/stat.h>
#endif

#include "base/bytes.h"
#include "base/json_writer.h"
#include "services/chat_import.h"
#include "services/history_service.h"
#include "services/import_elements.h"
#include "support/database_fixture.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

const std::string kFixtures = PATCHBAY_FIXTURES "/import/";

std::string readWhole(const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", path.c_str());
    return file.readAll().toStdString();
}

struct ZipPart {
    std::string name, bytes;
    bool deflated = true;
    int flags = 0;
};

std::string zipOf(const std::vector<ZipPart>& parts) {
    std::string zip, directory;
    const auto put = [](std::string& to, std::uint64_t value, int count) {
        for (int i = 0; i < count; ++i)
            to.push_back(static_cast<char>(value >> (8 * i)));
    };
    for (const ZipPart& part : parts) {
        std::string packed = part.bytes;
        if (part.deflated) {
            packed.resize(compressBound(part.bytes.size()) + 16);
            z_stream stream{};
            deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.bytes.data()));
            stream.avail_in = static_cast<uInt>(part.bytes.size());
            stream.next_out = reinterpret_cast<Bytef*>(packed.data());
            stream.avail_out = static_cast<uInt>(packed.size());
            deflate(&stream, Z_FINISH);
            packed.resize(stream.total_out);
            deflateEnd(&stream);
        }
        std::string common;
        put(common, 20, 2);
        put(common, static_cast<std::uint64_t>(part.flags), 2);
        put(common, part.deflated ? 8 : 0, 2);
        put(common, 0, 4);
        put(common, crc32(0, reinterpret_cast<const Bytef*>(part.bytes.data()), static_cast<uInt>(part.bytes.size())),
            4);
        put(common, packed.size(), 4);
        put(common, part.bytes.size(), 4);
        put(common, part.name.size(), 2);
        put(common, 0, 2);
        put(directory, 0x02014b50, 4);
        put(directory, 20, 2);
        directory += common;
        put(directory, 0, 10);
        put(directory, zip.size(), 4);
        directory += part.name;
        put(zip, 0x04034b50, 4);
        zip += common + part.name + packed;
    }
    const std::uint64_t offset = zip.size();
    zip += directory;
    put(zip, 0x06054b50, 4);
    put(zip, 0, 4);
    put(zip, parts.size(), 2);
    put(zip, parts.size(), 2);
    put(zip, directory.size(), 4);
    put(zip, offset, 4);
    put(zip, 0, 2);
    return zip;
}

struct House : DatabaseFixture {
    asio::thread_pool workers{1};
    std::unique_ptr<HistoryService> history;
    QTemporaryDir files;

    House() {
        open().value();
        history = std::make_unique<HistoryService>(*database, clock, ids, workers.get_executor());
        wait(history->start()).value();
    }
    Result<ImportSummary> import(const std::string& path, std::function<void(const ImportProgress&)> report = {}) {
        return wait(ChatImport(*database, workers).importFile(path, std::move(report)));
    }
    std::string write(const std::string& name, const std::string& bytes) {
        const QString path = files.filePath(QString::fromStdString(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), qint64(bytes.size())) != qint64(bytes.size()))
            qFatal("cannot write");
        return path.toStdString();
    }
    std::vector<Conversation> conversations() { return wait(history->listConversations({.limit = 500})).value().items; }
    ConversationTree tree(const std::string& title) {
        for (const Conversation& conversation : conversations())
            if (conversation.title == title)
                return wait(history->tree(conversation.id)).value();
        qWarning("no conversation %s", title.c_str());
        return {};
    }
};

std::string textsOf(const std::vector<const MessageRecord*>& path) {
    std::string joined;
    for (const MessageRecord* record : path)
        joined += std::string(roleName(record->message.role)) + ": " + textOf(record->message) + "|";
    return joined;
}

const MessageRecord& messageWith(const ConversationTree& tree, std::string_view text) {
    for (const MessageRecord& record : tree.messages)
        if (textOf(record.message).find(text) != std::string::npos)
            return record;
    qFatal("no message with %s", std::string(text).c_str());
    return tree.messages.front();
}

} // namespace

class ChatImportTest : public QObject {
    Q_OBJECT
private slots:
    void chatGptTreeKeepsItsBranches() {
        House house;
        auto summary = house.import(kFixtures + "chatgpt.json");
        QVERIFY_OK(summary);
        QCOMPARE(summary->source, ImportSource::ChatGpt);
        QCOMPARE(summary->created, 3);
        QVERIFY(!summary->error);

        const ConversationTree tree = house.tree("Größe der 长城");
        QCOMPARE(tree.messages.size(), std::size_t{5});
        QCOMPARE(tree.conversation.createdAt, std::int64_t{1714564800500});
        QCOMPARE(tree.conversation.updatedAt, std::int64_t{1714565400250});
        QCOMPARE(tree.conversation.systemPrompt, std::string("I am a mason.\n\nBe brief."));
        QVERIFY(tree.conversation.pinned);
        QVERIFY(!tree.conversation.titleIsAuto);
        const MessageRecord& question = messageWith(tree, "长城有多长");
        const MessageRecord& first = messageWith(tree, "About 21,196 km.");
        const MessageRecord& second = messageWith(tree, "It is 21,196 km long.");
        QCOMPARE(question.parentId, std::string());
        QCOMPARE(first.parentId, question.id);
        QCOMPARE(second.parentId, question.id);
        QVERIFY(first.id < second.id); // siblings sort by id
        QCOMPARE(textOf(first.message), std::string("About 21,196 km."));
        QCOMPARE(first.model, std::string("gpt-4o"));
        QCOMPARE(second.model, std::string("o3"));
        QCOMPARE(first.createdAt, std::int64_t{1714564805000});

        const MessageRecord& last = messageWith(tree, "That is a fen");
        QCOMPARE(tree.conversation.activeLeaf, last.id);
        QCOMPARE(last.status, MessageStatus::Stopped);
        QCOMPARE(activePathOf(tree).size(), std::size_t{4});
        QVERIFY(messageWith(tree, "And this one?").message.parts.size() == 2);
        QVERIFY(textOf(messageWith(tree, "And this one?").message).find("not in the export") != std::string::npos);
    }

    void theStepsOfOneAnswerBecomeOneMessage() {
        House house;
        QVERIFY_OK(house.import(kFixtures + "chatgpt.json"));
        const ConversationTree tree = house.tree("Größe der 长城");
        const Message& answer = messageWith(tree, "It is 21,196 km long.").message;
        QCOMPARE(answer.role, Role::Assistant);
        QCOMPARE(answer.parts.size(), std::size_t{5});
        QCOMPARE(std::get<ReasoningPart>(answer.parts[0]).text, std::string("**Adding up**\n\nI sum the sections."));
        QCOMPARE(std::get<TextPart>(answer.parts[1]).text, std::string("```python\nprint(8850 + 12346)\n```"));
        QCOMPARE(std::get<TextPart>(answer.parts[2]).text, std::string("```text\n21196\n```"));
        QCOMPARE(std::get<ReasoningPart>(answer.parts[3]).text,
                 std::string("**file_search**\n\nMake sure to include citations."));
        QCOMPARE(std::get<TextPart>(answer.parts[4]).text, std::string("It is 21,196 km long."));
    }

    void missingTimesAndTitlesAreMadeUpInOrder() {
        House house;
        QVERIFY_OK(house.import(kFixtures + "chatgpt.json"));
        const ConversationTree tree = house.tree("Say hello in one word");
        QVERIFY(tree.conversation.titleIsAuto);
        QCOMPARE(textsOf(activePathOf(tree)), std::string("user: Say hello in one word|assistant: Hello|"));
        QVERIFY(tree.messages[0].id < tree.messages[1].id);
        QVERIFY(isUuid(tree.messages[0].id));
        QCOMPARE(tree.messages[1].model, std::string("gpt-3.5-turbo"));
    }

    void malformedEntriesAreSkippedWithReasons() {
        House house;
        auto summary = house.import(kFixtures + "chatgpt.json");
        QVERIFY_OK(summary);
        QCOMPARE(summary->skipped, 4);
        QCOMPARE(summary->skips[0].title, std::string("Leer"));
        QCOMPARE(summary->skips[0].reason, std::string("it has no messages"));
        QCOMPARE(summary->skips[1].title, std::string("Not a chat"));
        QVERIFY(summary->skips[2].reason.starts_with("it is malformed, at byte "));
        QCOMPARE(summary->skips[3].number, 6);
        QCOMPARE(summary->skips[3].title, std::string());
    }

    void loopsAndMissingNodesDoNoHarm() {
        House house;
        QVERIFY_OK(house.import(kFixtures + "chatgpt.json"));
        const ConversationTree tree = house.tree("A loop, lone surrogate \xEF\xBF\xBD");
        QCOMPARE(textsOf(activePathOf(tree)), std::string("user: first|assistant: second|"));
        QCOMPARE(tree.messages.size(), std::size_t{2});
    }

    void claudeMessagesKeepBlocksAttachmentsAndBranches() {
        House house;
        auto summary = house.import(kFixtures + "claude.json");
        QVERIFY_OK(summary);
        QCOMPARE(summary->source, ImportSource::Claude);
        QCOMPARE(summary->created, 2);
        QCOMPARE(summary->skipped, 1);
        const ConversationTree tree = house.tree("Primes 质数");
        QCOMPARE(tree.conversation.createdAt, std::int64_t{1740819600123});
        QCOMPARE(tree.messages.size(), std::size_t{4});
        const MessageRecord& question = messageWith(tree, "请列出质数");
        const auto& file = std::get<FilePart>(question.message.parts[0]);
        QCOMPARE(file.filename, std::string("数据.csv"));
        QCOMPARE(base64Decode(file.source.data).value(), std::string("a,b\n1,2\n"));
        QCOMPARE(std::get<TextPart>(question.message.parts[1]).text,
                 std::string("[File: photo.jpg, not in the export]"));
        const MessageRecord& answer = messageWith(tree, "**Sieve**");
        QCOMPARE(answer.parentId, question.id);
        QCOMPARE(answer.message.parts.size(), std::size_t{5});
        QCOMPARE(std::get<ReasoningPart>(answer.message.parts[0]).text, std::string("The user wants primes."));
        QCOMPARE(std::get<TextPart>(answer.message.parts[2]).text,
                 std::string("**Sieve**\n\n```python\nprint(2)\n```"));
        QVERIFY(std::get<ReasoningPart>(answer.message.parts[4]).text.find("web_search") != std::string::npos);
        QCOMPARE(messageWith(tree, "2, 3, 5, 7").parentId, question.id);
        const MessageRecord& thanks = messageWith(tree, "Thanks");
        QCOMPARE(thanks.parentId, answer.id);
        QCOMPARE(thanks.createdAt, std::int64_t{1740812760000}); // two hours east
        QCOMPARE(tree.conversation.activeLeaf, thanks.id);

        QCOMPARE(textsOf(activePathOf(house.tree("An old export"))),
                 std::string("user: An old export|assistant: Indeed|"));
    }

    void importedTextIsFound() {
        House house;
        QVERIFY_OK(house.import(kFixtures + "claude.json"));
        QCOMPARE(house.wait(house.history->search("质数")).value().hits.size(), std::size_t{2});
    }

    void importingAgainChangesNothing() {
        House house;
        QVERIFY_OK(house.import(kFixtures + "chatgpt.json"));
        const ConversationTree before = house.tree("Größe der 长城");
        auto again = house.import(kFixtures + "chatgpt.json");
        QVERIFY_OK(again);
        QCOMPARE(again->created, 0);
        QCOMPARE(again->unchanged, 3);
        QCOMPARE(again->messages, 0);
        QCOMPARE(house.conversations().size(), std::size_t{3});
        const ConversationTree after = house.tree("Größe der 长城");
        QVERIFY(after.messages == before.messages && after.conversation == before.conversation);
    }

    void aNewerExportAddsWhatIsNew() {
        House house;
        auto document = parseJson(readWhole(kFixtures + "claude.json")).value();
        json::array& messages = document.as_array()[0].as_object()["chat_messages"].as_array();
        const json::value last = messages.back();
        messages.pop_back();
        QVERIFY_OK(house.import(house.write("older.json", writeJson(document))));
        QCOMPARE(house.tree("Primes 质数").messages.size(), std::size_t{3});
        messages.push_back(last);
        auto newer = house.import(house.write("newer.json", writeJson(document)));
        QVERIFY_OK(newer);
        QCOMPARE(newer->extended, 1);
        QCOMPARE(newer->messages, 1);
        const ConversationTree tree = house.tree("Primes 质数");
        QCOMPARE(tree.conversation.activeLeaf, messageWith(tree, "Thanks").id);
    }

    void whatWasDoneHereStays() {
        House house;
        QVERIFY_OK(house.import(kFixtures + "claude.json"));
        const ConversationTree imported = house.tree("Primes 质数");
        const std::string id = imported.conversation.id;
        QVERIFY_OK(house.wait(house.history->patchConversation(id, {.title = "Mine", .folder = "Maths"})));
        house.clock.advance(std::chrono::hours(24 * 365 * 2));
        auto own = house.wait(house.history->appendMessage(id, textMessage(Role::User, "go on")));
        QVERIFY_OK(own);
        auto document = parseJson(readWhole(kFixtures + "claude.json")).value();
        document.as_array()[0].as_object()["chat_messages"].as_array().push_back(json::object{
            {"uuid", "m5"}, {"sender", "assistant"}, {"text", "Welcome"}, {"created_at", "2025-03-01T11:00:00Z"}});
        auto newer = house.import(house.write("newer.json", writeJson(document)));
        QVERIFY_OK(newer);
        QCOMPARE(newer->extended, 1);
        const Conversation after = house.wait(house.history->conversation(id)).value();
        QCOMPARE(after.title, std::string("Mine"));
        QCOMPARE(after.folder, std::string("Maths"));
        QCOMPARE(after.activeLeaf, own->id);

        QVERIFY_OK(house.wait(house.history->removeConversation(id)));
        auto third = house.import(kFixtures + "claude.json");
        QVERIFY_OK(third);
        QCOMPARE(third->inTrash, 1);
        QVERIFY(house.wait(house.history->conversation(id)).value().deletedAt);
    }

    void theZipIsReadWithItsPictures() {
        House house;
        const std::string picture =
            base64Decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
                         "awAAAABJRU5ErkJggg==")
                .value();
        const std::string zip = zipOf({{"export/chat.html", "<html>", false},
                                       {"export/conversations.json", readWhole(kFixtures + "chatgpt.json")},
                                       {"export/file-AbCdEf123-wall.png", picture, false}});
        const std::string path = house.write("导出.zip", zip);
        std::uint64_t total = 0;
        auto summary = house.import(path, [&](const ImportProgress& progress) { total = progress.bytesTotal; });
        QVERIFY_OK(summary);
        QCOMPARE(summary->created, 3);
        QVERIFY(total > 5000);
        const ConversationTree tree = house.tree("Größe der 长城");
        const auto& image = std::get<ImagePart>(messageWith(tree, "And this one?").message.parts[0]);
        QCOMPARE(image.source.mediaType, std::string("image/png"));
        QCOMPARE(base64Decode(image.source.data).value(), picture);
        // The unpacked file names the same conversations.
        QCOMPARE(house.import(kFixtures + "chatgpt.json").value().unchanged, 3);
    }

    void severalFilesOfOneZipAreAllRead() {
        House house;
        const std::string path =
            house.write("two.zip", zipOf({{"conversations-000.json", readWhole(kFixtures + "chatgpt.json")},
                                          {"conversations-001.json", readWhole(kFixtures + "claude.json"), false}}));
        QCOMPARE(house.import(path).value().created, 5);
    }

    void unusableFilesSayWhatToDo() {
        House house;
        const std::string zip = zipOf({{"conversations.json", readWhole(kFixtures + "claude.json")}});
        const auto expect = [&house](const std::string& path, ErrorCode code) {
            auto summary = house.import(path);
            QVERIFY2(!summary, path.c_str());
            QCOMPARE(summary.error().code, code);
            QVERIFY(!summary.error().hint.empty());
        };
        expect(house.write("half.zip", zip.substr(0, zip.size() / 2)), ErrorCode::Malformed);
        expect(house.write("other.zip", zipOf({{"readme.txt", "hello"}})), ErrorCode::Malformed);
        expect(house.write("locked.zip", zipOf({{"conversations.json", "[]", true, 1}})), ErrorCode::Unsupported);
        expect(house.write("page.html", "<html>"), ErrorCode::Malformed);
        expect(house.write("empty.json", ""), ErrorCode::Malformed);
        expect(house.write("other.json", "{\"a\": [1, 2]}"), ErrorCode::Malformed);
        expect(house.write("none.json", "[]"), ErrorCode::Malformed);
        expect(house.files.path().toStdString(), ErrorCode::InvalidRequest);
        expect(house.files.filePath("gone.json").toStdString(), ErrorCode::NotFound);
#if defined(Q_OS_UNIX)
        const std::string pipe = house.files.filePath("pipe").toStdString();
        QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
        expect(pipe, ErrorCode::InvalidRequest);
#endif
        QCOMPARE(house.conversations().size(), std::size_t{0});
    }

    void damageInTheMiddleKeepsWhatCameBefore() {
        House house;
        const std::string whole = readWhole(kFixtures + "claude.json");
        auto cut = house.import(house.write("cut.json", whole.substr(0, whole.find("Nothing said"))));
        QVERIFY_OK(cut);
        QCOMPARE(cut->created, 2);
        QCOMPARE(cut->error.value().code, ErrorCode::Truncated);

        House other;
        std::string zip = zipOf({{"conversations.json", whole}});
        zip[zip.size() / 3] ^= 0x55;
        auto damaged = other.import(other.write("damaged.zip", zip));
        QVERIFY(!damaged || damaged->error);
    }

    void cancelStopsBetweenConversations() {
        House house;
        json::array many;
        for (int i = 0; i < 2000; ++i)
            many.push_back(json::object{
                {"uuid", "c" + std::to_string(i)},
                {"name", "Chat"},
                {"created_at", "2024-02-01T09:00:00Z"},
                {"chat_messages", json::array{json::object{{"uuid", "m"}, {"sender", "human"}, {"text", "hi"}}}}});
        const std::string path = house.write("many.json", writeJson(many));
        int reports = 0;
        ChatImport import(*house.database, house.workers);
        Task<Result<ImportSummary>> task(house.loop,
                                         import.importFile(path, [&](const ImportProgress&) { ++reports; }));
        QVERIFY(runUntil(house.loop, [&] { return reports >= 3; }));
        task.cancel();
        const Result<ImportSummary>& summary = task.get();
        QVERIFY_OK(summary);
        QVERIFY(summary->cancelled);
        QVERIFY(summary->created >= 3 && summary->created < 2000);
        QCOMPARE(house.import(path).value().created + summary->created, 2000);
    }

    void elementsAreCutAtAnyByte() {
        const std::string text = "\xEF\xBB\xBF [ {\"a\": \"]},[\\\"\\\\\"} , [1,[2]], \"x,]\" ,3 ] trailing";
        for (std::size_t cut = 0; cut <= text.size(); ++cut) {
            JsonElements elements(100);
            QVERIFY_OK(elements.feed(std::string_view(text).substr(0, cut)));
            QVERIFY_OK(elements.feed(std::string_view(text).substr(cut)));
            QVERIFY_OK(elements.finish());
            std::string joined;
            while (elements.available()) {
                const JsonElement element = elements.take();
                QVERIFY(parseJson(element.text));
                QCOMPARE(text.substr(element.offset, element.text.size()), element.text);
                joined += writeJson(parseJson(element.text).value()) + ";";
            }
            QCOMPARE(joined, std::string("{\"a\":\"]},[\\\"\\\\\"};[1,[2]];\"x,]\";3;"));
        }
    }

    void anElementOverTheLimitIsPassedOver() {
        JsonElements elements(100);
        QVERIFY_OK(elements.feed("[\"" + std::string(5000, 'x') + "\", 1]"));
        QVERIFY(elements.take().tooLarge);
        QCOMPARE(elements.take().text, std::string(" 1"));
        QVERIFY_OK(elements.finish());
    }

    void deepConversationsNeedNoDeepStack() {
        House house;
        json::object mapping;
        constexpr int kDepth = 20000;
        for (int i = 0; i < kDepth; ++i)
            mapping["n" + std::to_string(i)] = json::object{
                {"message",
                 json::object{{"author", json::object{{"role", i % 2 ? "assistant" : "user"}}},
                              {"content", json::object{{"content_type", "text"}, {"parts", json::array{"t"}}}}}},
                {"parent", i ? json::value("n" + std::to_string(i - 1)) : json::value(nullptr)},
                {"children", json::array{"n" + std::to_string(i + 1)}}};
        const json::array document{json::object{{"id", "deep"}, {"title", "Deep"}, {"mapping", std::move(mapping)}}};
        auto summary = house.import(house.write("deep.json", writeJson(document)));
        QVERIFY_OK(summary);
        QCOMPARE(summary->messages, kDepth);
    }
};

QTEST_GUILESS_MAIN(ChatImportTest)
#include "chat_import_test.moc"
