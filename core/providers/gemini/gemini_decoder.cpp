#include "providers/gemini/gemini_decoder.h"

#include <set>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "providers/framed_decoder.h"
#include "providers/gemini/gemini_words.h"
#include "providers/surrogate_joiner.h"

namespace patchbay::gemini {
namespace {

constexpr std::int64_t kMaxChoices = 128;

class Decoder final : public FramedDecoder {
public:
    Decoder(const WireReplyHead& head, const ChatRequest& request)
        : FramedDecoder(head, request.stream), m_wanted(static_cast<std::size_t>(std::clamp<std::int64_t>(
                                                   request.sampling.choices.value_or(1), 1, kMaxChoices))) {
        for (const Tool& tool : request.tools)
            if (tool.custom)
                m_custom.insert(tool.name);
    }

    /// There is no closing event: the reply is over when every alternative has given its reason.
    bool complete() const override { return m_blocked || m_finished >= m_wanted; }

protected:
    Result<void> onEvent(const SseEvent& event, EventBatch& events) override {
        auto parsed = parseJsonObject(m_surrogates.join(event.data));
        if (!parsed)
            return malformedReply(parsed.error().message);
        return onResponse(*parsed, events);
    }
    Result<void> onDocument(const json::value& document, EventBatch& events) override;
    Outcome onEnd(EventBatch&) override {
        if (m_blocked)
            return m_summary;
        if (m_choices.empty())
            return truncatedReply("no candidate came");
        for (const auto& [index, choice] : m_choices)
            if (!choice.finished)
                return truncatedReply("the stream ended before a finishReason");
        return m_summary;
    }

private:
    SurrogateJoiner m_surrogates;
    struct Choice {
        int tools = 0;
        int blocks = 0;        // reasoning blocks begun
        bool thinking = false; // the last of them is open
        bool finished = false;
    };

    Result<void> onResponse(const json::object& response, EventBatch& events);
    void onCandidate(const json::object& candidate, EventBatch& events);
    void onPart(const json::object& part, int index, Choice& choice, EventBatch& events);
    void onCall(const json::object& call, std::string signature, int index, Choice& choice, EventBatch& events);
    void end(int index, Choice& choice, std::string_view word, EventBatch& events);

    std::size_t m_wanted;
    std::set<std::string, std::less<>> m_custom;
    std::map<int, Choice> m_choices;
    std::size_t m_finished = 0;
    bool m_started = false;
    bool m_blocked = false;
    ChatSummary m_summary;
};

void Decoder::onCall(const json::object& call, std::string signature, int index, Choice& choice, EventBatch& events) {
    const std::string name(stringOr(call, "name"));
    std::string id(stringOr(call, "id"));
    if (id.empty())
        id = "call_" + randomAlphanumeric(24);
    const json::value* arguments = find(call, "args");
    const bool custom = m_custom.contains(name);
    std::string text = arguments ? writeJson(*arguments) : "{}";
    if (custom && arguments && arguments->is_object())
        text = stringOr(arguments->get_object(), "input");
    events.emplace_back(ToolCallStarted{.index = choice.tools,
                                        .id = std::move(id),
                                        .name = name,
                                        .signature = std::move(signature),
                                        .custom = custom,
                                        .choice = index});
    events.emplace_back(ToolCallDelta{.index = choice.tools, .arguments = std::move(text), .choice = index});
    ++choice.tools;
    choice.thinking = false;
}

void Decoder::onPart(const json::object& part, int index, Choice& choice, EventBatch& events) {
    std::string signature(stringOr(part, "thoughtSignature"));
    if (const json::object* call = findObject(part, "functionCall"))
        return onCall(*call, std::move(signature), index, choice, events);
    const std::string text(stringOr(part, "text"));
    const bool thought = findBool(part, "thought").value_or(false);
    if (thought && !choice.thinking) {
        ++choice.blocks;
        choice.thinking = true;
    }
    if (thought && !text.empty())
        events.emplace_back(ReasoningDelta{.text = text, .block = choice.blocks - 1, .choice = index});
    if (!thought && !text.empty()) {
        choice.thinking = false;
        events.emplace_back(TextDelta{.text = text, .choice = index});
    } else if (const json::object* code = findObject(part, "executableCode")) {
        choice.thinking = false;
        events.emplace_back(
            TextDelta{.text = fmt::format("\n```{}\n{}\n```\n", toLowerAscii(stringOr(*code, "language")),
                                          stringOr(*code, "code")),
                      .choice = index});
    } else if (const json::object* outcome = findObject(part, "codeExecutionResult")) {
        choice.thinking = false;
        events.emplace_back(
            TextDelta{.text = fmt::format("\n```\n{}\n```\n", stringOr(*outcome, "output")), .choice = index});
    }
    if (signature.empty())
        return;
    // On an answer's text it has to go back where it stood: a block of its own behind the text.
    if (!thought)
        ++choice.blocks;
    events.emplace_back(
        ReasoningSignature{.signature = std::move(signature), .block = choice.blocks - 1, .choice = index});
    choice.thinking = false;
}

void Decoder::end(int index, Choice& choice, std::string_view word, EventBatch& events) {
    if (choice.finished)
        return;
    choice.finished = true;
    ++m_finished;
    ReplyFinished finish{.reason = finishReasonOf(word), .raw = std::string(word), .choice = index};
    if (finish.reason == FinishReason::Stop && choice.tools > 0)
        finish.reason = FinishReason::ToolCalls;
    if (index == 0)
        m_summary.finish = finish.reason;
    events.emplace_back(std::move(finish));
}

void Decoder::onCandidate(const json::object& candidate, EventBatch& events) {
    const auto index =
        static_cast<int>(std::clamp<std::int64_t>(findInt(candidate, "index").value_or(0), 0, kMaxChoices - 1));
    Choice& choice = m_choices[index];
    if (const json::object* content = findObject(candidate, "content"))
        if (const json::array* parts = findArray(*content, "parts"))
            for (const json::value& part : *parts)
                if (part.is_object())
                    onPart(part.get_object(), index, choice, events);
    if (const std::string_view word = stringOr(candidate, "finishReason");
        !word.empty() && word != "FINISH_REASON_UNSPECIFIED")
        end(index, choice, word, events);
}

Result<void> Decoder::onResponse(const json::object& response, EventBatch& events) {
    if (const json::value* error = find(response, "error"))
        return error->is_object() ? vendorErrorOf(error->get_object()) : vendorErrorOf(response);
    if (!m_started) {
        m_started = true;
        m_summary.id = stringOr(response, "responseId");
        m_summary.model = stringOr(response, "modelVersion");
        events.emplace_back(ReplyStarted{.id = m_summary.id, .model = m_summary.model});
    }
    // Usage first: what ends the reply then comes last, and everything is known by then.
    if (const json::object* metadata = findObject(response, "usageMetadata")) {
        m_summary.usage = usageOf(*metadata);
        events.emplace_back(UsageReported{.usage = m_summary.usage});
    }
    if (const json::array* candidates = findArray(response, "candidates"))
        for (const json::value& candidate : *candidates)
            if (candidate.is_object())
                onCandidate(candidate.get_object(), events);
    const json::object* feedback = findObject(response, "promptFeedback");
    const std::string_view reason = feedback ? stringOr(*feedback, "blockReason") : std::string_view{};
    if (!reason.empty() && m_choices.empty() && !m_blocked) {
        m_blocked = true;
        m_summary.finish = FinishReason::ContentFilter;
        events.emplace_back(ReplyFinished{.reason = FinishReason::ContentFilter,
                                          .raw = std::string(kBlockPrefix) + std::string(reason)});
    }
    return {};
}

Result<void> Decoder::onDocument(const json::value& document, EventBatch& events) {
    if (const json::array* responses = document.if_array()) {
        for (const json::value& response : *responses) {
            if (!response.is_object())
                return malformedReply("an element of the stream is not an object");
            if (auto taken = onResponse(response.get_object(), events); !taken)
                return taken.error();
        }
        return {};
    }
    if (!document.is_object())
        return malformedReply("the answer is not an object");
    return onResponse(document.get_object(), events);
}

} // namespace

Usage usageOf(const json::object& metadata) {
    const auto prompt = findInt(metadata, "promptTokenCount");
    // The service leaves out zeros.
    const std::int64_t cached = findInt(metadata, "cachedContentTokenCount").value_or(0);
    const std::int64_t thoughts = findInt(metadata, "thoughtsTokenCount").value_or(0);
    Usage usage{.cacheRead = cached,
                .outputTotal = findInt(metadata, "candidatesTokenCount").value_or(0) + thoughts,
                .reasoning = thoughts};
    if (prompt) {
        usage.inputTotal = *prompt + findInt(metadata, "toolUsePromptTokenCount").value_or(0);
        usage.inputUncached = *usage.inputTotal - cached;
    }
    return usage;
}

std::unique_ptr<ReplyDecoder> makeDecoder(const WireReplyHead& head, const ChatRequest& request) {
    return std::make_unique<Decoder>(head, request);
}

} // namespace patchbay::gemini
