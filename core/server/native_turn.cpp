#include "server/native_turn.h"

#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "providers/openai/openai_fields.h"
#include "providers/request_limits.h"

namespace patchbay {
namespace {

// Ours, and what means something else here than in OpenAI's body.
constexpr std::array<std::string_view, 11> kNativeMembers{
    "message", "messages", "conversation_id", "parent_id", "regenerate", "system",
    "store",   "stream",   "stream_options",  "id",        "type"};

Error invalid(std::string_view param, std::string message) {
    return openAiInvalidRequest(param, std::move(message));
}

// The new messages in OpenAI's shape.
Result<json::array> messagesOf(const json::object& body, bool regenerate) {
    const json::value* one = find(body, "message");
    const json::value* many = find(body, "messages");
    if ((one ? 1 : 0) + (many ? 1 : 0) + (regenerate ? 1 : 0) != 1)
        return invalid("message", "Exactly one of 'message', 'messages' and 'regenerate' must be sent.");
    json::array messages;
    if (regenerate) { // the decoder wants some; they are taken away again
        messages.push_back(json::object{{"role", "user"}, {"content", "-"}});
    } else if (many) {
        if (!many->is_array())
            return invalid("messages", "'messages' must be an array.");
        messages = many->get_array();
    } else if (const json::object* object = one->if_object()) {
        json::object message = *object;
        if (!message.contains("role"))
            message["role"] = "user";
        messages.push_back(std::move(message));
    } else if (one->is_string() || one->is_array()) {
        messages.push_back(json::object{{"role", "user"}, {"content", *one}});
    } else {
        return invalid("message", "'message' must be a string, an array of content parts or an object.");
    }
    return messages;
}

Result<ChatRequest> decodeChatMembers(const json::object& body, json::array messages) {
    json::object chat;
    for (const auto& [key, value] : body)
        if (std::find(kNativeMembers.begin(), kNativeMembers.end(), toView(key)) == kNativeMembers.end())
            chat.emplace(key, value);
    const bool named = find(chat, "model") && chat["model"] != "";
    if (!named)
        chat["model"] = "-";
    chat["messages"] = std::move(messages);
    const std::string text = writeJson(chat);
    auto request =
        serverCodec(WireFormat::OpenAiChat)
            .decodeChat(ClientRequest{.path = "/v1/chat/completions", .query = {}, .headers = {}, .body = text});
    if (request && !named)
        request->model.clear();
    return request;
}

json::value textOrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value costOrNull(const std::optional<NanoUsd>& cost) {
    return cost ? json::value(*cost) : json::value(nullptr);
}

json::object doneJson(std::string_view finishReason, const Turn& turn) {
    json::object done{{"finish_reason", finishReason}};
    const json::object ids = turnIds(turn);
    done.insert(ids.begin(), ids.end());
    return done;
}

} // namespace

Result<NativeTurn> decodeTurn(json::object body) {
    RequestProblem problem;
    FieldReader fields(body, {}, problem);
    NativeTurn turn;
    turn.request.conversationId = fields.stringOrEmpty("conversation_id");
    turn.request.parentId = fields.string("parent_id");
    turn.request.regenerate = fields.stringOrEmpty("regenerate");
    turn.request.systemPrompt = fields.string("system");
    turn.request.store = fields.boolean("store").value_or(true);
    turn.stream = fields.boolean("stream").value_or(true);
    if (problem.found())
        return problem.error();
    const bool regenerate = !turn.request.regenerate.empty();
    auto messages = messagesOf(body, regenerate);
    if (!messages)
        return messages.error();
    auto chat = decodeChatMembers(body, std::move(*messages));
    if (!chat)
        return chat.error();
    if (auto limited = checkRequestLimits(*chat); !limited)
        return limited.error();
    if (chat->sampling.choices.value_or(1) != 1)
        return invalid("n", "Only one choice per turn: ask again with 'regenerate' for another.");
    chat->stream = turn.stream;
    chat->includeUsage = turn.stream;
    if (regenerate)
        chat->messages.clear();
    turn.request.chat = std::move(*chat);
    return turn;
}

json::object turnIds(const Turn& turn) {
    json::object ids;
    ids["conversation_id"] = textOrNull(turn.conversationId);
    ids["message_id"] = textOrNull(turn.messageId);
    ids["user_message_id"] = textOrNull(turn.userMessageId);
    ids["trace_id"] = turn.record->traceId;
    return ids;
}

std::vector<NativeEvent> closingEvents(const Outcome& outcome, const Turn& turn) {
    std::vector<NativeEvent> events;
    std::string_view finish = "error";
    if (outcome) {
        json::object usage = usageJson(outcome->usage);
        usage["cost_nano_usd"] = costOrNull(turn.cost);
        events.push_back({"usage", std::move(usage)});
        finish = finishReasonName(outcome->finish);
    } else if (outcome.error().code == ErrorCode::Cancelled) {
        finish = "stopped";
    } else {
        events.push_back({"error", errorJson(outcome.error())});
    }
    json::object done = doneJson(finish, turn);
    done["model"] = turn.model;
    done["provider"] = turn.record->provider;
    if (turn.historyError)
        done["history_error"] = errorJson(*turn.historyError);
    events.push_back({"done", std::move(done)});
    return events;
}

json::object replyJson(const ChatReply& reply, const ChatSummary& summary, const Turn& turn) {
    const Message& message = reply.choices.front().message;
    json::object object{{"text", textOf(message)}};
    std::string reasoning;
    std::string refusal;
    json::array calls;
    for (const ContentPart& part : message.parts) {
        if (const auto* thought = std::get_if<ReasoningPart>(&part))
            reasoning += thought->text;
        else if (const auto* refused = std::get_if<RefusalPart>(&part))
            refusal += refused->text;
        else if (const auto* call = std::get_if<ToolCallPart>(&part))
            calls.push_back(json::object{
                {"index", calls.size()}, {"id", call->id}, {"name", call->name}, {"arguments", call->arguments}});
    }
    if (!reasoning.empty())
        object["reasoning"] = reasoning;
    if (!refusal.empty())
        object["refusal"] = refusal;
    if (!calls.empty())
        object["tool_calls"] = std::move(calls);
    json::object usage = usageJson(summary.usage);
    usage["cost_nano_usd"] = costOrNull(turn.cost);
    object["usage"] = std::move(usage);
    const json::object done = closingEvents(summary, turn).back().data;
    object.insert(done.begin(), done.end());
    return object;
}

} // namespace patchbay
