#include "providers/gemini/gemini_encoder.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/overloaded.h"
#include "base/strings.h"
#include "providers/gemini/gemini_request.h"
#include "providers/gemini/gemini_words.h"
#include "wire/sse_writer.h"

namespace patchbay::gemini {
namespace {

json::object usageJson(const Usage& usage) {
    const std::int64_t prompt = usage.inputTotal.value_or(0);
    const std::int64_t output = usage.outputTotal.value_or(0);
    const std::int64_t thoughts = std::min(usage.reasoning.value_or(0), output);
    json::object out{{"promptTokenCount", prompt},
                     {"candidatesTokenCount", output - thoughts},
                     {"totalTokenCount", prompt + output},
                     {"promptTokensDetails", json::array{json::object{{"modality", "TEXT"}, {"tokenCount", prompt}}}}};
    if (thoughts > 0)
        out["thoughtsTokenCount"] = thoughts;
    if (usage.cacheRead.value_or(0) > 0)
        out["cachedContentTokenCount"] = *usage.cacheRead;
    return out;
}

json::object textPart(std::string_view text) {
    return {{"text", text}};
}
json::object thoughtPart(std::string_view text) {
    return {{"text", text}, {"thought", true}};
}

json::object callPart(const ToolCallPart& call) {
    json::object arguments;
    if (call.custom)
        arguments["input"] = call.arguments;
    else if (auto parsed = parseJsonObject(call.arguments))
        arguments = std::move(*parsed);
    else if (!trim(call.arguments).empty())
        arguments["arguments"] = call.arguments; // not JSON: passed on rather than lost
    json::object part{
        {"functionCall", json::object{{"id", call.id}, {"name", call.name}, {"args", std::move(arguments)}}}};
    if (!call.signature.empty())
        part["thoughtSignature"] = call.signature;
    return part;
}

// A signature on thinking, or, where the block had no text, on an empty answer text.
json::object signaturePart(const std::string& signature, bool thought) {
    json::object part{{"text", ""}};
    if (thought)
        part["thought"] = true;
    part["thoughtSignature"] = signature;
    return part;
}

// Empty for a finish reason that is not a blocked prompt.
std::string_view blockReasonOf(const ReplyFinished& finish) {
    const std::string_view raw = finish.raw;
    return raw.starts_with(kBlockPrefix) ? raw.substr(kBlockPrefix.size()) : std::string_view{};
}

class Encoder final : public ReplyEncoder {
public:
    Encoder(const ChatRequest& request, ReplyIdentity identity)
        : m_identity(std::move(identity)), m_array(stringOr(request.extra, kStreamFraming) == "json") {}

    std::string_view contentType() const override {
        return m_array ? "application/json; charset=UTF-8" : "text/event-stream; charset=utf-8";
    }

    void encode(const ChatEvent& event, std::string& out) override {
        std::visit(Overloaded{
                       [&](const ReplyStarted&) {},
                       [&](const TextDelta& e) { addText(e.choice, e.text, out); },
                       [&](const RefusalDelta& e) { addText(e.choice, e.text, out); },
                       [&](const ReasoningDelta& e) { addReasoning(e, out); },
                       [&](const ReasoningSignature& e) { addSignature(e, out); },
                       [&](const ToolCallStarted& e) { startCall(e, out); },
                       [&](const ToolCallDelta& e) { addArguments(e); },
                       [&](const UsageReported& e) { m_usage = e.usage; },
                       [&](const ReplyFinished& e) { choice(e.choice).finish = e; },
                   },
                   event);
    }

    void finish(const ChatSummary& summary, std::string& out) override {
        if (!summary.usage.empty())
            m_usage = summary.usage;
        choice(0); // there is always one
        if (!m_choices[0].finish)
            m_choices[0].finish = ReplyFinished{.reason = summary.finish};
        json::object response;
        if (const std::string_view reason = blockReasonOf(*m_choices[0].finish); !reason.empty() && !m_output) {
            response["promptFeedback"] = json::object{{"blockReason", reason}};
        } else {
            json::array candidates;
            for (auto& [index, state] : m_choices) {
                flushCalls(index, state, out, false);
                candidates.push_back(json::object{
                    {"content", json::object{{"parts", json::array{textPart("")}}, {"role", "model"}}},
                    {"finishReason", finishWord(state.finish.value_or(ReplyFinished{.reason = summary.finish}))},
                    {"index", index}});
            }
            response["candidates"] = std::move(candidates);
        }
        write(std::move(response), out);
        if (m_array)
            out.append("]");
    }

    void fail(const Error& error, std::string& out) override {
        frame(writeJson(json::object{{"error", errorStatus(error)}}), out);
        if (m_array)
            out.append("]");
    }

private:
    struct Call {
        ToolCallPart call;
        bool sent = false;
    };
    struct Choice {
        std::vector<Call> calls; // a function call travels whole
        std::map<int, std::size_t> callAt;
        int block = -1; // the reasoning block that got text last
        std::optional<ReplyFinished> finish;
    };

    Choice& choice(int index) { return m_choices[std::max(index, 0)]; }

    void frame(std::string_view text, std::string& out) {
        if (!m_array)
            return appendSseEvent(out, {}, text);
        out.append(m_opened ? ",\r\n" : "[").append(text);
        m_opened = true;
    }

    void write(json::object response, std::string& out) {
        if (!m_usage.empty())
            response["usageMetadata"] = usageJson(m_usage);
        response["modelVersion"] = m_identity.model;
        if (!m_identity.id.empty())
            response["responseId"] = m_identity.id;
        frame(writeJson(response), out);
    }

    void writePart(int index, json::object part, std::string& out) {
        m_output = true;
        write({{"candidates", json::array{json::object{
                                  {"content", json::object{{"parts", json::array{std::move(part)}}, {"role", "model"}}},
                                  {"index", index}}}}},
              out);
    }

    void addText(int index, std::string_view text, std::string& out) {
        if (text.empty())
            return;
        Choice& state = choice(index);
        flushCalls(index, state, out, true);
        state.block = -1;
        writePart(index, textPart(text), out);
    }

    void addReasoning(const ReasoningDelta& delta, std::string& out) {
        if (delta.text.empty())
            return;
        Choice& state = choice(delta.choice);
        flushCalls(delta.choice, state, out, true);
        state.block = delta.block;
        writePart(delta.choice, thoughtPart(delta.text), out);
    }

    void addSignature(const ReasoningSignature& signature, std::string& out) {
        if (signature.signature.empty())
            return;
        Choice& state = choice(signature.choice);
        const bool thought = state.block == signature.block;
        state.block = -1;
        writePart(signature.choice, signaturePart(signature.signature, thought), out);
    }

    void startCall(const ToolCallStarted& start, std::string&) {
        Choice& state = choice(start.choice);
        state.block = -1;
        state.callAt.emplace(start.index, state.calls.size());
        state.calls.push_back(
            {.call = {.id = start.id, .name = start.name, .signature = start.signature, .custom = start.custom}});
    }

    void addArguments(const ToolCallDelta& delta) {
        Choice& state = choice(delta.choice);
        if (const auto found = state.callAt.find(delta.index); found != state.callAt.end())
            state.calls[found->second].call.arguments += delta.arguments;
    }

    // `wholeOnly`: the model went on to something else, so calls whose arguments are complete can go.
    void flushCalls(int index, Choice& state, std::string& out, bool wholeOnly) {
        for (Call& call : state.calls) {
            if (call.sent || (wholeOnly && !parseJson(call.call.arguments)))
                continue;
            call.sent = true;
            writePart(index, callPart(call.call), out);
        }
    }

    ReplyIdentity m_identity;
    bool m_array;
    bool m_opened = false;
    bool m_output = false;
    std::map<int, Choice> m_choices;
    Usage m_usage;
};

json::array partsOf(const Message& message) {
    json::array parts;
    for (const ContentPart& part : message.parts) {
        if (const auto* text = std::get_if<TextPart>(&part))
            parts.push_back(textPart(text->text));
        else if (const auto* refusal = std::get_if<RefusalPart>(&part))
            parts.push_back(textPart(refusal->text));
        else if (const auto* call = std::get_if<ToolCallPart>(&part))
            parts.push_back(callPart(*call));
        else if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) {
            if (!reasoning->text.empty())
                parts.push_back(thoughtPart(reasoning->text));
            if (!reasoning->signature.empty())
                parts.push_back(signaturePart(reasoning->signature, !reasoning->text.empty()));
        }
    }
    return parts;
}

} // namespace

json::object responseObject(const ReplyIdentity& identity, const ChatReply& reply) {
    json::object response;
    const std::string_view blocked = reply.choices.size() == 1 && reply.choices[0].message.parts.empty()
                                         ? blockReasonOf(reply.choices[0].finish)
                                         : "";
    if (!blocked.empty())
        response["promptFeedback"] = json::object{{"blockReason", blocked}};
    else {
        json::array candidates;
        for (std::size_t i = 0; i < reply.choices.size(); ++i)
            candidates.push_back(
                json::object{{"content", json::object{{"parts", partsOf(reply.choices[i].message)}, {"role", "model"}}},
                             {"finishReason", finishWord(reply.choices[i].finish)},
                             {"index", i}});
        response["candidates"] = std::move(candidates);
    }
    if (!reply.usage.empty())
        response["usageMetadata"] = usageJson(reply.usage);
    response["modelVersion"] = identity.model;
    if (!identity.id.empty())
        response["responseId"] = identity.id;
    return response;
}

json::object errorStatus(const Error& error) {
    const int status = error.httpStatus();
    json::object out{{"code", status}, {"message", error.message}, {"status", statusName(status)}};
    // The vendor's word, if it was one of Google's: their names are in capitals.
    if (error.vendor && !error.vendor->type.empty() &&
        error.vendor->type.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos)
        out["status"] = error.vendor->type;
    if (error.retryAfter)
        out["details"] = json::array{
            json::object{{"@type", "type.googleapis.com/google.rpc.RetryInfo"},
                         {"retryDelay", fmt::format("{}s", static_cast<double>(error.retryAfter->count()) / 1000)}}};
    return out;
}

std::unique_ptr<ReplyEncoder> makeEncoder(const ChatRequest& request, ReplyIdentity identity) {
    return std::make_unique<Encoder>(request, std::move(identity));
}

} // namespace patchbay::gemini
