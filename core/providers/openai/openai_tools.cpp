#include "providers/openai/openai_tools.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/json_writer.h"

namespace patchbay {
namespace {

constexpr std::size_t kOpenAiMaxIdLength = 40;

bool knowsAllowedTools(const VendorQuirks& quirks) {
    return quirks.vendor == "openai" || quirks.vendor == "azure" || quirks.vendor == "generic";
}

/// Finds tools by name; the first of several with one name. The tools must outlive it.
using ToolIndex = std::unordered_map<std::string_view, const Tool*>;

ToolIndex indexOf(const std::vector<Tool>& tools) {
    ToolIndex index;
    for (const Tool& tool : tools)
        index.emplace(tool.name, &tool);
    return index;
}

json::object namedTool(const ToolIndex& tools, std::string_view name) {
    const auto tool = tools.find(name);
    const std::string_view type = tool != tools.end() && tool->second->custom ? "custom" : "function";
    return {{"type", type}, {type, json::object{{"name", name}}}};
}

void decodeTool(const json::value& value, std::string_view path, std::unordered_set<std::string>& names,
                std::vector<Tool>& tools, RequestProblem& problem) {
    if (!value.is_object())
        return problem.wrongType(path, "an object", value);
    FieldReader fields(value.get_object(), std::string(path), problem);
    const std::string type = fields.requiredString("type");
    if (problem.found())
        return;
    if (type != "function" && type != "custom")
        return problem.report(fields.pathOf("type"),
                              fmt::format("Invalid value: '{}'. Supported values are: 'function' and 'custom'.", type));
    const json::object* inner = fields.requiredObject(type);
    if (!inner)
        return;
    FieldReader definition(*inner, fields.pathOf(type), problem);
    Tool tool{.name = definition.requiredString("name"),
              .description = definition.stringOrEmpty("description"),
              .custom = type == "custom"};
    if (const json::object* schema = definition.object(tool.custom ? "format" : "parameters"))
        tool.parameters = *schema;
    tool.strict = definition.boolean("strict");
    if (!isOpenAiName(tool.name))
        problem.report(definition.pathOf("name"),
                       fmt::format("Invalid '{}': string does not match pattern. Expected a string that matches the "
                                   "pattern '^[a-zA-Z0-9_-]{{1,64}}$'.",
                                   definition.pathOf("name")));
    if (!names.insert(tool.name).second)
        problem.report(definition.pathOf("name"),
                       fmt::format("Tool names must be unique: '{}' comes twice.", tool.name));
    tools.push_back(std::move(tool));
}

std::string nameOfChoice(const json::object& choice, std::string_view path, RequestProblem& problem) {
    FieldReader fields(choice, std::string(path), problem);
    const std::string type = fields.choice("type", {"function", "custom"}).value_or("function");
    const json::object* inner = fields.requiredObject(type);
    if (!inner)
        return {};
    FieldReader named(*inner, fields.pathOf(type), problem);
    return named.requiredString("name");
}

void decodeAllowedTools(const json::object& choice, ToolChoice& result, RequestProblem& problem) {
    FieldReader fields(choice, "tool_choice", problem);
    fields.value("type");
    const json::object* inner = fields.requiredObject("allowed_tools");
    if (!inner)
        return;
    FieldReader allowed(*inner, "tool_choice.allowed_tools", problem);
    const auto mode = allowed.choice("mode", {"auto", "required"});
    result.mode = mode == "required" ? ToolChoice::Mode::Required : ToolChoice::Mode::Auto;
    const json::array* tools = allowed.requiredArray("tools");
    for (std::size_t i = 0; tools && i < tools->size(); ++i) {
        const std::string path = indexedPath("tool_choice.allowed_tools.tools", i);
        if (const json::object* tool = (*tools)[i].if_object())
            result.allowedTools.push_back(nameOfChoice(*tool, path, problem));
        else
            problem.wrongType(path, "an object", (*tools)[i]);
    }
}

std::string shortId(std::string_view id, std::size_t length) {
    constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::uint64_t hash = 0xcbf29ce484222325; // FNV-1a, 64 bits
    for (const char c : id)
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        text.push_back(kAlphabet[hash % kAlphabet.size()]);
        hash /= kAlphabet.size();
    }
    return text;
}

} // namespace

std::vector<Tool> effectiveTools(const ChatRequest& request, const VendorQuirks& quirks) {
    std::vector<Tool> tools = request.tools;
    if (!request.toolChoice)
        return tools;
    const ToolChoice& choice = *request.toolChoice;
    if (!choice.allowedTools.empty() && !knowsAllowedTools(quirks)) {
        const std::unordered_set<std::string_view> allowed(choice.allowedTools.begin(), choice.allowedTools.end());
        std::erase_if(tools, [&](const Tool& tool) { return !allowed.contains(tool.name); });
    }
    if (quirks.sendsToolChoice)
        return tools;
    if (choice.mode == ToolChoice::Mode::None)
        tools.clear();
    if (choice.mode == ToolChoice::Mode::Named)
        std::erase_if(tools, [&](const Tool& tool) { return tool.name != choice.name; });
    return tools;
}

json::array encodeOpenAiTools(const std::vector<Tool>& tools) {
    json::array array;
    for (const Tool& tool : tools) {
        json::object definition{{"name", tool.name}};
        if (!tool.description.empty())
            definition["description"] = tool.description;
        if (!tool.parameters.empty())
            definition[tool.custom ? "format" : "parameters"] = tool.parameters;
        if (tool.strict)
            definition["strict"] = *tool.strict;
        const std::string_view type = tool.custom ? "custom" : "function";
        array.push_back(json::object{{"type", type}, {type, std::move(definition)}});
    }
    return array;
}

std::optional<json::value> encodeOpenAiToolChoice(const ChatRequest& request, const VendorQuirks& quirks) {
    if (!request.toolChoice || !quirks.sendsToolChoice)
        return std::nullopt;
    const ToolChoice& choice = *request.toolChoice;
    if (choice.mode == ToolChoice::Mode::Named)
        return namedTool(indexOf(request.tools), choice.name);
    const std::string_view mode = choice.mode == ToolChoice::Mode::None       ? "none"
                                  : choice.mode == ToolChoice::Mode::Required ? "required"
                                                                              : "auto";
    if (choice.allowedTools.empty() || choice.mode == ToolChoice::Mode::None || !knowsAllowedTools(quirks))
        return json::value(mode);
    json::array tools;
    const ToolIndex index = indexOf(request.tools);
    for (const std::string& name : choice.allowedTools)
        tools.push_back(namedTool(index, name));
    return json::object{{"type", "allowed_tools"},
                        {"allowed_tools", json::object{{"mode", mode}, {"tools", std::move(tools)}}}};
}

json::object encodeOpenAiResponseFormat(const ResponseFormat& format) {
    if (format.kind == ResponseFormat::Kind::Text)
        return {{"type", "text"}};
    if (format.kind == ResponseFormat::Kind::JsonObject)
        return {{"type", "json_object"}};
    json::object schema{{"name", format.name.empty() ? std::string("response") : format.name}};
    if (!format.description.empty())
        schema["description"] = format.description;
    if (!format.schema.empty())
        schema["schema"] = format.schema;
    if (format.strict)
        schema["strict"] = *format.strict;
    return {{"type", "json_schema"}, {"json_schema", std::move(schema)}};
}

std::string schemaPrompt(const ResponseFormat& format) {
    return "Answer with one JSON object that is valid against this JSON Schema, and with nothing else:\n" +
           writeJson(format.schema);
}

std::vector<Tool> decodeOpenAiTools(const json::array& tools, std::string_view path, RequestProblem& problem) {
    std::vector<Tool> result;
    std::unordered_set<std::string> names;
    for (std::size_t i = 0; i < tools.size(); ++i)
        decodeTool(tools[i], indexedPath(path, i), names, result, problem);
    return result;
}

std::optional<ToolChoice> decodeOpenAiToolChoice(const json::value& choice, const std::vector<Tool>& tools,
                                                 RequestProblem& problem) {
    ToolChoice result;
    if (choice.is_string()) {
        const std::string_view mode = toView(choice.get_string());
        if (mode == "none")
            result.mode = ToolChoice::Mode::None;
        else if (mode == "required")
            result.mode = ToolChoice::Mode::Required;
        else if (mode != "auto")
            problem.report("tool_choice", fmt::format("Invalid value: '{}'. Supported values are: 'none', 'auto' and "
                                                      "'required'.",
                                                      mode));
    } else if (const json::object* object = choice.if_object()) {
        if (stringOr(*object, "type") == "allowed_tools") {
            decodeAllowedTools(*object, result, problem);
        } else {
            result.mode = ToolChoice::Mode::Named;
            result.name = nameOfChoice(*object, "tool_choice", problem);
        }
    } else {
        problem.wrongType("tool_choice", "a string or an object", choice);
    }
    if (tools.empty() && (result.mode == ToolChoice::Mode::Required || result.mode == ToolChoice::Mode::Named))
        problem.report("tool_choice", "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are "
                                      "specified.");
    if (result.allowedTools.empty() && result.mode != ToolChoice::Mode::Named)
        return result;
    const ToolIndex index = indexOf(tools);
    for (const std::string& name : result.allowedTools)
        if (!index.contains(name))
            problem.report("tool_choice", fmt::format("Tool choice '{}' not found in 'tools' parameter.", name));
    if (result.mode == ToolChoice::Mode::Named && !index.contains(result.name))
        problem.report("tool_choice", fmt::format("Tool choice '{}' not found in 'tools' parameter.", result.name));
    return result;
}

std::optional<ResponseFormat> decodeOpenAiResponseFormat(const json::object& format, std::string_view path,
                                                         RequestProblem& problem) {
    FieldReader fields(format, std::string(path), problem);
    if (!fields.value("type"))
        problem.missing(fields.pathOf("type"));
    const auto type = fields.choice("type", {"text", "json_object", "json_schema"});
    if (!type)
        return std::nullopt;
    ResponseFormat result;
    if (*type == "json_object")
        result.kind = ResponseFormat::Kind::JsonObject;
    if (*type != "json_schema")
        return result;
    result.kind = ResponseFormat::Kind::JsonSchema;
    const json::object* inner = fields.requiredObject("json_schema");
    if (!inner)
        return std::nullopt;
    FieldReader schema(*inner, fields.pathOf("json_schema"), problem);
    result.name = schema.requiredString("name");
    result.description = schema.stringOrEmpty("description");
    result.strict = schema.boolean("strict");
    if (const json::object* object = schema.object("schema"))
        result.schema = *object;
    if (!problem.found() && !isOpenAiName(result.name))
        problem.report(schema.pathOf("name"), fmt::format("Invalid '{}': string does not match pattern "
                                                          "'^[a-zA-Z0-9_-]{{1,64}}$'.",
                                                          schema.pathOf("name")));
    return result;
}

ToolIdMapper::ToolIdMapper(const VendorQuirks& quirks)
    : m_exactLength(static_cast<std::size_t>(std::max(quirks.toolCallIdLength, 0))),
      m_maxLength(quirks.vendor == "openai" || quirks.vendor == "azure" ? kOpenAiMaxIdLength : SIZE_MAX) {
}

std::string ToolIdMapper::fit(std::string_view id) const {
    const auto alphanumeric = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    };
    if (m_exactLength > 0) {
        const bool fits = id.size() == m_exactLength && std::all_of(id.begin(), id.end(), alphanumeric);
        return fits ? std::string(id) : shortId(id, m_exactLength);
    }
    // 10 digits of base 62 hold nearly all of the hash.
    return id.size() > m_maxLength ? "call_" + shortId(id, 10) : std::string(id);
}

std::string ToolIdMapper::call(const ToolCallPart& part) {
    if (!part.id.empty())
        return fit(part.id);
    const std::string id = fit(fmt::format("call_{}", m_nextNumber++));
    m_unanswered.add(id, part.name);
    return id;
}

std::string ToolIdMapper::result(const ToolResultPart& part) {
    if (!part.toolCallId.empty())
        return fit(part.toolCallId);
    std::optional<OpenCalls::Call> call;
    if (!part.name.empty())
        call = m_unanswered.takeByName(part.name);
    if (!call)
        call = m_unanswered.takeOldest();
    return call ? call->id : fit("call_unknown");
}

} // namespace patchbay
