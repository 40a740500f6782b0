#include "server/conversations_surface.h"

#include <charconv>

#include "providers/openai/openai_fields.h"
#include "providers/request_limits.h"
#include "server/conversation_parameters.h"
#include "server/native_events.h"
#include "services/conversation_chat.h"

namespace patchbay {
namespace {

constexpr int kMaxPage = 500;
constexpr int kMaxHits = 100;

using Answer = awaitable<Result<http::Response>> (*)(HistoryService&, RequestPtr);

json::value textOrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

Error invalid(std::string_view param, std::string message) {
    return openAiInvalidRequest(param, std::move(message));
}

/// A number in the query within bounds, or the fallback where it is absent.
Result<int> queryNumber(const http::Request& request, std::string_view name, int fallback, int max) {
    const auto text = request.queryParameter(name);
    if (!text)
        return fallback;
    int number = 0;
    const char* last = text->data() + text->size();
    if (const auto [end, failure] = std::from_chars(text->data(), last, number);
        failure != std::errc() || end != last || number < 1 || number > max)
        return invalid(name, "'" + std::string(name) + "' must be a number from 1 to " + std::to_string(max) + ".");
    return number;
}

Result<std::optional<bool>> queryFlag(const http::Request& request, std::string_view name) {
    const auto text = request.queryParameter(name);
    std::optional<bool> flag;
    if (!text)
        return flag;
    if (*text != "true" && *text != "false" && *text != "1" && *text != "0")
        return invalid(name, "'" + std::string(name) + "' must be true or false.");
    flag = *text == "true" || *text == "1";
    return flag;
}

/// The body, {} where there is none.
Result<json::object> bodyOf(const http::Request& request) {
    return request.body.empty() ? Result<json::object>(json::object{}) : parseOpenAiBody(request.body);
}

// A member that we do not know is a slip that would otherwise go unnoticed.
Result<void> checkFields(FieldReader& fields) {
    RequestProblem& problem = fields.problem();
    if (!problem.found())
        for (const auto& [key, value] : fields.rest())
            problem.report(toView(key), "Unknown member '" + std::string(toView(key)) + "'.", "unknown_parameter");
    if (problem.found())
        return problem.error();
    return {};
}

Result<std::string> messageIdOf(const http::Request& request) {
    auto body = bodyOf(request);
    if (!body)
        return body.error();
    RequestProblem problem;
    FieldReader fields(*body, {}, problem);
    std::string id = fields.requiredString("message_id");
    if (auto checked = checkFields(fields); !checked)
        return checked.error();
    return id;
}

std::string conversationIdOf(const http::Request& request) {
    return std::string(request.pathParameter("id"));
}

awaitable<Result<void>> checkBelongs(HistoryService& history, std::string messageId, std::string conversationId) {
    auto message = co_await history.message(std::move(messageId));
    if (!message)
        co_return message.error();
    if (message->conversationId != conversationId)
        co_return makeError(ErrorCode::NotFound, "The message belongs to another conversation.",
                            "Load the conversation again.");
    co_return Result<void>();
}

awaitable<Result<http::Response>> one(HistoryService& history, std::string id, int status = 200) {
    auto conversation = co_await history.conversation(std::move(id));
    if (!conversation)
        co_return conversation.error();
    co_return jsonResponse(status, conversationToJson(*conversation));
}

awaitable<Result<http::Response>> list(HistoryService& history, RequestPtr request) {
    const auto limit = queryNumber(*request, "limit", 50, kMaxPage);
    if (!limit)
        co_return limit.error();
    const auto pinned = queryFlag(*request, "pinned");
    if (!pinned)
        co_return pinned.error();
    const auto trash = queryFlag(*request, "trash");
    if (!trash)
        co_return trash.error();
    auto page = co_await history.listConversations({.folder = request->queryParameter("folder"),
                                                    .pinned = *pinned,
                                                    .trash = trash->value_or(false),
                                                    .limit = *limit,
                                                    .cursor = request->queryParameter("cursor").value_or("")});
    if (!page)
        co_return page.error();
    json::array items;
    for (const Conversation& conversation : page->items)
        items.push_back(conversationToJson(conversation));
    co_return jsonResponse(
        200, json::object{{"conversations", std::move(items)}, {"next_cursor", textOrNull(page->nextCursor)}});
}

awaitable<Result<http::Response>> folders(HistoryService& history, RequestPtr) {
    auto names = co_await history.listFolders();
    if (!names)
        co_return names.error();
    json::array array;
    for (const std::string& name : *names)
        array.push_back(json::value(name));
    co_return jsonResponse(200, json::object{{"folders", std::move(array)}});
}

awaitable<Result<http::Response>> create(HistoryService& history, RequestPtr request) {
    auto body = bodyOf(*request);
    if (!body)
        co_return body.error();
    RequestProblem problem;
    FieldReader fields(*body, {}, problem);
    NewConversation wish{.title = fields.stringOrEmpty("title"),
                         .model = fields.stringOrEmpty("model"),
                         .systemPrompt = fields.stringOrEmpty("system_prompt"),
                         .folder = fields.stringOrEmpty("folder")};
    if (const json::object* parameters = fields.object("parameters")) {
        checkParameters(*parameters, problem);
        wish.parameters = *parameters;
    }
    if (auto checked = checkFields(fields); !checked)
        co_return checked.error();
    if (auto named = checkModelName(wish.model); !named)
        co_return named.error();
    auto made = co_await history.createConversation(std::move(wish));
    if (!made)
        co_return made.error();
    co_return jsonResponse(201, conversationToJson(*made));
}

awaitable<Result<http::Response>> read(HistoryService& history, RequestPtr request) {
    auto tree = co_await history.tree(conversationIdOf(*request));
    if (!tree)
        co_return tree.error();
    json::object body = conversationToJson(tree->conversation);
    json::array messages;
    for (const MessageRecord& record : tree->messages)
        messages.push_back(recordToJson(record));
    json::array path;
    for (const MessageRecord* record : activePathOf(*tree))
        path.push_back(json::value(record->id));
    body["messages"] = std::move(messages);
    body["active_path"] = std::move(path);
    co_return jsonResponse(200, body);
}

awaitable<Result<http::Response>> change(HistoryService& history, RequestPtr request) {
    auto body = bodyOf(*request);
    if (!body)
        co_return body.error();
    RequestProblem problem;
    FieldReader fields(*body, {}, problem);
    ConversationPatch patch{.title = fields.string("title"),
                            .model = fields.string("model"),
                            .systemPrompt = fields.string("system_prompt"),
                            .folder = fields.string("folder"),
                            .pinned = fields.boolean("pinned"),
                            .draft = fields.string("draft")};
    if (const json::object* parameters = fields.object("parameters")) {
        checkParameters(*parameters, problem);
        patch.parameters = *parameters;
    }
    if (auto checked = checkFields(fields); !checked)
        co_return checked.error();
    if (auto named = checkModelName(patch.model.value_or("")); !named)
        co_return named.error();
    auto changed = co_await history.patchConversation(conversationIdOf(*request), std::move(patch));
    if (!changed)
        co_return changed.error();
    co_return jsonResponse(200, conversationToJson(*changed));
}

awaitable<Result<http::Response>> remove(HistoryService& history, RequestPtr request) {
    const auto permanent = queryFlag(*request, "permanent");
    if (!permanent)
        co_return permanent.error();
    const std::string id = conversationIdOf(*request);
    const bool forGood = permanent->value_or(false);
    Result<void> removed;
    if (forGood)
        removed = co_await history.purgeConversation(id);
    else
        removed = co_await history.removeConversation(id);
    if (!removed)
        co_return removed.error();
    co_return jsonResponse(200, json::object{{"id", id}, {"deleted", true}, {"permanent", forGood}});
}

awaitable<Result<http::Response>> restore(HistoryService& history, RequestPtr request) {
    if (auto restored = co_await history.restoreConversation(conversationIdOf(*request)); !restored)
        co_return restored.error();
    co_return co_await one(history, conversationIdOf(*request));
}

awaitable<Result<http::Response>> branch(HistoryService& history, RequestPtr request) {
    auto messageId = messageIdOf(*request);
    if (!messageId)
        co_return messageId.error();
    if (auto belongs = co_await checkBelongs(history, *messageId, conversationIdOf(*request)); !belongs)
        co_return belongs.error();
    auto made = co_await history.branch(*messageId);
    if (!made)
        co_return made.error();
    co_return jsonResponse(201, conversationToJson(*made));
}

awaitable<Result<http::Response>> select(HistoryService& history, RequestPtr request) {
    auto messageId = messageIdOf(*request);
    if (!messageId)
        co_return messageId.error();
    if (auto belongs = co_await checkBelongs(history, *messageId, conversationIdOf(*request)); !belongs)
        co_return belongs.error();
    if (auto leaf = co_await history.selectBranch(*messageId); !leaf)
        co_return leaf.error();
    co_return co_await one(history, conversationIdOf(*request));
}

awaitable<Result<http::Response>> exportAs(HistoryService& history, RequestPtr request) {
    const auto format = exportFormatFromName(request->queryParameter("format").value_or("md"));
    if (!format)
        co_return invalid("format", "'format' must be md, json or html.");
    auto file = co_await history.exportConversation(conversationIdOf(*request), *format);
    if (!file)
        co_return file.error();
    // What people and models wrote is never to run as a page of this server.
    co_return http::Response{.status = 200,
                             .headers = {{"content-disposition", "attachment; filename=\"" + file->filename + "\""},
                                         {"x-content-type-options", "nosniff"},
                                         {"content-security-policy", "sandbox"}},
                             .body = std::move(file->body),
                             .contentType = std::move(file->mediaType)};
}

json::object hitJson(const SearchHit& hit) {
    return {{"conversation_id", hit.conversationId},
            {"title", hit.title},
            {"message_id", textOrNull(hit.messageId)},
            {"role", textOrNull(hit.role)},
            {"created_at", hit.createdAt},
            {"snippet", hit.snippet},
            // In three pieces: byte offsets are of little use to clients that count otherwise.
            {"before", hit.snippet.substr(0, hit.hit.begin)},
            {"match", hit.snippet.substr(hit.hit.begin, hit.hit.end - hit.hit.begin)},
            {"after", hit.snippet.substr(hit.hit.end)}};
}

awaitable<Result<http::Response>> search(HistoryService& history, RequestPtr request) {
    const auto text = request->queryParameter("q");
    if (!text)
        co_return invalid("q", "'q' is missing: what is searched for?");
    const auto limit = queryNumber(*request, "limit", 20, kMaxHits);
    if (!limit)
        co_return limit.error();
    auto page = co_await history.search(*text, *limit, request->queryParameter("cursor").value_or(""));
    if (!page)
        co_return page.error();
    json::array hits;
    for (const SearchHit& hit : page->hits)
        hits.push_back(hitJson(hit));
    co_return jsonResponse(200, json::object{{"hits", std::move(hits)},
                                             {"total", page->totalText()},
                                             {"next_cursor", textOrNull(page->nextCursor)}});
}

awaitable<Result<http::Response>> feedback(HistoryService& history, RequestPtr request) {
    auto body = bodyOf(*request);
    if (!body)
        co_return body.error();
    RequestProblem problem;
    FieldReader fields(*body, {}, problem);
    const auto value = fields.integer("value", -1, 1);
    if (!value)
        problem.missing("value");
    if (auto checked = checkFields(fields); !checked)
        co_return checked.error();
    const std::string id(request->pathParameter("id"));
    if (auto set = co_await history.setFeedback(id, static_cast<int>(*value)); !set)
        co_return set.error();
    co_return jsonResponse(200, json::object{{"id", id}, {"value", *value}});
}

awaitable<void> respond(HistoryService* history, Answer answer, RequestPtr request, ResponderPtr responder) {
    Result<http::Response> response = historyOffError();
    if (history)
        response = co_await answer(*history, std::move(request));
    co_await responder->respond(response ? std::move(*response) : nativeError(response.error()));
}

} // namespace

std::vector<http::Route> conversationsRoutes(ServerParts, HistoryService* history) {
    const auto member = [history](std::string method, std::string pattern, Answer answer) {
        return route(std::move(method), std::move(pattern), AccessRole::Member,
                     [history, answer](RequestPtr request, ResponderPtr responder) {
                         return respond(history, answer, std::move(request), std::move(responder));
                     });
    };
    return {
        member("GET", "/api/conversations", list),
        member("POST", "/api/conversations", create),
        member("GET", "/api/conversations/folders", folders),
        member("GET", "/api/conversations/search", search),
        member("GET", "/api/conversations/{id}", read),
        member("PATCH", "/api/conversations/{id}", change),
        member("DELETE", "/api/conversations/{id}", remove),
        member("POST", "/api/conversations/{id}/branch", branch),
        member("POST", "/api/conversations/{id}/restore", restore),
        member("POST", "/api/conversations/{id}/select", select),
        member("GET", "/api/conversations/{id}/export", exportAs),
        member("POST", "/api/messages/{id}/feedback", feedback),
    };
}

} // namespace patchbay
