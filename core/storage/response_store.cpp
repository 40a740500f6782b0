#include "storage/response_store.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "storage/database.h"
#include "storage/message_json.h"

namespace patchbay {
namespace {

Error noResponse(const std::string& id) {
    return makeError(ErrorCode::NotFound, fmt::format("There is no stored response {}.", id),
                     "Responses are kept for 30 days, and only where store was not false.");
}

Result<StoredResponse> fromRow(const SqlRow& row) {
    auto input = messagesFromJson(row.text(4));
    if (!input)
        return input.error();
    auto output = messagesFromJson(row.text(5));
    if (!output)
        return output.error();
    return StoredResponse{.id = row.text(0),
                          .previousId = row.text(1),
                          .model = row.text(2),
                          .createdAt = row.integer(3),
                          .input = std::move(*input),
                          .output = std::move(*output),
                          .body = row.text(6)};
}

} // namespace

awaitable<Result<void>> ResponseStore::put(StoredResponse response) {
    return m_database.run([r = std::move(response)](Connection& connection) {
        return connection.run(
            "INSERT INTO responses (id, previous_id, model, created_at, expires_at, input, output, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET previous_id = "
            "excluded.previous_id, model = excluded.model, created_at = excluded.created_at, expires_at "
            "= excluded.expires_at, input = excluded.input, output = excluded.output, body = "
            "excluded.body",
            {r.id, sqlTextOrNull(r.previousId), r.model, r.createdAt, r.createdAt + kResponseLifetimeMs,
             writeJson(messagesToJson(r.input)), writeJson(messagesToJson(r.output)), r.body});
    });
}

awaitable<Result<StoredResponse>> ResponseStore::get(std::string id, std::int64_t now) {
    return m_database.run([id = std::move(id), now](Connection& connection) -> Result<StoredResponse> {
        auto found = connection.first("SELECT id, previous_id, model, created_at, input, output, body FROM responses "
                                      "WHERE id = ? AND expires_at > ?",
                                      {id, now}, fromRow);
        if (!found)
            return found.error();
        if (!*found)
            return noResponse(id);
        return std::move(**found);
    });
}

awaitable<Result<void>> ResponseStore::remove(std::string id) {
    return m_database.run([id = std::move(id)](Connection& connection) -> Result<void> {
        auto done = connection.run("DELETE FROM responses WHERE id = ?", {id});
        if (done && connection.changes() == 0)
            return noResponse(id);
        return done;
    });
}

awaitable<Result<int>> ResponseStore::purgeExpired(std::int64_t now) {
    return m_database.run([now](Connection& connection) -> Result<int> {
        if (auto done = connection.run("DELETE FROM responses WHERE expires_at <= ?", {now}); !done)
            return done.error();
        return static_cast<int>(connection.changes());
    });
}

} // namespace patchbay
