#include "providers/openai/responses_encoder.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/overloaded.h"
#include "providers/openai/responses_events.h"
#include "providers/openai/responses_items.h"
#include "providers/openai/responses_object.h"
#include "providers/openai/responses_output.h"

namespace patchbay::responses {
namespace {

// A response that failed repeats what it streamed, unless that is so much that it would only hold up the end.
constexpr std::size_t kMaxRepeated = 8U << 20U;

class Encoder final : public ReplyEncoder {
public:
    Encoder(const ChatRequest& request, ReplyIdentity identity)
        : m_identity(std::move(identity)), m_settings(settingsOf(request)) {
        if (m_identity.id.empty())
            m_identity.id = "resp_" + randomAlphanumeric(24);
        const auto dash = m_identity.id.find('_');
        m_suffix = dash == std::string::npos ? m_identity.id : m_identity.id.substr(dash + 1);
    }

    std::string_view contentType() const override { return "text/event-stream; charset=utf-8"; }
    void encode(const ChatEvent& event, std::string& out) override;
    void finish(const ChatSummary& summary, std::string& out) override;
    void fail(const Error& error, std::string& out) override;

    /// Closes everything and gives the final object; what it streams on the way goes to `out`.
    json::object conclude(const ChatSummary& summary, std::string& out);

private:
    using Part = OutputPart;
    using Item = OutputItem;
    using Kind = OutputItem::Kind;

    void open(std::string& out);
    void encodeParts(const ChatEvent& event, std::string& out);
    json::object response(std::string_view status) const;
    std::size_t addItem(Kind kind, std::string_view prefix, std::string& out);
    void announce(std::size_t index, std::string& out);
    void closeText(std::string& out);
    void closePart(std::size_t index, std::string& out);
    void closeItem(std::size_t index, std::string_view status, std::string& out);
    void addText(std::string_view text, bool refusal, std::string& out);
    void addReasoning(const ReasoningDelta& delta, std::string& out);
    void addSignature(const ReasoningSignature& signature, std::string& out);
    void startCall(const ToolCallStarted& start, std::string& out);
    void addArguments(const ToolCallDelta& delta, std::string& out);

    void emit(std::string_view type, const json::object& members, std::string& out) {
        m_events.add(type, members, out);
    }
    void emitDelta(std::string_view type, std::size_t index, std::string_view counter, std::size_t part,
                   std::string_view delta, std::string& out) {
        m_events.addDelta(type, {.id = m_items[index].id, .index = index, .counter = counter, .part = part}, delta,
                          out);
    }
    json::object place(std::size_t index) const { return {{"item_id", m_items[index].id}, {"output_index", index}}; }

    ReplyIdentity m_identity;
    json::object m_settings;
    std::string m_suffix;
    std::vector<Item> m_items;          // position = output_index
    std::optional<std::size_t> m_text;  // the message or reasoning item that is open
    std::map<int, std::size_t> m_calls; // tool call index -> item; calls stay open, since their deltas may interleave
    std::optional<ReplyFinished> m_finished;
    Usage m_usage;
    EventWriter m_events;
    std::size_t m_bytes = 0; // streamed so far
    bool m_opened = false;
};

json::object Encoder::response(std::string_view status) const {
    json::object object{{"id", m_identity.id},       {"object", "response"},    {"created_at", m_identity.created},
                        {"status", status},          {"error", nullptr},        {"incomplete_details", nullptr},
                        {"model", m_identity.model}, {"output", json::array{}}, {"usage", nullptr}};
    for (const auto& [key, value] : m_settings)
        object.emplace(key, value);
    return object;
}

void Encoder::open(std::string& out) {
    if (m_opened)
        return;
    m_opened = true;
    const json::object members{{"response", response("in_progress")}};
    emit("response.created", members, out);
    emit("response.in_progress", members, out);
}

std::size_t Encoder::addItem(Kind kind, std::string_view prefix, std::string& out) {
    open(out);
    const std::size_t index = m_items.size();
    m_items.push_back(Item{.kind = kind, .id = fmt::format("{}{}{:02x}", prefix, m_suffix, index)});
    return index;
}

void Encoder::announce(std::size_t index, std::string& out) {
    emit("response.output_item.added", {{"output_index", index}, {"item", itemJson(m_items[index])}}, out);
}

void Encoder::closePart(std::size_t index, std::string& out) {
    const Item& item = m_items[index];
    if (item.parts.empty())
        return;
    const Part& part = item.parts.back();
    json::object text = place(index);
    text["content_index"] = item.parts.size() - 1;
    json::object whole = text;
    text[part.refusal ? "refusal" : "text"] = part.text;
    if (!part.refusal)
        text["logprobs"] = json::array{};
    emit(part.refusal ? "response.refusal.done" : "response.output_text.done", text, out);
    whole["part"] = partJson(part);
    emit("response.content_part.done", whole, out);
}

void Encoder::closeItem(std::size_t index, std::string_view status, std::string& out) {
    Item& item = m_items[index];
    if (item.done)
        return;
    item.done = true;
    item.status = status;
    if (item.kind == Kind::Message)
        closePart(index, out);
    else if (item.kind == Kind::Call) {
        json::object members = place(index);
        members[item.call.custom ? "input" : "arguments"] = item.call.arguments;
        emit(item.call.custom ? "response.custom_tool_call_input.done" : "response.function_call_arguments.done",
             members, out);
    } else if (item.hasSummary) {
        json::object text = place(index);
        text["summary_index"] = 0;
        json::object part = text;
        text["text"] = item.reasoning.text;
        emit("response.reasoning_summary_text.done", text, out);
        part["part"] = json::object{{"type", "summary_text"}, {"text", item.reasoning.text}};
        emit("response.reasoning_summary_part.done", part, out);
    }
    emit("response.output_item.done", {{"output_index", index}, {"item", itemJson(item)}}, out);
}

void Encoder::closeText(std::string& out) {
    if (m_text)
        closeItem(*m_text, "completed", out);
    m_text.reset();
}

void Encoder::addText(std::string_view text, bool refusal, std::string& out) {
    if (text.empty())
        return;
    if (!m_text || m_items[*m_text].kind != Kind::Message) {
        closeText(out);
        m_text = addItem(Kind::Message, "msg_", out);
        announce(*m_text, out);
    }
    Item& item = m_items[*m_text];
    if (item.parts.empty() || item.parts.back().refusal != refusal) {
        closePart(*m_text, out);
        item.parts.push_back(Part{.refusal = refusal});
        json::object members = place(*m_text);
        members["content_index"] = item.parts.size() - 1;
        members["part"] = partJson(item.parts.back());
        emit("response.content_part.added", members, out);
    }
    item.parts.back().text += text;
    emitDelta(refusal ? "response.refusal.delta" : "response.output_text.delta", *m_text, "content_index",
              item.parts.size() - 1, text, out);
}

void Encoder::addReasoning(const ReasoningDelta& delta, std::string& out) {
    if (delta.text.empty())
        return;
    if (!m_text || m_items[*m_text].kind != Kind::Reasoning || m_items[*m_text].block != delta.block) {
        closeText(out);
        m_text = addItem(Kind::Reasoning, "rs_", out);
        m_items[*m_text].block = delta.block;
        announce(*m_text, out);
    }
    Item& item = m_items[*m_text];
    if (!item.hasSummary) {
        json::object members = place(*m_text);
        members["summary_index"] = 0;
        members["part"] = json::object{{"type", "summary_text"}, {"text", ""}};
        emit("response.reasoning_summary_part.added", members, out);
        item.hasSummary = true;
    }
    item.reasoning.text += delta.text;
    emitDelta("response.reasoning_summary_text.delta", *m_text, "summary_index", 0, delta.text, out);
}

void Encoder::addSignature(const ReasoningSignature& signature, std::string& out) {
    // A block without text, or one whose signature comes late (Gemini), becomes an item of its own.
    if (!m_text || m_items[*m_text].kind != Kind::Reasoning || m_items[*m_text].block != signature.block) {
        closeText(out);
        m_text = addItem(Kind::Reasoning, "rs_", out);
        m_items[*m_text].block = signature.block;
        announce(*m_text, out);
    }
    ReasoningPart& part = m_items[*m_text].reasoning;
    if (!signature.signature.empty())
        part.signature = signature.signature;
    if (!signature.redacted.empty())
        part.redacted = signature.redacted;
    if (!signature.id.empty())
        part.id = signature.id;
}

void Encoder::startCall(const ToolCallStarted& start, std::string& out) {
    if (m_calls.contains(start.index))
        return;
    closeText(out);
    const std::size_t index = addItem(Kind::Call, start.custom ? "ctc_" : "fc_", out);
    m_calls.emplace(start.index, index);
    m_items[index].call = {.id = start.id, .name = start.name, .signature = start.signature, .custom = start.custom};
    announce(index, out);
}

void Encoder::addArguments(const ToolCallDelta& delta, std::string& out) {
    const auto found = m_calls.find(delta.index);
    if (found == m_calls.end() || delta.arguments.empty())
        return;
    ToolCallPart& call = m_items[found->second].call;
    call.arguments += delta.arguments;
    emitDelta(call.custom ? "response.custom_tool_call_input.delta" : "response.function_call_arguments.delta",
              found->second, {}, 0, delta.arguments, out);
}

void Encoder::encode(const ChatEvent& event, std::string& out) {
    open(out);
    const std::size_t before = out.size();
    encodeParts(event, out);
    m_bytes += out.size() - before;
}

void Encoder::encodeParts(const ChatEvent& event, std::string& out) {
    // The format has one answer only; a second alternative cannot be asked for here.
    std::visit(Overloaded{
                   [&](const ReplyStarted&) {},
                   [&](const TextDelta& e) { e.choice == 0 ? addText(e.text, false, out) : void(); },
                   [&](const RefusalDelta& e) { e.choice == 0 ? addText(e.text, true, out) : void(); },
                   [&](const ReasoningDelta& e) { e.choice == 0 ? addReasoning(e, out) : void(); },
                   [&](const ReasoningSignature& e) { e.choice == 0 ? addSignature(e, out) : void(); },
                   [&](const ToolCallStarted& e) { e.choice == 0 ? startCall(e, out) : void(); },
                   [&](const ToolCallDelta& e) { e.choice == 0 ? addArguments(e, out) : void(); },
                   [&](const UsageReported& e) { m_usage = e.usage; },
                   [&](const ReplyFinished& e) {
                       if (e.choice == 0)
                           m_finished = e;
                   },
               },
               event);
}

json::object Encoder::conclude(const ChatSummary& summary, std::string& out) {
    open(out);
    const FinishReason reason = m_finished ? m_finished->reason : summary.finish;
    const bool cut = reason == FinishReason::Length || reason == FinishReason::ContentFilter;
    // What was cut is the item that came last; those before it are whole.
    for (std::size_t i = 0; i < m_items.size(); ++i)
        closeItem(i, cut && i + 1 == m_items.size() ? "incomplete" : "completed", out);
    m_text.reset();
    json::object object = response(cut ? "incomplete" : reason == FinishReason::Error ? "failed" : "completed");
    if (cut)
        object["incomplete_details"] =
            json::object{{"reason", reason == FinishReason::Length ? "max_output_tokens" : "content_filter"}};
    if (reason == FinishReason::Error)
        object["error"] =
            json::object{{"code", "server_error"}, {"message", "The model ended its answer with an error."}};
    json::array output;
    for (const Item& item : m_items)
        output.push_back(itemJson(item));
    object["output"] = std::move(output);
    object["usage"] = usageJson(summary.usage.empty() ? m_usage : summary.usage);
    return object;
}

void Encoder::finish(const ChatSummary& summary, std::string& out) {
    json::object object = conclude(summary, out);
    const std::string type = "response." + std::string(stringOr(object, "status"));
    emit(type, json::object{{"response", std::move(object)}}, out);
}

void Encoder::fail(const Error& error, std::string& out) {
    open(out);
    const json::object inner = errorObject(error);
    const auto member = [&](std::string_view name) {
        const json::value* value = find(inner, name);
        return value ? *value : json::value(nullptr);
    };
    // The SDK's type is flat, the live service nests; clients read either, so both stand here.
    emit("error",
         json::object{
             {"code", member("code")}, {"message", member("message")}, {"param", member("param")}, {"error", inner}},
         out);
    json::object object = response("failed");
    json::array output;
    for (Item& item : m_items) {
        if (!item.done)
            item.status = "incomplete";
        if (m_bytes <= kMaxRepeated)
            output.push_back(itemJson(item));
    }
    object["output"] = std::move(output);
    object["usage"] = usageJson(m_usage);
    object["error"] = json::object{{"code", find(inner, "code") ? member("code") : json::value("server_error")},
                                   {"message", member("message")}};
    emit("response.failed", json::object{{"response", std::move(object)}}, out);
}

} // namespace

std::unique_ptr<ReplyEncoder> makeEncoder(const ChatRequest& request, ReplyIdentity identity) {
    return std::make_unique<Encoder>(request, std::move(identity));
}

json::object responseObject(const ChatRequest& request, const ReplyIdentity& identity, const ChatReply& reply) {
    Encoder encoder(request, identity);
    std::string streamed;
    for (const ChatEvent& event : eventsOf(reply))
        encoder.encode(event, streamed);
    const FinishReason reason = reply.choices.empty() ? FinishReason::Stop : reply.choices.front().finish.reason;
    return encoder.conclude(ChatSummary{.finish = reason, .usage = reply.usage}, streamed);
}

} // namespace patchbay::responses
