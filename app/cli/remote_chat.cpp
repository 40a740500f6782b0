// A turn answered by the program that holds the data directory.
#include "app/cli/chat_backend.h"
#include "app/cli/remote_api.h"
#include "base/json_writer.h"

namespace patchbay {
namespace {

json::string jsonText(std::string_view text) {
    return json::string(text.data(), text.size());
}

json::object partToJson(const ContentPart& part) {
    if (const auto* image = std::get_if<ImagePart>(&part))
        return {{"type", "image_url"},
                {"image_url", {{"url", "data:" + image->source.mediaType + ";base64," + image->source.data}}}};
    const auto* text = std::get_if<TextPart>(&part);
    return {{"type", "text"}, {"text", text ? text->text : std::string()}};
}

json::object messageToJson(const Message& message) {
    json::object object{{"role", jsonText(roleName(message.role))}};
    if (message.parts.size() == 1 && std::holds_alternative<TextPart>(message.parts.front())) {
        object["content"] = textOf(message);
        return object;
    }
    json::array parts;
    for (const ContentPart& part : message.parts)
        parts.push_back(partToJson(part));
    object["content"] = std::move(parts);
    return object;
}

json::object bodyOf(const ChatTurn& turn) {
    json::object body;
    json::array messages;
    for (const Message& message : turn.messages)
        messages.push_back(messageToJson(message));
    body["messages"] = std::move(messages);
    if (!turn.model.empty())
        body["model"] = turn.model;
    if (!turn.conversationId.empty())
        body["conversation_id"] = turn.conversationId;
    if (turn.system)
        body["system"] = *turn.system;
    if (!turn.store)
        body["store"] = false;
    return body;
}

class RemoteChat final : public ChatBackend {
public:
    explicit RemoteChat(RemoteApi& api) : m_api(api) {}

    awaitable<ChatTurnEnd> turn(ChatTurn wish, std::shared_ptr<NativeEventSink> out) override {
        co_await asio::this_coro::throw_if_cancelled(false);
        ChatTurnEnd end{.conversationId = wish.conversationId, .model = wish.model};
        std::optional<Error> failure;
        bool stopped = false;
        try {
            if (auto done = co_await follow(writeJson(bodyOf(wish)), std::move(out), end); !done)
                failure = done.error();
        } catch (const boost::system::system_error& error) {
            if (error.code() != asio::error::operation_aborted)
                throw;
            stopped = true;
        }
        if (stopped) {
            end.finishReason = "stopped";
        } else if (failure) {
            end.finishReason = "error";
            end.error = std::move(failure);
        }
        co_return end;
    }

    awaitable<Result<std::string>> lastConversation() override {
        auto page = co_await m_api.call("GET", "/api/conversations?limit=500");
        if (!page)
            co_return page.error();
        std::string newest;
        std::int64_t newestAt = -1;
        if (const json::array* items = findArray(*page, "conversations"))
            for (const json::value& item : *items)
                if (const std::int64_t at =
                        item.is_object() ? findInt(item.get_object(), "updated_at").value_or(0) : -1;
                    at > newestAt) {
                    newestAt = at;
                    newest = stringOr(item.get_object(), "id");
                }
        if (newest.empty())
            co_return makeError(ErrorCode::NotFound, "there is no conversation to continue", "Leave out --continue.");
        co_return newest;
    }

private:
    // The end of the stream without a `done` is an error, never a short success.
    awaitable<Result<void>> follow(std::string body, std::shared_ptr<NativeEventSink> out, ChatTurnEnd& end) {
        auto stream = co_await m_api.stream("/api/chat/stream", std::move(body));
        if (!stream)
            co_return stream.error();
        for (;;) {
            auto events = co_await (*stream)->next();
            if (!events)
                co_return events.error();
            if (events->empty())
                co_return makeError(ErrorCode::Truncated, "the running program ended in the middle of the answer",
                                    "Look at its log, then ask again with --continue.");
            for (const SseEvent& event : *events) {
                auto data = parseJsonObject(event.data);
                if (!data)
                    co_return data.error();
                if (event.name == "error")
                    end.error = errorFromJson(*data, 0);
                else if (event.name == "done")
                    co_return finish(*data, end);
                else if (auto taken = pass(event.name, std::move(*data), *out, end); !taken)
                    co_return taken;
            }
        }
    }

    static Result<void> pass(std::string_view name, json::object data, NativeEventSink& out, ChatTurnEnd& end) {
        if (name == "usage") {
            if (const auto cost = findInt(data, "cost_nano_usd"))
                end.cost = *cost;
            data.erase("cost_nano_usd");
            end.usage = std::move(data);
            return {};
        }
        // A later version may send more kinds.
        for (const std::string_view known : {"message", "reasoning", "refusal", "tool_call"})
            if (name == known)
                return out.take({known, std::move(data)});
        if (const auto id = findString(data, "conversation_id"))
            end.conversationId = *id;
        return {};
    }

    static Result<void> finish(const json::object& done, ChatTurnEnd& end) {
        end.finishReason = stringOr(done, "finish_reason");
        for (const auto& [name, member] :
             {std::pair<std::string_view, std::string*>{"conversation_id", &end.conversationId},
              {"message_id", &end.messageId},
              {"trace_id", &end.traceId},
              {"model", &end.model},
              {"provider", &end.provider}})
            if (const auto value = findString(done, name))
                *member = *value;
        if (const json::object* trouble = findObject(done, "history_error"))
            end.warning = "the reply could not be kept: " + std::string(stringOr(*trouble, "message"));
        if (end.error)
            return *end.error;
        return {};
    }

    RemoteApi& m_api;
};

} // namespace

std::unique_ptr<ChatBackend> remoteChat(RemoteApi& api) {
    return std::make_unique<RemoteChat>(api);
}

} // namespace patchbay
