#include "providers/anthropic/anthropic_request_decoder.h"

#include <array>

#include <fmt/format.h>

#include "base/strings.h"
#include "providers/anthropic/anthropic_content_reader.h"
#include "providers/anthropic/anthropic_field.h"
#include "providers/anthropic/anthropic_values.h"

namespace patchbay::anthropic {
namespace {

constexpr std::array<std::string_view, 5> kEfforts{"low", "medium", "high", "xhigh", "max"};
/// Members that have a counterpart in ChatRequest; all others go to `extra`.
constexpr std::array<std::string_view, 16> kKnownMembers{
    "model",          "max_tokens", "messages", "system",      "tools", "tool_choice", "thinking",     "output_config",
    "stop_sequences", "stream",     "metadata", "temperature", "top_p", "top_k",       "service_tier", "output_format"};

// Versions are dates, so the text sorts by time. No header counts as the older version: hand-made clients of local
// servers send none.
bool isStrictVersion(const Headers& headers) {
    const std::string* version = findHeader(headers, "anthropic-version");
    return version && trim(*version) >= kStrictVersion;
}

class RequestDecoder {
public:
    RequestDecoder(const json::object& body, bool strict, bool countTokens)
        : m_body(body, ""), m_strict(strict), m_countTokens(countTokens) {}
    Result<ChatRequest> decode();

private:
    using Step = Result<void> (RequestDecoder::*)();
    Result<void> readBasics();
    Result<void> readMessages();
    Result<void> readSampling();
    Result<void> readTools();
    Result<void> readTool(const FieldReader& tool);
    Result<void> readToolChoice();
    Result<void> readThinking();
    Result<void> readOutputConfig();
    Result<void> readFormat(const FieldReader& format);
    Result<void> readMetadata();
    Result<void> readExtra();
    ReasoningOptions& reasoning();

    FieldReader m_body;
    bool m_strict;
    bool m_countTokens;
    ChatRequest m_request;
};

Result<ChatRequest> RequestDecoder::decode() {
    constexpr std::array<Step, 9> kSteps{
        &RequestDecoder::readBasics,       &RequestDecoder::readMessages,   &RequestDecoder::readSampling,
        &RequestDecoder::readTools,        &RequestDecoder::readToolChoice, &RequestDecoder::readThinking,
        &RequestDecoder::readOutputConfig, &RequestDecoder::readMetadata,   &RequestDecoder::readExtra};
    for (const Step step : kSteps)
        if (auto done = (this->*step)(); !done)
            return done.error();
    return std::move(m_request);
}

Result<void> RequestDecoder::readBasics() {
    auto model = m_body.requiredText("model");
    if (!model)
        return model.error();
    m_request.model = std::move(*model);
    auto limit = m_body.integer("max_tokens", 0); // 0 only warms the prompt cache
    if (!limit)
        return limit.error();
    if (!*limit && !m_countTokens)
        return m_body.invalid("max_tokens", "Field required");
    m_request.sampling.maxOutputTokens = *limit;
    auto stream = m_body.boolean("stream");
    if (!stream)
        return stream.error();
    m_request.stream = stream->value_or(false);
    return {};
}

Result<void> RequestDecoder::readMessages() {
    if (const json::value* system = find(m_body.object(), "system")) {
        auto message = readSystem(*system, "system");
        if (!message)
            return message.error();
        if (!message->parts.empty())
            m_request.messages.push_back(std::move(*message));
    }
    auto list = m_body.arrayOr("messages");
    if (!list)
        return list.error();
    if (!*list)
        return m_body.invalid("messages", "Field required");
    if ((*list)->empty())
        return m_body.invalid("messages", "at least one message is required");
    for (std::size_t i = 0; i < (*list)->size(); ++i)
        if (auto read = readMessage((**list)[i], joinPath("messages", i), {.strict = m_strict}, m_request.messages);
            !read)
            return read;
    return {};
}

Result<void> RequestDecoder::readSampling() {
    if (m_strict)
        for (const std::string_view key : {"temperature", "top_p", "top_k"})
            if (m_body.has(key))
                return invalidField(key, fmt::format("not supported in API version {}", kStrictVersion),
                                    "Leave this field out, or send anthropic-version: 2023-06-01.");
    Sampling& sampling = m_request.sampling;
    auto temperature = m_body.number("temperature", 0, 1);
    auto topP = m_body.number("top_p", 0, 1);
    auto topK = m_body.integer("top_k", 0);
    auto stop = m_body.texts("stop_sequences");
    if (auto error = firstError(temperature, topP, topK, stop))
        return *error;
    sampling.temperature = *temperature;
    sampling.topP = *topP;
    sampling.topK = *topK;
    sampling.stop = std::move(*stop);
    return {};
}

Result<void> RequestDecoder::readTools() {
    auto list = m_body.arrayOr("tools");
    if (!list)
        return list.error();
    for (std::size_t i = 0; *list && i < (*list)->size(); ++i) {
        const json::value& entry = (**list)[i];
        if (!entry.is_object())
            return invalidField(joinPath("tools", i), "Input should be an object");
        if (auto read = readTool(FieldReader(entry.get_object(), joinPath("tools", i))); !read)
            return read;
    }
    return {};
}

Result<void> RequestDecoder::readTool(const FieldReader& tool) {
    auto type = tool.text("type");
    auto name = tool.requiredText("name");
    if (auto error = firstError(type, name))
        return *error;
    json::value& slot = m_request.extra["tools"]; // removed again in readExtra if it stays empty
    json::array& extra = slot.is_array() ? slot.get_array() : slot.emplace_array();
    if (*type && **type != "custom") {
        extra.push_back(tool.object()); // a server tool: only the vendor itself can run it
        return {};
    }
    auto description = tool.text("description");
    auto schema = tool.requiredObject("input_schema");
    auto strict = tool.boolean("strict");
    auto cache = readCacheControl(tool);
    if (auto error = firstError(description, schema, strict, cache))
        return *error;
    if (stringOr(**schema, "type") != "object")
        return invalidField(joinPath(tool.pathOf("input_schema"), "type"), "Input should be 'object'");
    Tool result{.name = *name,
                .description = description->value_or(std::string{}),
                .strict = *strict,
                .cache = std::move(*cache)};
    const json::object* properties = findObject(**schema, "properties");
    if (!((*schema)->size() == 2 && properties && properties->empty())) // that form is "no arguments"
        result.parameters = **schema;
    m_request.tools.push_back(std::move(result));

    json::object members{{"name", *name}};
    for (const auto& [key, value] : tool.object())
        if (const std::string_view member = toView(key); member != "name" && member != "type" &&
                                                         member != "description" && member != "input_schema" &&
                                                         member != "strict" && member != "cache_control")
            members[key] = value;
    if (members.size() > 1)
        extra.emplace_back(std::move(members));
    return {};
}

Result<void> RequestDecoder::readToolChoice() {
    auto object = m_body.objectOr("tool_choice");
    if (!object)
        return object.error();
    if (!*object)
        return {};
    const FieldReader reader(**object, "tool_choice");
    auto type = reader.requiredText("type");
    auto noParallel = reader.boolean("disable_parallel_tool_use");
    if (auto error = firstError(type, noParallel))
        return *error;
    ToolChoice choice;
    if (*type == "auto")
        choice.mode = ToolChoice::Mode::Auto;
    else if (*type == "any")
        choice.mode = ToolChoice::Mode::Required;
    else if (*type == "none")
        choice.mode = ToolChoice::Mode::None;
    else if (*type == "tool") {
        auto name = reader.requiredText("name");
        if (!name)
            return name.error();
        choice.mode = ToolChoice::Mode::Named;
        choice.name = std::move(*name);
    } else {
        return reader.invalid("type", "Input should be 'auto', 'any', 'tool' or 'none'");
    }
    m_request.toolChoice = std::move(choice);
    if (*noParallel)
        m_request.parallelToolCalls = !**noParallel;
    return {};
}

ReasoningOptions& RequestDecoder::reasoning() {
    return m_request.reasoning ? *m_request.reasoning : m_request.reasoning.emplace();
}

Result<void> RequestDecoder::readThinking() {
    auto object = m_body.objectOr("thinking");
    if (!object)
        return object.error();
    if (!*object)
        return {};
    const FieldReader reader(**object, "thinking");
    auto type = reader.requiredText("type");
    auto display = reader.text("display");
    if (auto error = firstError(type, display))
        return *error;
    if (*display && **display != "summarized" && **display != "omitted")
        return reader.invalid("display", "Input should be 'summarized' or 'omitted'");
    if (*type == "between_tools") { // has no counterpart elsewhere
        m_request.extra["thinking"] = **object;
        return {};
    }
    if (*type == "enabled") {
        auto budget = reader.integer("budget_tokens", kMinThinkingBudget);
        if (!budget)
            return budget.error();
        if (!*budget)
            return reader.invalid("budget_tokens", "Field required");
        const auto limit = m_request.sampling.maxOutputTokens;
        if (limit && **budget >= *limit)
            return reader.invalid("budget_tokens", "`max_tokens` must be greater than `thinking.budget_tokens`");
        reasoning().budgetTokens = *budget;
        reasoning().enabled = true;
    } else if (*type == "adaptive") {
        reasoning().adaptive = true;
        reasoning().enabled = true;
    } else if (*type == "disabled") {
        reasoning().enabled = false;
    } else {
        return reader.invalid("type", "Input should be 'enabled', 'adaptive', 'disabled' or 'between_tools'");
    }
    reasoning().summary = display->value_or(std::string{});
    return {};
}

Result<void> RequestDecoder::readOutputConfig() {
    // The beta form of the same wish.
    if (auto old = m_body.objectOr("output_format"); !old)
        return old.error();
    else if (*old)
        if (auto read = readFormat(FieldReader(**old, "output_format")); !read)
            return read;
    auto object = m_body.objectOr("output_config");
    if (!object)
        return object.error();
    if (!*object)
        return {};
    const FieldReader reader(**object, "output_config");
    auto effort = reader.text("effort");
    auto format = reader.objectOr("format");
    if (auto error = firstError(effort, format))
        return *error;
    if (*effort) {
        if (std::find(kEfforts.begin(), kEfforts.end(), **effort) == kEfforts.end())
            return reader.invalid("effort", "Input should be 'low', 'medium', 'high', 'xhigh' or 'max'");
        reasoning().effort = **effort;
    }
    if (*format)
        if (auto read = readFormat(FieldReader(**format, "output_config.format")); !read)
            return read;
    json::object rest;
    for (const auto& [key, value] : **object)
        if (toView(key) != "effort" && toView(key) != "format")
            rest[key] = value;
    if (!rest.empty())
        m_request.extra["output_config"] = std::move(rest);
    return {};
}

Result<void> RequestDecoder::readFormat(const FieldReader& format) {
    auto type = format.requiredText("type");
    if (!type)
        return type.error();
    if (*type != "json_schema")
        return format.invalid("type", "Input should be 'json_schema'");
    auto schema = format.requiredObject("schema");
    if (!schema)
        return schema.error();
    m_request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonSchema, .schema = **schema};
    return {};
}

Result<void> RequestDecoder::readMetadata() {
    auto tier = m_body.text("service_tier");
    auto object = m_body.objectOr("metadata");
    if (auto error = firstError(tier, object))
        return *error;
    m_request.serviceTier = tier->value_or(std::string{});
    if (!*object)
        return {};
    auto user = FieldReader(**object, "metadata").text("user_id");
    if (!user)
        return user.error();
    m_request.user = user->value_or(std::string{});
    for (const auto& [key, value] : **object)
        if (toView(key) != "user_id")
            m_request.metadata[key] = value;
    return {};
}

Result<void> RequestDecoder::readExtra() {
    if (const json::array* tools = findArray(m_request.extra, "tools"); tools && tools->empty())
        m_request.extra.erase("tools");
    if (auto cache = readCacheControl(m_body); !cache)
        return cache.error();
    for (const auto& [key, value] : m_body.object())
        if (!value.is_null() &&
            std::find(kKnownMembers.begin(), kKnownMembers.end(), toView(key)) == kKnownMembers.end())
            m_request.extra[key] = value;
    if (!m_request.extra.empty())
        m_request.extraFormat = "anthropic";
    return {};
}

} // namespace

Result<ChatRequest> decodeRequest(const ClientRequest& request, bool countTokens) {
    auto body = parseJsonObject(request.body);
    if (!body)
        return makeError(ErrorCode::InvalidRequest, "the request body: " + body.error().message,
                         "Send one JSON object with content-type: application/json.");
    auto decoded = RequestDecoder(*body, isStrictVersion(request.headers), countTokens).decode();
    if (!decoded)
        return decoded;
    if (const std::string* betas = findHeader(request.headers, "anthropic-beta"))
        decoded->betas = *betas;
    return decoded;
}

} // namespace patchbay::anthropic
