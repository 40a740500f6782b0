#include "providers/gemini/gemini_request.h"

#include <fmt/format.h>

#include "base/strings.h"
#include "providers/body_fields.h"
#include "providers/gemini/gemini_contents.h"
#include "providers/gemini/gemini_schema.h"

namespace patchbay::gemini {
namespace {

constexpr std::string_view kFormat = "gemini";

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

} // namespace

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
