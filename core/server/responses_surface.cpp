#include "server/responses_surface.h"

#include <map>

#include "base/json_writer.h"
#include "providers/openai/responses_codec.h"
#include "server/chat_exchange.h"

namespace patchbay {
namespace {

// What one request leaves for its end; both callbacks of the exchange share it.
struct Turn {
    ServerParts parts;
    ResponseStore* store;
    std::string previousId;
    std::shared_ptr<const ChatRequest> shown; // as the response repeats it
};

const ServerCodec& codec() {
    return serverCodec(WireFormat::OpenAiResponses);
}

Error notStored(std::string_view id) {
    Error error = makeError(ErrorCode::NotFound, "previous response \"" + std::string(id) + "\" is not stored here",
                            "Send the whole conversation as input; stored responses are kept for 30 days.");
    error.vendor = VendorError{.status = 400, .type = "invalid_request_error", .code = "previous_response_not_found",
                               .param = "previous_response_id"};
    return error;
}

// The settings that a response repeats, with what only this server knows of them. The messages stay where they are:
// they may be long, and of them only the instructions are repeated.
std::shared_ptr<const ChatRequest> shownRequest(const Turn& turn, ChatRequest& request) {
    std::vector<Message> messages = std::exchange(request.messages, {});
    auto shown = std::make_shared<ChatRequest>(request);
    request.messages = std::move(messages);
    if (!request.messages.empty() && request.messages.front().role == Role::System)
        shown->messages.push_back(request.messages.front());
    shown->previousResponseId = turn.previousId;
    shown->store = turn.store && request.store.value_or(true);
    return shown;
}

// Puts the earlier turns before this one's input. System messages of the earlier turns' `instructions` are not carried
// over, as the API says.
awaitable<Result<void>> loadPrevious(std::shared_ptr<Turn> turn, ChatRequest* request) {
    turn->previousId = std::exchange(request->previousResponseId, {});
    turn->shown = shownRequest(*turn, *request);
    if (turn->previousId.empty())
        co_return Result<void>();
    if (!turn->store)
        co_return notStored(turn->previousId);
    auto previous = co_await turn->store->get(turn->previousId, toUnixMilliseconds(turn->parts.clock.wallNow()));
    if (!previous) {
        if (previous.error().code == ErrorCode::NotFound)
            co_return notStored(turn->previousId);
        co_return previous.error();
    }
    std::vector<Message> messages;
    const auto isSystem = [](const Message& message) { return message.role == Role::System; };
    for (Message& message : request->messages)
        if (isSystem(message))
            messages.push_back(std::move(message));
    for (Message& message : previous->input)
        if (!isSystem(message))
            messages.push_back(std::move(message));
    for (Message& message : previous->output)
        messages.push_back(std::move(message));
    for (Message& message : request->messages)
        if (!isSystem(message))
            messages.push_back(std::move(message));
    request->messages = std::move(messages);
    co_return Result<void>();
}

awaitable<void> keep(std::shared_ptr<Turn> turn, ChatRequest request, ChatReply reply) {
    if (!turn->store || request.store == false)
        co_return;
    StoredResponse stored{.id = reply.id,
                          .previousId = turn->previousId,
                          .model = request.model,
                          .createdAt = toUnixMilliseconds(turn->parts.clock.wallNow()),
                          .input = std::move(request.messages)};
    for (const ReplyChoice& choice : reply.choices)
        stored.output.push_back(choice.message);
    const ReplyIdentity identity{.id = stored.id, .model = stored.model, .created = stored.createdAt / 1000};
    stored.body = codec().encodeReply(*turn->shown, identity, reply).body;
    if (auto put = co_await turn->store->put(std::move(stored)); !put)
        turn->parts.log.error("response_not_stored", {{"code", errorCodeName(put.error().code)},
                                                  {"error", put.error().message},
                                                  {"hint", put.error().hint}});
}

// Our item ids are "<kind>_<response id without resp_><two hex digits>", so an item names the response that holds it.
std::string responseOfItem(std::string_view itemId) {
    const auto kind = itemId.find('_');
    if (kind == std::string_view::npos || itemId.size() < kind + 4)
        return {};
    return "resp_" + std::string(itemId.substr(kind + 1, itemId.size() - kind - 3));
}

using Items = std::map<std::string, json::object>;

// A response that is not there has no items; one that cannot be read is an error of its own.
awaitable<Result<void>> collectItems(ResponseStore* store, std::string responseId, std::int64_t now, Items* items) {
    const auto stored = co_await store->get(std::move(responseId), now);
    if (!stored && stored.error().code != ErrorCode::NotFound)
        co_return stored.error();
    const auto body = stored ? parseJsonObject(stored->body) : Result<json::object>(stored.error());
    const json::array* output = body ? findArray(*body, "output") : nullptr;
    if (!output)
        co_return Result<void>();
    for (const json::value& item : *output)
        if (item.is_object())
            items->emplace(stringOr(item.get_object(), "id"), item.get_object());
    co_return Result<void>();
}

// Replaces references to stored items by the items. Returns an error that names the first unknown one.
awaitable<Result<void>> resolveReferences(ServerParts parts, ResponseStore* store, http::Request* request) {
    Items items;
    for (;;) {
        std::string missing;
        auto resolved = resolveItemReferences(request->body, [&](const std::string& id) -> std::optional<json::object> {
            const auto found = items.find(id);
            if (found != items.end())
                return found->second;
            missing = id;
            return std::nullopt;
        });
        if (resolved) {
            request->body = std::move(*resolved);
            co_return Result<void>();
        }
        const std::string owner = responseOfItem(missing);
        if (!store || owner.empty())
            co_return resolved.error();
        if (auto read = co_await collectItems(store, owner, toUnixMilliseconds(parts.clock.wallNow()), &items); !read)
            co_return read.error();
        if (!items.contains(missing))
            co_return resolved.error();
    }
}

awaitable<void> create(ServerParts parts, ResponseStore* store, RequestPtr request, ResponderPtr responder) {
    if (request->body.find("item_reference") != std::string::npos) {
        if (auto resolved = co_await resolveReferences(parts, store, request.get()); !resolved) {
            co_await responder->respond(errorResponse(codec(), resolved.error(), parts.ids.next()));
            co_return;
        }
    }
    auto turn = std::make_shared<Turn>(Turn{.parts = parts, .store = store, .previousId = {}, .shown = {}});
    ChatExchangeOptions options{.format = WireFormat::OpenAiResponses, .idPrefix = "resp_"};
    options.prepare = [turn](ChatRequest& decoded) { return loadPrevious(turn, &decoded); };
    options.shown = [turn] { return turn->shown; };
    options.completed = [turn](ChatRequest asked, ChatReply reply) {
        return keep(turn, std::move(asked), std::move(reply));
    };
    co_await exchangeChat(parts, std::move(options), std::move(request), std::move(responder));
}

awaitable<void> retrieve(ServerParts parts, ResponseStore* store, RequestPtr request, ResponderPtr responder) {
    const std::string id(request->pathParameter("id"));
    Result<StoredResponse> stored = notStored(id);
    if (store)
        stored = co_await store->get(id, toUnixMilliseconds(parts.clock.wallNow()));
    if (!stored) {
        co_await responder->respond(errorResponse(codec(), stored.error(), parts.ids.next()));
        co_return;
    }
    co_await responder->respond({.status = 200, .headers = {}, .body = std::move(stored->body)});
}

awaitable<void> remove(ServerParts parts, ResponseStore* store, RequestPtr request, ResponderPtr responder) {
    const std::string id(request->pathParameter("id"));
    Result<void> removed = notStored(id);
    if (store)
        removed = co_await store->remove(id);
    co_await responder->respond(
        removed ? jsonResponse(200, json::object{{"id", id}, {"object", "response.deleted"}, {"deleted", true}})
                : errorResponse(codec(), removed.error(), parts.ids.next()));
}

} // namespace

std::vector<http::Route> responsesRoutes(ServerParts parts, ResponseStore* store) {
    const auto handler = [parts, store](auto answer) -> http::Handler {
        return [parts, store, answer](RequestPtr request, ResponderPtr responder) {
            return answer(parts, store, std::move(request), std::move(responder));
        };
    };
    std::vector<http::Route> routes;
    for (const std::string prefix : {"/v1", "/v1/v1"}) {
        routes.push_back(route("POST", prefix + "/responses", AccessRole::Member, handler(&create)));
        routes.push_back(route("GET", prefix + "/responses/{id}", AccessRole::Member, handler(&retrieve)));
        routes.push_back(route("DELETE", prefix + "/responses/{id}", AccessRole::Member, handler(&remove)));
    }
    return routes;
}

} // namespace patchbay
