#include "providers/openai/openai_models.h"

#include <algorithm>

#include "base/json_writer.h"
#include "providers/openai/openai_http.h"
#include "providers/vendor_error.h"

namespace patchbay {
namespace {

std::optional<std::int64_t> firstInt(const json::object& object, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys)
        if (const auto value = findInt(object, key); value && *value > 0)
            return value;
    return std::nullopt;
}

void addCapability(ModelInfo& model, std::string_view name) {
    if (std::find(model.capabilities.begin(), model.capabilities.end(), name) == model.capabilities.end())
        model.capabilities.emplace_back(name);
}

bool holds(const json::array* array, std::string_view text) {
    return array && std::any_of(array->begin(), array->end(), [&](const json::value& value) {
               return value.is_string() && toView(value.get_string()) == text;
           });
}

void readCapabilities(ModelInfo& model, const json::object& entry) {
    if (const json::object* flags = findObject(entry, "capabilities")) { // Mistral
        if (findBool(*flags, "function_calling").value_or(false))
            addCapability(model, "tools");
        if (findBool(*flags, "vision").value_or(false))
            addCapability(model, "vision");
    }
    const json::array* parameters = findArray(entry, "supported_parameters"); // OpenRouter
    if (holds(parameters, "tools"))
        addCapability(model, "tools");
    if (holds(parameters, "structured_outputs"))
        addCapability(model, "json_schema");
    if (holds(parameters, "reasoning"))
        addCapability(model, "reasoning");
    const json::object* architecture = findObject(entry, "architecture");
    if (architecture && holds(findArray(*architecture, "input_modalities"), "image"))
        addCapability(model, "vision");
}

ModelInfo readModel(const json::object& entry) {
    ModelInfo model{.id = std::string(stringOr(entry, "id")),
                    .displayName = std::string(stringOr(entry, "display_name", stringOr(entry, "name"))),
                    .ownedBy = std::string(stringOr(entry, "owned_by"))};
    if (model.id.empty())
        model.id = stringOr(entry, "name");
    if (const auto created = findDouble(entry, "created"); created && *created > 0 && *created < 1e15)
        model.created = static_cast<std::int64_t>(*created);
    model.contextWindow = firstInt(entry, {"context_window", "context_length", "max_context_length", "max_model_len"});
    if (const json::object* meta = findObject(entry, "meta"); meta && !model.contextWindow) // llama.cpp
        model.contextWindow = firstInt(*meta, {"n_ctx", "n_ctx_train"});
    model.maxOutput = firstInt(entry, {"max_completion_tokens", "max_output_tokens"});
    readCapabilities(model, entry);
    return model;
}

void appendModel(std::string& out, const ModelInfo& model) {
    out.append("{\"id\":");
    appendJsonString(out, model.id);
    out.append(",\"object\":\"model\",\"created\":").append(std::to_string(model.created)).append(",\"owned_by\":");
    appendJsonString(out, model.ownedBy);
    out.push_back('}');
}

} // namespace

Result<std::vector<ModelInfo>> decodeOpenAiModels(const WireReplyHead& head, std::string_view body) {
    const auto answer = openAiAnswer(head, body);
    if (!answer)
        return answer.error();
    const json::array* entries = answer->if_array();
    if (const json::object* object = answer->if_object()) {
        entries = findArray(*object, "data");
        if (!entries)
            entries = findArray(*object, "models");
        // llama.cpp and Ollama answer "data":null when there is no model.
        if (!entries && stringOr(*object, "object") == "list")
            return std::vector<ModelInfo>{};
    }
    if (!entries)
        return malformedReply("the model list has no data");
    std::vector<ModelInfo> models;
    for (const json::value& entry : *entries) {
        if (!entry.is_object())
            continue;
        ModelInfo model = readModel(entry.get_object());
        if (!model.id.empty())
            models.push_back(std::move(model));
    }
    return models;
}

ClientReply encodeOpenAiModels(const std::vector<ModelInfo>& models) {
    ClientReply reply;
    reply.body = R"({"object":"list","data":[)";
    for (std::size_t i = 0; i < models.size(); ++i) {
        if (i > 0)
            reply.body.push_back(',');
        appendModel(reply.body, models[i]);
    }
    reply.body.append("]}");
    return reply;
}

ClientReply encodeOpenAiModel(const ModelInfo& model) {
    ClientReply reply;
    appendModel(reply.body, model);
    return reply;
}

} // namespace patchbay
