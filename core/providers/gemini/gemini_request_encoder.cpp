#include "providers/gemini/gemini_request.h"

#include <string_view>
#include <unordered_set>

#include "providers/gemini/gemini_contents.h"

namespace patchbay::gemini {
namespace {

constexpr std::string_view kFormat = "gemini";

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
json::array declarationsOf(const ChatRequest& request) {
    std::unordered_set<std::string_view> offered; // empty = all
    if (request.toolChoice && request.toolChoice->mode == ToolChoice::Mode::Auto)
        offered.insert(request.toolChoice->allowedTools.begin(), request.toolChoice->allowedTools.end());
    json::array declarations;
    for (const Tool& tool : request.tools)
        if (offered.empty() || offered.contains(tool.name))
            declarations.push_back(declaration(tool));
    return declarations;
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
    if (json::array declarations = declarationsOf(request); !declarations.empty())
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

} // namespace patchbay::gemini
