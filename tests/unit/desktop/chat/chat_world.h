// The chat page on a real core: a store in a temporary folder and the in-process playground.
#pragma once

#include <memory>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/display_text.h"

namespace patchbay::test {

class ChatWorld {
public:
    /// Starts the core; `folder` outlives the world and may be used by the next one.
    explicit ChatWorld(const QTemporaryDir& folder, QByteArray config = {}) : bridge(std::make_unique<EngineBridge>()) {
        QFile file(folder.filePath("config.toml"));
        if (file.open(QIODevice::WriteOnly))
            file.write(config);
        file.close();
        CompositionOptions options;
        options.places.dataDir = folder.filePath("data").toStdString();
        options.places.configFile = folder.filePath("config.toml").toStdString();
        options.playground = true;
        options.logLevel = LogLevel::Error;
        page = std::make_unique<ChatPage>(*bridge);
        bool done = false;
        bridge->start(std::move(options), [&](Result<void> result) {
            done = true;
            started = result.has_value();
        });
        if (QTest::qWaitFor([&] { return done; }) && started)
            page->start();
    }
    ~ChatWorld() {
        page.reset();
        bridge.reset();
    }

    ChatController& chat() { return page->chat; }
    TimelineModel& timeline() { return page->timeline; }
    Composer& composer() { return page->composer; }

    void send(const QString& text) {
        composer().setText(text);
        chat().send();
    }
    /// Sends and waits for the end.
    bool say(const QString& words, const QString& model = "playground/echo") {
        QSignalSpy ended(&chat(), &ChatController::replyFinished);
        chat().setModel(model);
        send(words);
        return ended.wait(10000) && QTest::qWaitFor([&] { return userText() == words; }) && settled();
    }
    /// The timeline shows what the store has and nothing runs in the open chat.
    bool settled() {
        return QTest::qWaitFor([this] { return !chat().streaming() && kind(0) == "footer"; }, 10000);
    }
    QVariant at(int row, const char* role) {
        const auto names = timeline().roleNames();
        return timeline().data(timeline().index(row), names.key(role));
    }
    QString kind(int row) { return row < timeline().count() ? at(row, "kind").toString() : QString(); }
    QStringList kinds() {
        QStringList all;
        for (int i = 0; i < timeline().count(); ++i)
            all += kind(i);
        return all;
    }
    int rowOf(const QString& wanted, int from = 0) {
        for (int i = from; i < timeline().count(); ++i)
            if (kind(i) == wanted)
                return i;
        return -1;
    }
    /// Text of the newest reply's blocks, in reading order.
    QString replyText() {
        QStringList pieces;
        for (int i = 0; i < timeline().count() && kind(i) != "user"; ++i)
            if (kind(i) != "footer" && kind(i) != "error" && kind(i) != "reasoning")
                pieces.prepend(at(i, "source").toString());
        return pieces.join("\n\n");
    }
    QString userText() { return at(rowOf("user"), "plain").toString(); }

    /// Asks the history and waits.
    template <class T> Result<T> history(std::function<awaitable<Result<T>>(HistoryService&)> work) {
        Result<T> result = makeError(ErrorCode::Timeout, "no answer");
        bool done = false;
        ask<T>(std::move(work), result, done);
        if (!QTest::qWaitFor([&] { return done; }, 10000))
            qFatal("the history does not answer");
        return result;
    }
    /// Puts a conversation with these messages, each below the one before, straight into the store.
    QString put(Conversation conversation, std::vector<MessageRecord> messages) {
        bool done = false;
        QString id;
        putNow(std::move(conversation), std::move(messages), id, done);
        if (!QTest::qWaitFor([&] { return done; }, 60000))
            qFatal("the store does not answer");
        return id;
    }
    static MessageRecord text(patchbay::Role role, std::string words, std::int64_t createdAt = kNow) {
        return {.message = textMessage(role, std::move(words)), .createdAt = createdAt};
    }
    ConversationTree tree(const QString& id) {
        return history<ConversationTree>([id = id.toStdString()](HistoryService& h) { return h.tree(id); }).value();
    }
    int conversationCount() {
        return static_cast<int>(
            history<ConversationPage>([](HistoryService& h) { return h.listConversations({}); }).value().items.size());
    }

    std::unique_ptr<EngineBridge> bridge;
    std::unique_ptr<ChatPage> page;
    bool started = false;

    static constexpr std::int64_t kNow = 1700000000000;

private:
    QCoro::Task<void> putNow(Conversation conversation, std::vector<MessageRecord> messages, QString& id, bool& done) {
        auto made = co_await bridge->ask<std::string>(
            [&conversation, &messages](Composition& core) -> awaitable<Result<std::string>> {
                conversation.id = core.ids().next();
                std::string parent;
                for (MessageRecord& message : messages) {
                    message.id = core.ids().next();
                    message.conversationId = conversation.id;
                    message.parentId = std::exchange(parent, message.id);
                }
                conversation.activeLeaf = parent;
                ConversationStore store(*core.storage()->database);
                if (auto stored = co_await store.create(conversation, std::move(messages)); !stored)
                    co_return stored.error();
                co_return conversation.id;
            });
        id = made ? toQt(*made) : QString();
        done = true;
    }
    template <class T>
    QCoro::Task<void> ask(std::function<awaitable<Result<T>>(HistoryService&)> work, Result<T>& result, bool& done) {
        result = co_await page->history<T>(std::move(work));
        done = true;
    }
};

} // namespace patchbay::test
