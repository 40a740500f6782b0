#include "providers/openai/chat_reply_decoder.h"

#include <array>

#include "base/strings.h"
#include "providers/openai/chat_choice_reader.h"
#include "providers/openai/openai_errors.h"
#include "providers/openai/openai_http.h"
#include "providers/openai/openai_usage.h"
#include "providers/reply_limits.h"
#include "providers/surrogate_joiner.h"
#include "providers/vendor_error.h"
#include "wire/sse_reader.h"

namespace patchbay {
namespace {

constexpr std::size_t kMaxErrorBytes = 256U << 10U;
constexpr std::int64_t kMaxChoices = 128;
constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool leavesThinkTags(const Endpoint& endpoint) {
    const std::string_view vendor = endpoint.quirks.vendor;
    return endpoint.local || vendor == "llamacpp" || vendor == "vllm" || vendor == "lmstudio" || vendor == "ollama";
}

class ChatReplyDecoder final : public ReplyDecoder {
public:
    ChatReplyDecoder(const WireReplyHead& head, const ChatRequest& request, const Endpoint& endpoint)
        : m_head(head),
          m_wantedChoices(static_cast<std::size_t>(std::max<std::int64_t>(request.sampling.choices.value_or(1), 1))),
          m_splitThink(leavesThinkTags(endpoint)), m_reasoningOutside(endpoint.quirks.reasoningOutsideCompletion) {
        if (head.status < 200 || head.status >= 300)
            m_mode = Mode::Error;
    }

    Result<void> feed(std::string_view bytes, EventBatch& events) override {
        if (m_error)
            return *m_error;
        switch (m_mode) {
        case Mode::Unknown:
            return feedUnknown(bytes, events);
        case Mode::Error:
            return feedError(bytes);
        case Mode::Document:
            return feedDocument(bytes);
        case Mode::Stream:
            return feedStream(bytes, events);
        }
        return {};
    }

    Outcome finish(EventBatch& events) override {
        if (m_error)
            return *m_error;
        Result<void> done = finishMode(events);
        if (!done)
            return *(m_error = done.error());
        return ChatSummary{.id = m_id,
                           .model = m_model,
                           .finish = m_choices.empty() ? FinishReason::Stop : m_choices.front().reason(),
                           .usage = m_usage};
    }

    bool complete() const override { return m_done; }

private:
    enum class Mode { Unknown, Error, Document, Stream };

    Result<void> feedUnknown(std::string_view bytes, EventBatch& events);
    Result<void> feedError(std::string_view bytes);
    Result<void> feedDocument(std::string_view bytes);
    Result<void> feedStream(std::string_view bytes, EventBatch& events);
    Result<void> finishMode(EventBatch& events);
    Result<void> finishDocument(EventBatch& events);
    Result<void> finishStream(EventBatch& events);

    Result<void> takeEvent(const SseEvent& event, EventBatch& events);
    Result<void> takeObject(const json::object& object, EventBatch& events);
    void takeIdentity(const json::object& object);
    void takeUsage(const json::object& object, EventBatch& events);
    Result<void> takeChoice(const json::object& choice, EventBatch& events);
    ChatChoiceReader& choiceAt(std::int64_t index);
    void startReply(EventBatch& events);
    Result<void> finishChoices(EventBatch& events);

    WireReplyHead m_head;
    std::size_t m_wantedChoices;
    bool m_splitThink;
    bool m_reasoningOutside;
    Mode m_mode = Mode::Unknown;
    std::string m_body; // of an error or a document; the first bytes while the mode is unknown
    SseReader m_sse;
    std::vector<SseEvent> m_sseEvents;
    SurrogateJoiner m_surrogates;
    std::vector<ChatChoiceReader> m_choices;
    std::string m_id;
    std::string m_model;
    std::int64_t m_created = 0;
    Usage m_usage;
    bool m_started = false;
    bool m_sawChoice = false;
    bool m_done = false;
    std::optional<Error> m_error;
};

// The first byte that is not white space tells: '{' a document, '<' a proxy's page, else a stream. Blank lines in front
// are a queue's keep-alive and mean nothing in either form.
Result<void> ChatReplyDecoder::feedUnknown(std::string_view bytes, EventBatch& events) {
    m_body.append(bytes);
    if (m_body.size() < kByteOrderMark.size() && kByteOrderMark.starts_with(m_body))
        return {};
    if (std::string_view(m_body).starts_with(kByteOrderMark))
        m_body.erase(0, kByteOrderMark.size());
    const auto first = m_body.find_first_not_of(kSpace);
    if (first == std::string::npos) {
        m_body.clear();
        return {};
    }
    const std::string begin = std::exchange(m_body, {}).substr(first);
    const std::string* type = findHeader(m_head.headers, "content-type");
    const bool json = type && toLowerAscii(*type).find("json") != std::string::npos;
    const bool document = begin.front() == '{' || begin.front() == '[' || begin.front() == '<' ||
                          (json && std::string_view("de:ir").find(begin.front()) == std::string_view::npos);
    m_mode = document ? Mode::Document : Mode::Stream;
    return feed(begin, events);
}

Result<void> ChatReplyDecoder::feedError(std::string_view bytes) {
    m_body.append(bytes.substr(0, kMaxErrorBytes - std::min(kMaxErrorBytes, m_body.size())));
    return {};
}

Result<void> ChatReplyDecoder::feedDocument(std::string_view bytes) {
    if (m_body.size() + bytes.size() > kMaxReplyBytes)
        return *(m_error = malformedReply("the answer is over 128 MiB"));
    m_body.append(bytes);
    return {};
}

Result<void> ChatReplyDecoder::feedStream(std::string_view bytes, EventBatch& events) {
    m_sseEvents.clear();
    Result<void> read = m_sse.feed(bytes, m_sseEvents);
    for (const SseEvent& event : m_sseEvents) {
        if (m_done)
            break; // nothing behind [DONE] counts
        if (auto taken = takeEvent(event, events); !taken)
            return *(m_error = taken.error());
    }
    if (!read && !m_done)
        return *(m_error = read.error());
    return {};
}

Result<void> ChatReplyDecoder::finishMode(EventBatch& events) {
    switch (m_mode) {
    case Mode::Error:
        if (m_head.status < 400)
            return malformedReply("status " + std::to_string(m_head.status) + " is no answer");
        return vendorErrorOf(m_head, m_body);
    case Mode::Document:
        return finishDocument(events);
    case Mode::Stream:
        return finishStream(events);
    case Mode::Unknown:
        break;
    }
    return truncatedReply("it ended before anything came");
}

Result<void> ChatReplyDecoder::finishDocument(EventBatch& events) {
    const auto answer = openAiAnswer(m_head, m_body);
    if (!answer)
        return answer.error();
    const json::object* object = answer->if_object();
    if (!object || !findArray(*object, "choices"))
        return malformedReply("the answer has no choices");
    if (auto taken = takeObject(*object, events); !taken)
        return taken.error();
    return finishChoices(events);
}

Result<void> ChatReplyDecoder::finishStream(EventBatch& events) {
    if (m_done)
        return {};
    // A last event without its blank line counts if it is whole.
    if (const auto last = m_sse.finish())
        if (trim(last->data).starts_with("[DONE]") || parseJsonObject(last->data))
            if (auto taken = takeEvent(*last, events); !taken)
                return taken.error();
    if (m_done)
        return {};
    // One choice may end before another begins, so without [DONE] the others are missing rather than refused.
    if (m_sawChoice && m_choices.size() < m_wantedChoices)
        return truncatedReply("it ended before all choices came");
    return finishChoices(events);
}

Result<void> ChatReplyDecoder::takeEvent(const SseEvent& event, EventBatch& events) {
    const std::string_view data = m_surrogates.join(trim(event.data));
    if (data.empty())
        return {};
    if (data.starts_with("[DONE]")) {
        if (auto finished = finishChoices(events); !finished)
            return finished.error();
        m_done = true;
        return {};
    }
    const auto object = parseJsonObject(data);
    if (!object)
        return malformedReply("an event is not a JSON object");
    if (event.name == "error" && !find(*object, "error")) // the flat form
        return vendorErrorOf(*object);
    return takeObject(*object, events);
}

Result<void> ChatReplyDecoder::takeObject(const json::object& object, EventBatch& events) {
    // Before the choices: OpenRouter sends an error beside an empty one.
    if (auto error = errorInsideOk(object))
        return std::move(*error);
    takeIdentity(object);
    const json::array* choices = findArray(object, "choices");
    for (std::size_t i = 0; choices && i < choices->size(); ++i)
        if (const json::object* choice = (*choices)[i].if_object())
            if (auto taken = takeChoice(*choice, events); !taken)
                return taken.error();
    takeUsage(object, events);
    return {};
}

void ChatReplyDecoder::takeIdentity(const json::object& object) {
    if (m_started)
        return;
    // Azure's first chunk has empty ones.
    if (m_id.empty())
        m_id = stringOr(object, "id");
    if (m_model.empty())
        m_model = stringOr(object, "model");
    if (const auto created = findDouble(object, "created"); created && m_created == 0)
        m_created = *created > 0 && *created < 1e15 ? static_cast<std::int64_t>(*created) : 0;
}

void ChatReplyDecoder::startReply(EventBatch& events) {
    if (m_started)
        return;
    m_started = true;
    events.emplace_back(ReplyStarted{.id = m_id, .model = m_model, .created = m_created});
}

void ChatReplyDecoder::takeUsage(const json::object& object, EventBatch& events) {
    const json::object* usage = findObject(object, "usage");
    if (!usage)
        if (const json::object* groq = findObject(object, "x_groq"))
            usage = findObject(*groq, "usage");
    if (!usage) // Moonshot puts it into the last choice
        if (const json::array* choices = findArray(object, "choices"))
            for (const json::value& choice : *choices)
                if (choice.is_object() && findObject(choice.get_object(), "usage"))
                    usage = findObject(choice.get_object(), "usage");
    if (!usage)
        return;
    const Usage counted = decodeOpenAiUsage(*usage, m_reasoningOutside);
    if (counted.empty() || counted == m_usage)
        return;
    m_usage = counted; // cumulative: the last report counts
    startReply(events);
    events.emplace_back(UsageReported{.usage = counted});
}

ChatChoiceReader& ChatReplyDecoder::choiceAt(std::int64_t index) {
    const auto at = static_cast<std::size_t>(std::clamp<std::int64_t>(index, 0, kMaxChoices - 1));
    while (m_choices.size() <= at)
        m_choices.emplace_back(static_cast<int>(m_choices.size()), m_splitThink);
    return m_choices[at];
}

Result<void> ChatReplyDecoder::takeChoice(const json::object& choice, EventBatch& events) {
    if (const json::object* error = findObject(choice, "error")) // OpenRouter, not streamed
        return vendorErrorOf(*error);
    startReply(events);
    m_sawChoice = true;
    ChatChoiceReader& reader = choiceAt(findInt(choice, "index").value_or(0));
    const json::object* message = findObject(choice, m_mode == Mode::Document ? "message" : "delta");
    // Some servers end a stream with the whole message, others send nothing but it.
    if (!message && m_mode == Mode::Stream && !reader.hasOutput())
        message = findObject(choice, "message");
    if (message)
        if (auto added = reader.addMessage(*message, events); !added)
            return added;
    reader.setFinish(stringOr(choice, "finish_reason"));
    if (m_mode == Mode::Document)
        reader.setFinish("stop"); // a whole document is whole without saying so
    return {};
}

Result<void> ChatReplyDecoder::finishChoices(EventBatch& events) {
    if (!m_sawChoice)
        return truncatedReply("it ended before the model said anything");
    for (const ChatChoiceReader& choice : m_choices)
        if (!choice.hasFinish()) {
            for (ChatChoiceReader& open : m_choices)
                open.flushText(events); // the partial text is kept
            return truncatedReply("it ended without a finish reason");
        }
    for (ChatChoiceReader& choice : m_choices)
        if (auto finished = choice.finish(events); !finished)
            return finished.error();
    return {};
}

} // namespace

std::unique_ptr<ReplyDecoder> makeChatReplyDecoder(const WireReplyHead& head, const ChatRequest& request,
                                                   const Endpoint& endpoint) {
    return std::make_unique<ChatReplyDecoder>(head, request, endpoint);
}

} // namespace patchbay
