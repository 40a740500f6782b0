#include "storage/search_index.h"

#include <vector>

#include "storage/connection.h"
#include "storage/message_json.h"
#include "storage/search_text.h"

namespace patchbay {
namespace {

// Documents of one millisecond; if there are more, the next ones count as made a millisecond later.
constexpr std::int64_t kDocsPerMillisecond = 1024;

Result<std::int64_t> freeDoc(Connection& connection, std::int64_t createdAt) {
    for (std::int64_t time = createdAt;; ++time) {
        const std::int64_t first = time * kDocsPerMillisecond;
        auto next = connection.integer("SELECT coalesce(max(doc) + 1, ?) FROM search_docs WHERE doc >= ? AND doc < ?",
                                       {first, first, first + kDocsPerMillisecond});
        if (!next || *next < first + kDocsPerMillisecond)
            return next;
    }
}

Result<void> put(Connection& connection, std::int64_t createdAt, SqlValue conversationId, SqlValue messageId,
                 std::string_view text) {
    std::string body = searchIndexText(text);
    if (body.empty())
        return {};
    auto doc = freeDoc(connection, createdAt);
    if (!doc)
        return doc.error();
    if (auto done = connection.run("INSERT INTO search_docs (doc, conversation_id, message_id) VALUES (?, ?, ?)",
                                   {*doc, std::move(conversationId), std::move(messageId)});
        !done)
        return done;
    return connection.run("INSERT INTO search_index (rowid, body) VALUES (?, ?)", {*doc, std::move(body)});
}

Result<void> take(Connection& connection, std::int64_t doc, std::string_view text) {
    if (auto done = connection.run("INSERT INTO search_index (search_index, rowid, body) VALUES ('delete', ?, ?)",
                                   {doc, searchIndexText(text)});
        !done)
        return done;
    return connection.run("DELETE FROM search_docs WHERE doc = ?", {doc});
}

Result<Message> messageOf(std::string_view content) {
    auto value = parseJson(content);
    if (!value)
        return value.error();
    return messageFromJson(*value);
}

} // namespace

std::string searchableText(const Message& message) {
    std::string text;
    const auto add = [&text](const std::string& piece) {
        if (piece.empty())
            return;
        if (!text.empty())
            text.push_back('\n');
        text += piece;
    };
    for (const ContentPart& part : message.parts) {
        if (const auto* plain = std::get_if<TextPart>(&part))
            add(plain->text);
        else if (const auto* refusal = std::get_if<RefusalPart>(&part))
            add(refusal->text);
        else if (const auto* file = std::get_if<FilePart>(&part))
            add(file->filename);
    }
    return text;
}

Result<void> indexMessage(Connection& connection, std::string conversationId, std::string messageId,
                          std::int64_t createdAt, const Message& message) {
    return put(connection, createdAt, std::move(conversationId), std::move(messageId), searchableText(message));
}

Result<void> indexTitle(Connection& connection, std::string conversationId, std::int64_t createdAt, std::string title) {
    return put(connection, createdAt, std::move(conversationId), nullptr, title);
}

Result<void> unindexTitle(Connection& connection, std::string conversationId, std::string title) {
    auto doc = connection.first("SELECT doc FROM search_docs WHERE conversation_id = ? AND message_id IS NULL",
                                {std::move(conversationId)}, [](const SqlRow& row) { return row.integer(0); });
    if (!doc)
        return doc.error();
    // An empty title was never put in.
    return *doc ? take(connection, **doc, title) : Result<void>();
}

Result<void> unindexConversation(Connection& connection, std::string conversationId) {
    auto title = connection.text("SELECT title FROM conversations WHERE id = ?", {conversationId});
    if (!title)
        return title.error();
    if (auto done = unindexTitle(connection, conversationId, *title); !done)
        return done;
    // One at a time: a conversation may be larger than what one wants in memory at once.
    std::vector<std::pair<std::int64_t, std::string>> docs;
    auto listed = connection.each("SELECT doc, message_id FROM search_docs WHERE conversation_id = ?",
                                  {std::move(conversationId)}, [&docs](const SqlRow& row) -> Result<void> {
                                      docs.emplace_back(row.integer(0), row.text(1));
                                      return {};
                                  });
    if (!listed)
        return listed;
    for (auto& [doc, messageId] : docs) {
        auto content = connection.text("SELECT content FROM messages WHERE id = ?", {messageId});
        if (!content)
            return content.error();
        auto message = messageOf(*content);
        if (!message)
            return message.error();
        if (auto done = take(connection, doc, searchableText(*message)); !done)
            return done;
    }
    return {};
}

Result<bool> rebuildSearchIndexIfOutdated(Connection& connection) {
    auto built = connection.text("SELECT value FROM meta WHERE key = 'search_text_version'");
    if (!built)
        return built.error();
    if (*built == searchTextVersion())
        return false;
    return connection.transaction([&]() -> Result<bool> {
        if (auto done = connection.run("INSERT INTO search_index (search_index) VALUES ('delete-all')"); !done)
            return done.error();
        if (auto done = connection.run("DELETE FROM search_docs"); !done)
            return done.error();
        auto titles = connection.each("SELECT id, created_at, title FROM conversations", {}, [&](const SqlRow& row) {
            return indexTitle(connection, row.text(0), row.integer(1), row.text(2));
        });
        if (!titles)
            return titles.error();
        auto messages =
            connection.each("SELECT id, conversation_id, created_at, content FROM messages WHERE status <> "
                            "'streaming' ORDER BY created_at",
                            {}, [&](const SqlRow& row) -> Result<void> {
                                auto message = messageOf(row.text(3));
                                if (!message)
                                    return message.error();
                                return indexMessage(connection, row.text(1), row.text(0), row.integer(2), *message);
                            });
        if (!messages)
            return messages.error();
        auto noted = connection.run("INSERT INTO meta (key, value) VALUES ('search_text_version', ?) ON CONFLICT (key) "
                                    "DO UPDATE SET value = excluded.value",
                                    {searchTextVersion()});
        if (!noted)
            return noted.error();
        return true;
    });
}

} // namespace patchbay
