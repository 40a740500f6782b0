#include "providers/gemini/gemini_request.h"

#include <fmt/format.h>

#include "base/strings.h"
#include "providers/body_fields.h"
#include "providers/gemini/gemini_contents.h"
#include "providers/gemini/gemini_schema.h"

namespace patchbay::gemini {
namespace {

constexpr std::string_view kFormat = "gemini";

// --- writing -------------------------------------------------------------------------------------------------------

json::object declaration(const Tool& tool) {
    json::object out{{"name", tool.name}};
    if (!tool.description.empty())
        out["description"] = tool.description;
    if (tool.custom) // free text has no counterpart: an object with one text member stands for it
        out["parametersJsonSchema"] =
            json::object{{"type", "object"},
                         {"properties", json::object{{"input", json::object{{"type", "string"}}}}},
                         {"required", json::array{"input"}}};
    else if (!tool.parameters.empty())
        out["parametersJsonSchema"] = tool.parameters;
    return out;
}

// "Auto, but only these" cannot be said in toolConfig; leaving the others out says the same.
bool isOffered(const ChatRequest& request, const Tool& tool) {
    if (!request.toolChoice || request.toolChoice->mode != ToolChoice::Mode::Auto ||
        request.toolChoice->allowedTools.empty())
        return true;
    return std::ranges::find(request.toolChoice->allowedTools, tool.name) != request.toolChoice->allowedTools.end();
}

json::object callingConfig(const ToolChoice& choice) {
    switch (choice.mode) {
    case ToolChoice::Mode::Auto:
        return {{"mode", "AUTO"}};
    case ToolChoice::Mode::None:
        return {{"mode", "NONE"}};
    case ToolChoice::Mode::Named:
        return {{"mode", "ANY"}, {"allowedFunctionNames", json::array{json::string(choice.name)}}};
    case ToolChoice::Mode::Required:
        break;
    }
    json::object config{{"mode", "ANY"}};
    json::array names;
    for (const std::string& name : choice.allowedTools)
        names.emplace_back(json::string(name));
    if (!names.empty())
        config["allowedFunctionNames"] = std::move(names);
    return config;
}

bool isSecondGeneration(std::string_view model) {
    return model.find("gemini-1") != std::string_view::npos || model.find("gemini-2") != std::string_view::npos;
}

// Gemini 2.5 knows budgets only, later models words; off is a budget of 0, which later models do not have.
void addEffort(json::object& thinking, std::string_view effort, std::string_view model) {
    const bool budgets = isSecondGeneration(model);
    if (effort == "none" && (budgets || model.find("gemini-") == std::string_view::npos))
        thinking["thinkingBudget"] = 0;
    else if (!budgets)
        thinking["thinkingLevel"] = effort == "none" || effort == "minimal" ? "MINIMAL"
                                    : effort == "low"                       ? "LOW"
                                    : effort == "medium"                    ? "MEDIUM"
                                                                            : "HIGH";
    else
        thinking["thinkingBudget"] = effort == "minimal"  ? 512
                                     : effort == "low"    ? 1024
                                     : effort == "medium" ? 8192
                                                          : 24576;
}

json::object thinkingConfig(const ChatRequest& request) {
    const ReasoningOptions& reasoning = *request.reasoning;
    json::object thinking;
    // The two may not stand together; a number is the more exact wish.
    if (reasoning.budgetTokens)
        thinking["thinkingBudget"] = *reasoning.budgetTokens;
    else if (!reasoning.effort.empty())
        addEffort(thinking, reasoning.effort, request.model);
    else if (reasoning.enabled == std::optional(false))
        addEffort(thinking, "none", request.model);
    const bool off = reasoning.effort == "none" || reasoning.budgetTokens == std::optional<std::int64_t>(0) ||
                     reasoning.enabled == std::optional(false) || reasoning.summary == "omitted";
    // Clients of other formats see thinking whenever they ask for it, here it has to be asked for twice.
    const bool shown =
        !reasoning.summary.empty() || reasoning.enabled.value_or(false) || request.extraFormat != kFormat;
    if (!off && shown)
        thinking["includeThoughts"] = true;
    return thinking;
}

json::object generationConfig(const ChatRequest& request) {
    json::object config;
    const Sampling& sampling = request.sampling;
    const auto add = [&](std::string_view name, const auto& value) {
        if (value)
            config[name] = *value;
    };
    add("temperature", sampling.temperature);
    add("topP", sampling.topP);
    add("topK", sampling.topK);
    add("candidateCount", sampling.choices);
    add("maxOutputTokens", sampling.maxOutputTokens);
    add("presencePenalty", sampling.presencePenalty);
    add("frequencyPenalty", sampling.frequencyPenalty);
    add("seed", sampling.seed);
    add("responseLogprobs", sampling.logprobs);
    add("logprobs", sampling.topLogprobs);
    if (!sampling.stop.empty()) {
        json::array stops;
        for (const std::string& stop : sampling.stop)
            stops.emplace_back(json::string(stop));
        config["stopSequences"] = std::move(stops);
    }
    if (request.format) {
        const bool text = request.format->kind == ResponseFormat::Kind::Text;
        config["responseMimeType"] = text ? "text/plain" : "application/json";
        if (request.format->kind == ResponseFormat::Kind::JsonSchema)
            config["responseJsonSchema"] = request.format->schema;
    }
    if (request.reasoning)
        if (json::object thinking = thinkingConfig(request); !thinking.empty())
            config["thinkingConfig"] = std::move(thinking);
    return config;
}

// --- reading -------------------------------------------------------------------------------------------------------

Result<void> readDeclarations(const json::array& declarations, const std::string& where, ChatRequest& request) {
    for (std::size_t i = 0; i < declarations.size(); ++i) {
        const std::string at = fmt::format("{}.functionDeclarations[{}]", where, i);
        if (!declarations[i].is_object())
            return invalidField(at, "'" + at + "' must be an object");
        const json::object object = camelKeys(declarations[i].get_object());
        Tool tool{.name = std::string(stringOr(object, "name")),
                  .description = std::string(stringOr(object, "description"))};
        if (tool.name.empty())
            return invalidField(at + ".name", "'" + at + ".name' is missing");
        if (const json::object* schema = findObject(object, "parametersJsonSchema"))
            tool.parameters = *schema;
        else if (const json::object* own = findObject(object, "parameters"))
            tool.parameters = jsonSchemaOf(*own);
        request.tools.push_back(std::move(tool));
    }
    return {};
}

// Tools that Google runs itself (search, code execution …) have no counterpart: they are left to Gemini.
Result<void> readTools(const json::array& tools, ChatRequest& request) {
    json::array hosted;
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const std::string where = fmt::format("tools[{}]", i);
        if (!tools[i].is_object())
            return invalidField(where, "'" + where + "' must be an object");
        json::object tool = camelKeys(tools[i].get_object());
        if (const json::array* declarations = findArray(tool, "functionDeclarations")) {
            if (auto read = readDeclarations(*declarations, where, request); !read)
                return read.error();
            tool.erase("functionDeclarations");
        }
        if (!tool.empty())
            hosted.push_back(std::move(tool));
    }
    if (!hosted.empty())
        request.extra["tools"] = std::move(hosted);
    return {};
}

void readToolConfig(const json::object& object, ChatRequest& request) {
    json::object config = camelKeys(object);
    if (const json::object* found = findObject(config, "functionCallingConfig")) {
        const json::object calling = camelKeys(*found);
        const std::string_view mode = stringOr(calling, "mode");
        ToolChoice choice;
        if (const json::array* names = findArray(calling, "allowedFunctionNames"))
            for (const json::value& name : *names)
                if (name.is_string())
                    choice.allowedTools.emplace_back(toView(name.get_string()));
        if (mode == "ANY" && choice.allowedTools.size() == 1)
            choice = {.mode = ToolChoice::Mode::Named, .name = choice.allowedTools.front()};
        else if (mode == "ANY")
            choice.mode = ToolChoice::Mode::Required;
        else if (mode == "NONE")
            choice = {.mode = ToolChoice::Mode::None};
        if (mode == "AUTO" || mode == "ANY" || mode == "NONE") {
            request.toolChoice = std::move(choice);
            config.erase("functionCallingConfig");
        }
    }
    if (!config.empty())
        request.extra["toolConfig"] = std::move(config); // VALIDATED, retrievalConfig
}

Result<void> readThinking(const json::object& object, ChatRequest& request) {
    const json::object config = camelKeys(object);
    BodyFields fields(config, "generationConfig.thinkingConfig.");
    ReasoningOptions reasoning{.effort = toLowerAscii(fields.string("thinkingLevel").value_or("")),
                               .budgetTokens = fields.integer("thinkingBudget")};
    if (fields.boolean("includeThoughts").value_or(false))
        reasoning.summary = "auto";
    if (fields.failure())
        return *fields.failure();
    if (reasoning != ReasoningOptions{})
        request.reasoning = std::move(reasoning);
    return {};
}

void readFormat(BodyFields& fields, ChatRequest& request) {
    const std::string type = fields.string("responseMimeType").value_or("");
    const json::object* schema = fields.object("responseJsonSchema");
    const json::object* own = fields.object("responseSchema");
    if (schema || own)
        request.format =
            ResponseFormat{.kind = ResponseFormat::Kind::JsonSchema, .schema = schema ? *schema : jsonSchemaOf(*own)};
    else if (type == "application/json")
        request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonObject};
    else if (type == "text/plain")
        request.format = ResponseFormat{.kind = ResponseFormat::Kind::Text};
    else if (!type.empty())
        fields.fail(invalidField("generationConfig.responseMimeType",
                                 "'generationConfig.responseMimeType' must be text/plain or application/json"));
}

Result<void> readGenerationConfig(const json::object& object, ChatRequest& request) {
    const json::object config = camelKeys(object);
    BodyFields fields(config, "generationConfig.");
    Sampling& sampling = request.sampling;
    sampling.temperature = fields.real("temperature");
    sampling.topP = fields.real("topP");
    sampling.topK = fields.integer("topK");
    sampling.choices = fields.integer("candidateCount");
    sampling.maxOutputTokens = fields.integer("maxOutputTokens");
    sampling.presencePenalty = fields.real("presencePenalty");
    sampling.frequencyPenalty = fields.real("frequencyPenalty");
    sampling.seed = fields.integer("seed");
    sampling.logprobs = fields.boolean("responseLogprobs");
    sampling.topLogprobs = fields.integer("logprobs");
    if (const json::array* stops = fields.array("stopSequences")) {
        for (const json::value& stop : *stops) {
            if (stop.is_string())
                sampling.stop.emplace_back(toView(stop.get_string()));
            else
                fields.fail(invalidField("generationConfig.stopSequences",
                                         "'generationConfig.stopSequences' must hold strings"));
        }
    }
    readFormat(fields, request);
    if (const json::object* thinking = fields.object("thinkingConfig"))
        if (auto read = readThinking(*thinking, request); !read)
            return read.error();
    if (fields.failure())
        return *fields.failure();
    if (json::object rest = fields.rest(); !rest.empty())
        request.extra["generationConfig"] = std::move(rest); // responseModalities, speechConfig …
    return {};
}

void mergeExtra(json::object& body, const ChatRequest& request) {
    for (const auto& [key, value] : request.extra) {
        if (toView(key) == kStreamFraming)
            continue;
        json::value* ours = body.if_contains(key);
        if (!ours)
            body.emplace(key, value);
        else if (ours->is_object() && value.is_object()) {
            for (const auto& [name, member] : value.get_object())
                if (!ours->get_object().contains(name))
                    ours->get_object().emplace(name, member);
        } else if (ours->is_array() && value.is_array())
            ours->get_array().insert(ours->get_array().end(), value.get_array().begin(), value.get_array().end());
    }
}

} // namespace

Result<json::object> encodeRequest(const ChatRequest& request) {
    auto contents = contentsOf(request.messages, request.model);
    if (!contents)
        return contents.error();
    json::object body{{"contents", std::move(contents->contents)}};
    if (!contents->system.empty())
        body["systemInstruction"] = json::object{{"parts", std::move(contents->system)}};
    json::array declarations;
    for (const Tool& tool : request.tools)
        if (isOffered(request, tool))
            declarations.push_back(declaration(tool));
    if (!declarations.empty())
        body["tools"] = json::array{json::object{{"functionDeclarations", std::move(declarations)}}};
    if (request.toolChoice)
        body["toolConfig"] = json::object{{"functionCallingConfig", callingConfig(*request.toolChoice)}};
    if (json::object config = generationConfig(request); !config.empty())
        body["generationConfig"] = std::move(config);
    if (request.extraFormat == kFormat) {
        if (!request.serviceTier.empty())
            body["serviceTier"] = request.serviceTier;
        if (request.store)
            body["store"] = *request.store;
        mergeExtra(body, request);
    }
    return body;
}

Result<ChatRequest> decodeRequest(const json::object& object) {
    const json::object body = camelKeys(object);
    BodyFields fields(body);
    ChatRequest request{.extraFormat = std::string(kFormat)};
    json::object system;
    const json::value* instruction = fields.take("systemInstruction");
    if (instruction && instruction->is_string())
        system["parts"] = json::array{json::object{{"text", *instruction}}};
    else if (instruction && instruction->is_object())
        system = instruction->get_object();
    else if (instruction)
        return invalidField("systemInstruction", "'systemInstruction' must be a content");
    const json::array* contents = fields.array("contents");
    if (fields.failure())
        return *fields.failure();
    if (!contents)
        return invalidField("contents", "'contents' is missing");
    auto messages = messagesOf(system.empty() ? nullptr : &system, *contents);
    if (!messages)
        return messages.error();
    request.messages = std::move(*messages);
    if (const json::array* tools = fields.array("tools"))
        if (auto read = readTools(*tools, request); !read)
            return read.error();
    if (const json::object* config = fields.object("toolConfig"))
        readToolConfig(*config, request);
    if (const json::object* config = fields.object("generationConfig"))
        if (auto read = readGenerationConfig(*config, request); !read)
            return read.error();
    request.serviceTier = fields.string("serviceTier").value_or("");
    request.store = fields.boolean("store");
    fields.take("model"); // beside the contents in a count request; the path names it
    if (fields.failure())
        return *fields.failure();
    for (auto& [key, value] : fields.rest())
        request.extra[key] = value;
    return request;
}

} // namespace patchbay::gemini
