#include <limits>

#include <fmt/format.h>

#include "providers/openai/chat_content.h"
#include "providers/openai/chat_request_codec.h"
#include "providers/openai/openai_fields.h"
#include "providers/openai/openai_tools.h"

namespace patchbay {
namespace {

constexpr std::int64_t kMaxInt = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMaxMetadata = 16;

void readSampling(FieldReader& fields, Sampling& sampling) {
    const auto old = fields.integer("max_tokens", 1, kMaxInt);
    sampling.maxOutputTokens = fields.integer("max_completion_tokens", 1, kMaxInt);
    if (!sampling.maxOutputTokens)
        sampling.maxOutputTokens = old;
    sampling.temperature = fields.number("temperature", 0, 2);
    sampling.topP = fields.number("top_p", 0, 1);
    sampling.topK = fields.integer("top_k", -1, kMaxInt); // not OpenAI's own, but known to most others
    sampling.presencePenalty = fields.number("presence_penalty", -2, 2);
    sampling.frequencyPenalty = fields.number("frequency_penalty", -2, 2);
    sampling.seed = fields.integer("seed", std::numeric_limits<std::int64_t>::min(), kMaxInt);
    sampling.choices = fields.integer("n", 1, 128);
    sampling.logprobs = fields.boolean("logprobs");
    sampling.topLogprobs = fields.integer("top_logprobs", 0, 20);
    if (sampling.topLogprobs && !sampling.logprobs.value_or(false))
        fields.problem().report("top_logprobs", "'top_logprobs' is only allowed when 'logprobs' is true.");
    const json::value* stop = fields.value("stop");
    if (!stop)
        return;
    if (stop->is_string()) {
        sampling.stop.emplace_back(toView(stop->get_string()));
        return;
    }
    const json::array* texts = stop->if_array();
    if (!texts)
        return fields.problem().wrongType("stop", "a string or an array of strings", *stop);
    for (std::size_t i = 0; i < texts->size(); ++i) {
        if (!(*texts)[i].is_string())
            return fields.problem().wrongType(indexedPath("stop", i), "a string", (*texts)[i]);
        sampling.stop.emplace_back(toView((*texts)[i].get_string()));
    }
}

void readStreaming(FieldReader& fields, ChatRequest& request) {
    request.stream = fields.boolean("stream").value_or(false);
    const json::object* options = fields.object("stream_options");
    if (!options)
        return;
    if (!request.stream)
        fields.problem().report("stream_options", "The 'stream_options' parameter is only allowed when 'stream' is "
                                                  "enabled.");
    FieldReader inner(*options, "stream_options", fields.problem());
    request.includeUsage = inner.boolean("include_usage").value_or(false);
    inner.boolean("include_obfuscation"); // padding against size analysis, which we do not add
}

void readTools(FieldReader& fields, ChatRequest& request) {
    RequestProblem& problem = fields.problem();
    for (const std::string_view old : {"functions", "function_call"})
        if (fields.value(old))
            problem.report(
                old, fmt::format("'{}' is deprecated and not supported. Use 'tools' and 'tool_choice' instead.", old),
                "unsupported_parameter");
    if (const json::array* tools = fields.array("tools"))
        request.tools = decodeOpenAiTools(*tools, "tools", problem);
    if (const json::value* choice = fields.value("tool_choice"))
        request.toolChoice = decodeOpenAiToolChoice(*choice, request.tools, problem);
    request.parallelToolCalls = fields.boolean("parallel_tool_calls");
}

void readMetadata(FieldReader& fields, ChatRequest& request) {
    const json::object* metadata = fields.object("metadata");
    if (!metadata)
        return;
    if (metadata->size() > kMaxMetadata)
        fields.problem().report("metadata", "Invalid 'metadata': more than 16 properties.");
    for (const auto& [key, value] : *metadata)
        if (!value.is_string())
            fields.problem().wrongType("metadata." + std::string(toView(key)), "a string", value);
    request.metadata = *metadata;
}

void readAccount(FieldReader& fields, ChatRequest& request) {
    const std::string user = fields.stringOrEmpty("user");
    request.user = fields.stringOrEmpty("safety_identifier"); // the successor of `user`
    if (request.user.empty())
        request.user = user;
    request.store = fields.boolean("store");
    request.serviceTier = fields.stringOrEmpty("service_tier");
    readMetadata(fields, request);
}

} // namespace

Result<ChatRequest> decodeChatBody(std::string_view text) {
    const auto body = parseOpenAiBody(text);
    if (!body)
        return body.error();
    RequestProblem problem;
    FieldReader fields(*body, {}, problem);
    ChatRequest request{.model = fields.requiredString("model"), .extraFormat = "openai"};
    if (const json::array* messages = fields.requiredArray("messages")) {
        if (messages->empty())
            problem.report("messages",
                           "Invalid 'messages': empty array. Expected an array with minimum length 1, but "
                           "got an empty array instead.",
                           "empty_array");
        request.messages = decodeOpenAiMessages(*messages, problem);
    }
    readTools(fields, request);
    if (const json::object* format = fields.object("response_format"))
        request.format = decodeOpenAiResponseFormat(*format, "response_format", problem);
    if (auto effort = fields.choice("reasoning_effort", {"none", "minimal", "low", "medium", "high", "xhigh", "max"}))
        request.reasoning = ReasoningOptions{.effort = std::move(*effort)};
    readSampling(fields, request.sampling);
    readStreaming(fields, request);
    readAccount(fields, request);
    if (problem.found())
        return problem.error();
    request.extra = fields.rest();
    return request;
}

} // namespace patchbay
