#include "providers/ollama/ollama_reply_decoder.h"

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/ollama/ollama_common.h"
#include "providers/reply_limits.h"
#include "providers/vendor_error.h"

namespace patchbay::ollama {
namespace {


// The official client's words for it.
Error missingEnd() {
    Error error = truncatedReply("no line with done:true");
    error.message = "Did not receive done or success response in stream.";
    return error;
}

// Ollama says "stop" for tool calls too, and nothing at all in older versions.
FinishReason reasonOf(std::string_view raw, bool calls) {
    if (raw == "stop" || raw.empty())
        return calls ? FinishReason::ToolCalls : FinishReason::Stop;
    if (raw == "length")
        return FinishReason::Length;
    if (raw == "content_filter")
        return FinishReason::ContentFilter;
    return FinishReason::Other;
}

} // namespace

OllamaReplyDecoder::OllamaReplyDecoder(WireReplyHead head, bool stream)
    : m_head(std::move(head)), m_wholeBody(m_head.status >= 400 || !stream) {
    if (const std::string* type = findHeader(m_head.headers, "content-type"); type && m_head.status < 400)
        m_wholeBody = m_wholeBody && !startsWithIgnoreCase(trim(*type), "application/x-ndjson");
}

Result<void> OllamaReplyDecoder::feed(std::string_view bytes, EventBatch& events) {
    if (m_done)
        return {};
    if (m_wholeBody) {
        if (m_body.size() + bytes.size() > kMaxReplyBytes)
            return malformedReply("the body is larger than " + std::to_string(kMaxReplyBytes) + " bytes");
        m_body.append(bytes);
        return {};
    }
    std::vector<std::string> lines;
    const auto read = m_reader.feed(bytes, lines);
    for (const std::string& line : lines)
        if (auto taken = takeLine(line, events); !taken)
            return taken;
    return read;
}

Outcome OllamaReplyDecoder::finish(EventBatch& events) {
    if (m_head.status >= 400)
        return vendorErrorOf(m_head, m_body);
    if (m_wholeBody) {
        if (trim(m_body).empty())
            return truncatedReply("the body is empty");
        if (auto taken = takeLine(trim(m_body), events); !taken)
            return taken.error();
    } else if (const auto rest = m_reader.finish(); rest && !m_done) {
        const auto object = parseJsonObject(*rest);
        if (!object)
            return missingEnd(); // cut within a line
        if (auto taken = takeObject(*object, events); !taken)
            return taken.error();
    }
    if (!m_done)
        return missingEnd();
    return m_summary;
}

Result<void> OllamaReplyDecoder::takeLine(std::string_view line, EventBatch& events) {
    if (m_done)
        return {};
    const auto object = parseJsonObject(m_surrogates.join(line));
    if (!object)
        return malformedReply(object.error().message);
    return takeObject(*object, events);
}

Result<void> OllamaReplyDecoder::takeObject(const json::object& object, EventBatch& events) {
    if (find(object, "error"))
        return vendorErrorOf(object);
    if (!m_started) {
        m_started = true;
        m_summary.model = stringOr(object, "model");
        events.emplace_back(
            ReplyStarted{.model = m_summary.model, .created = unixSecondsOf(stringOr(object, "created_at"))});
    }
    const json::object* message = findObject(object, "message"); // /api/generate has the members at the top
    const json::object& source = message ? *message : object;
    if (const auto thinking = stringOr(source, "thinking"); !thinking.empty())
        events.emplace_back(ReasoningDelta{.text = std::string(thinking)});
    if (const auto text = stringOr(source, message ? "content" : "response"); !text.empty())
        events.emplace_back(TextDelta{.text = std::string(text)});
    if (const json::array* calls = findArray(source, "tool_calls"))
        takeToolCalls(*calls, events);
    if (findBool(object, "done").value_or(false))
        takeEnd(object, events);
    return {};
}

void OllamaReplyDecoder::takeToolCalls(const json::array& calls, EventBatch& events) {
    for (const json::value& call : calls) {
        const json::object* item = call.if_object();
        const json::object* function = item ? findObject(*item, "function") : nullptr;
        if (!function)
            continue;
        std::string id(stringOr(*item, "id")); // absent on older servers
        if (id.empty())
            id = "call_" + randomAlphanumeric(24);
        const int index = m_toolCalls++;
        events.emplace_back(
            ToolCallStarted{.index = index, .id = std::move(id), .name = std::string(stringOr(*function, "name"))});
        const json::value* arguments = find(*function, "arguments");
        std::string text = "{}";
        if (arguments)
            text = arguments->is_string() ? std::string(toView(arguments->get_string())) : writeJson(*arguments);
        events.emplace_back(ToolCallDelta{.index = index, .arguments = std::move(text)});
    }
}

void OllamaReplyDecoder::takeEnd(const json::object& object, EventBatch& events) {
    m_done = true;
    const auto input = findInt(object, "prompt_eval_count");
    const auto output = findInt(object, "eval_count");
    // A counter that is 0 is left out; only an answer without any measurement reports nothing.
    if (input || output || findInt(object, "total_duration").value_or(0) > 0) {
        m_summary.usage = Usage{.inputTotal = input.value_or(0), .outputTotal = output.value_or(0)};
        events.emplace_back(UsageReported{.usage = m_summary.usage});
    }
    const std::string_view raw = stringOr(object, "done_reason");
    m_summary.finish = reasonOf(raw, m_toolCalls > 0);
    events.emplace_back(ReplyFinished{.reason = m_summary.finish, .raw = std::string(raw)});
}

} // namespace patchbay::ollama
