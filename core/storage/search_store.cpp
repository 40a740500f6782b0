#include "storage/search_store.h"

#include <charconv>

#include <fmt/format.h>

#include "base/strings.h"
#include "storage/database.h"
#include "storage/message_json.h"
#include "storage/search_index.h"

namespace patchbay {
namespace {

constexpr std::size_t kBefore = 60; // bytes of context in front of the hit
constexpr std::size_t kAfter = 160;

bool isContinuation(char c) {
    return (static_cast<std::uint8_t>(c) & 0xC0) == 0x80;
}

void cutSnippet(std::string_view text, TextRange found, SearchHit& hit) {
    std::size_t begin = found.begin > kBefore ? found.begin - kBefore : 0;
    while (begin < found.begin && isContinuation(text[begin]))
        ++begin;
    std::size_t end = std::min(found.end + kAfter, text.size());
    while (end < text.size() && isContinuation(text[end]))
        ++end;
    constexpr std::string_view kGap = "…";
    const std::string_view lead = begin > 0 ? kGap : std::string_view();
    hit.snippet = std::string(lead) + std::string(text.substr(begin, end - begin));
    for (char& c : hit.snippet)
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' '; // one line, and no offset moves
    if (end < text.size())
        hit.snippet += kGap;
    hit.hit = {lead.size() + found.begin - begin, lead.size() + found.end - begin};
}

Result<void> readHit(const SqlRow& row, const SearchQuery& query, SearchHit& hit) {
    hit.conversationId = row.text(1);
    hit.title = row.text(2);
    hit.messageId = row.text(3);
    hit.role = row.text(4);
    std::string text;
    if (hit.messageId.empty()) {
        hit.createdAt = row.integer(7);
        text = hit.title;
    } else {
        hit.createdAt = row.integer(6);
        auto value = parseJson(row.text(5));
        if (!value)
            return value.error();
        auto message = messageFromJson(*value);
        if (!message)
            return message.error();
        text = searchableText(*message);
    }
    cutSnippet(text, findPhrase(searchTokens(text), query).value_or(TextRange{}), hit);
    return {};
}

Result<SearchPage> runSearch(Connection& connection, const SearchQuery& query, int limit, std::int64_t before) {
    SearchPage page;
    const std::string match = query.matchExpression();
    std::int64_t lastDoc = 0;
    bool further = false;
    // search_index is walked backwards, which is newest first (see migrations.cpp), and stops at the limit.
    auto listed = connection.each(
        R"(SELECT d.doc, c.id, c.title, d.message_id, m.role, m.content, m.created_at, c.created_at
           FROM search_index JOIN search_docs d ON d.doc = search_index.rowid
           JOIN conversations c ON c.id = d.conversation_id LEFT JOIN messages m ON m.id = d.message_id
           WHERE search_index MATCH ? AND search_index.rowid < ? AND c.deleted_at IS NULL
           ORDER BY search_index.rowid DESC LIMIT ?)",
        {match, before, std::int64_t{limit} + 1}, [&](const SqlRow& row) -> Result<void> {
            if (static_cast<int>(page.hits.size()) == limit) {
                further = true;
                return {};
            }
            lastDoc = row.integer(0);
            return readHit(row, query, page.hits.emplace_back());
        });
    if (!listed)
        return listed.error();
    auto counted = connection.integer(
        R"(SELECT count(*) FROM (SELECT 1 FROM search_index JOIN search_docs d ON d.doc = search_index.rowid
           JOIN conversations c ON c.id = d.conversation_id
           WHERE search_index MATCH ? AND c.deleted_at IS NULL LIMIT ?))",
        {match, kSearchCountCap + 1});
    if (!counted)
        return counted.error();
    page.more = *counted > kSearchCountCap;
    page.total = std::min(*counted, kSearchCountCap);
    if (further)
        page.nextCursor = fmt::format("{}", lastDoc);
    return page;
}

} // namespace

std::string SearchPage::totalText() const {
    return fmt::format("{}{}", total, more ? "+" : "");
}

awaitable<Result<SearchPage>> SearchStore::search(std::string text, int limit, std::string cursor) {
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    bool valid = true;
    if (!cursor.empty()) {
        const char* last = cursor.data() + cursor.size();
        const auto [end, failure] = std::from_chars(cursor.data(), last, before);
        valid = failure == std::errc() && end == last;
    }
    return m_database.run([query = parseSearchQuery(text), limit = std::clamp(limit, 1, 100), before,
                           valid](Connection& connection) -> Result<SearchPage> {
        if (!valid)
            return makeError(ErrorCode::InvalidRequest, "The cursor is not one of a search.",
                             "Send the next_cursor of the page before.");
        if (query.empty())
            return SearchPage{};
        return runSearch(connection, query, limit, before);
    });
}

} // namespace patchbay
