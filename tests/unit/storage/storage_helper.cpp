// Started and killed by the tests of the storage room:
//   storage_helper lock DIRECTORY URL     holds the lock of a data directory until its standard input closes
//   storage_helper stream DATABASE        streams a reply into the journal, one word a millisecond, without end
#include <cstdio>
#include <iostream>
#include <string>

#include <QCoreApplication>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "base/ids.h"
#include "storage/conversation_store.h"
#include "storage/data_lock.h"
#include "storage/database.h"
#include "storage/journal_writer.h"
#include "storage/message_store.h"

using namespace patchbay;

namespace {

int fail(const Error& error) {
    std::cerr << error.message << '\n';
    return 1;
}

void say(const std::string& line) {
    std::fputs((line + "\n").c_str(), stdout);
    std::fflush(stdout);
}

int holdLock(const std::string& directory, const std::string& url) {
    auto lock = DataLock::acquire(directory, "helper");
    if (!lock)
        return fail(lock.error());
    if (auto told = (*lock)->publish(url); !told)
        return fail(told.error());
    say("locked");
    std::string line;
    std::getline(std::cin, line);
    return 0;
}

awaitable<void> streamWords(Database& database) {
    SystemClock clock;
    IdGenerator ids(clock);
    ConversationStore conversations(database);
    MessageStore messages(database);
    const std::string conversation = ids.next(), message = ids.next();
    const std::int64_t now = toUnixMilliseconds(clock.wallNow());
    (co_await conversations.create({.id = conversation, .createdAt = now, .updatedAt = now})).value();
    (co_await messages.add({.id = message,
                            .conversationId = conversation,
                            .message = {.role = Role::Assistant},
                            .status = MessageStatus::Streaming,
                            .createdAt = now},
                           MessageStore::Place::UnderActiveLeaf))
        .value();
    say("message " + message);
    JournalWriter journal(database, clock, co_await asio::this_coro::executor, message);
    SteadyTime next = clock.now();
    for (int word = 1;; ++word) {
        EventBatch batch;
        batch.emplace_back(TextDelta{.text = std::to_string(word) + " "});
        (co_await journal.append(std::move(batch))).value();
        const auto time = std::chrono::duration_cast<std::chrono::microseconds>(clock.now().time_since_epoch());
        say(std::to_string(word) + " " + std::to_string(time.count()));
        next += Milliseconds(1);
        co_await clock.sleepUntil(next);
    }
}

int stream(const std::string& path) {
    auto database = Database::open({.path = path});
    if (!database)
        return fail(database.error());
    asio::io_context loop;
    asio::co_spawn(loop, streamWords(**database), [](std::exception_ptr failure) {
        if (failure)
            std::rethrow_exception(failure);
    });
    loop.run();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const std::string mode = argc > 2 ? argv[1] : "";
    if (mode == "lock" && argc == 4)
        return holdLock(argv[2], argv[3]);
    if (mode == "stream")
        return stream(argv[2]);
    return 2;
}
