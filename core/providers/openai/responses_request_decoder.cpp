#include "providers/openai/responses_request.h"

#include <fmt/format.h>

#include "providers/body_fields.h"
#include "providers/openai/responses_items.h"

namespace patchbay::responses {
namespace {

constexpr std::string_view kFormat = "openai-responses";

bool isNoArguments(const json::object& schema) {
    const json::object* properties = findObject(schema, "properties");
    return schema.size() == 2 && stringOr(schema, "type") == "object" && properties && properties->empty();
}

Result<Tool> functionTool(const json::object& object, bool custom, const std::string& where) {
    BodyFields fields(object, where + ".");
    Tool tool{.custom = custom};
    fields.take("type");
    tool.name = fields.string("name").value_or("");
    tool.description = fields.string("description").value_or("");
    if (const json::object* parameters = fields.object(custom ? "format" : "parameters");
        parameters && (custom || !isNoArguments(*parameters)))
        tool.parameters = *parameters;
    tool.strict = fields.boolean("strict");
    if (fields.failure())
        return *fields.failure();
    if (tool.name.empty())
        return invalidField(where + ".name", "'" + where + ".name' is missing");
    return tool;
}

// Tools that the vendor runs itself (web search, code interpreter …) have no counterpart: they are left to the vendor.
Result<void> readTools(const json::array& tools, ChatRequest& request) {
    json::array hosted;
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const std::string where = fmt::format("tools[{}]", i);
        const json::object* object = tools[i].if_object();
        if (!object)
            return invalidField(where, "'" + where + "' must be an object");
        const std::string_view type = stringOr(*object, "type");
        if (type != "function" && type != "custom") {
            hosted.push_back(*object);
            continue;
        }
        auto tool = functionTool(*object, type == "custom", where);
        if (!tool)
            return tool.error();
        request.tools.push_back(std::move(*tool));
    }
    if (!hosted.empty())
        request.extra["tools"] = std::move(hosted);
    return {};
}

Result<void> readToolChoice(const json::value& value, ChatRequest& request) {
    if (value.is_string()) {
        const std::string_view mode = toView(value.get_string());
        if (mode == "auto")
            request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Auto};
        else if (mode == "none")
            request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::None};
        else if (mode == "required")
            request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Required};
        else
            return invalidField("tool_choice", "'tool_choice' must be none, auto, required or an object");
        return {};
    }
    const json::object* object = value.if_object();
    if (!object)
        return invalidField("tool_choice", "'tool_choice' must be none, auto, required or an object");
    const std::string_view type = stringOr(*object, "type");
    if (type == "function" || type == "custom") {
        request.toolChoice =
            ToolChoice{.mode = ToolChoice::Mode::Named, .name = std::string(stringOr(*object, "name"))};
    } else if (type == "allowed_tools") {
        ToolChoice choice{.mode = stringOr(*object, "mode") == "required" ? ToolChoice::Mode::Required
                                                                          : ToolChoice::Mode::Auto};
        if (const json::array* tools = findArray(*object, "tools"))
            for (const json::value& tool : *tools)
                if (const json::object* named = tool.if_object(); named && findString(*named, "name"))
                    choice.allowedTools.emplace_back(stringOr(*named, "name"));
        request.toolChoice = std::move(choice);
    } else {
        request.extra["tool_choice"] = value; // a tool that the vendor runs itself
    }
    return {};
}

Result<void> readFormat(const json::object& object, ChatRequest& request) {
    BodyFields fields(object, "text.format.");
    const std::string type = fields.string("type").value_or("");
    ResponseFormat format;
    if (type == "json_object")
        format.kind = ResponseFormat::Kind::JsonObject;
    else if (type == "json_schema") {
        format.kind = ResponseFormat::Kind::JsonSchema;
        format.name = fields.string("name").value_or("");
        format.description = fields.string("description").value_or("");
        format.strict = fields.boolean("strict");
        if (const json::object* schema = fields.object("schema"))
            format.schema = *schema;
        else
            fields.fail(invalidField("text.format.schema", "'text.format.schema' is missing"));
    } else if (type != "text")
        fields.fail(invalidField("text.format.type", "'text.format.type' must be text, json_object or json_schema"));
    if (fields.failure())
        return *fields.failure();
    request.format = std::move(format);
    return {};
}

Result<void> readText(const json::object& object, ChatRequest& request) {
    BodyFields fields(object, "text.");
    if (const json::object* format = fields.object("format"))
        if (auto read = readFormat(*format, request); !read)
            return read.error();
    if (fields.failure())
        return *fields.failure();
    if (json::object rest = fields.rest(); !rest.empty())
        request.extra["text"] = std::move(rest); // verbosity
    return {};
}

Result<void> readReasoning(const json::object& object, ChatRequest& request) {
    BodyFields fields(object, "reasoning.");
    ReasoningOptions reasoning{.effort = fields.string("effort").value_or(""),
                               .summary = fields.string("summary").value_or("")};
    if (fields.failure())
        return *fields.failure();
    if (reasoning != ReasoningOptions{})
        request.reasoning = std::move(reasoning);
    if (json::object rest = fields.rest(); !rest.empty())
        request.extra["reasoning"] = std::move(rest);
    return {};
}

Result<void> readInput(BodyFields& fields, ChatRequest& request) {
    if (const auto instructions = fields.string("instructions"))
        request.messages.push_back(textMessage(Role::System, *instructions));
    const json::value* input = fields.take("input");
    if (!input)
        return request.previousResponseId.empty() ? Result<void>(invalidField("input", "'input' is missing"))
                                                  : Result<void>();
    if (input->is_string()) {
        request.messages.push_back(textMessage(Role::User, std::string(toView(input->get_string()))));
        return {};
    }
    if (!input->is_array())
        return invalidField("input", "'input' must be a string or an array of items");
    auto messages = messagesOf(input->get_array());
    if (!messages)
        return messages.error();
    std::ranges::move(*messages, std::back_inserter(request.messages));
    return {};
}

Result<void> refuseUnservable(BodyFields& fields) {
    if (fields.boolean("background").value_or(false))
        return invalidField("background", "background responses are not supported", "Leave 'background' out.");
    if (fields.take("conversation"))
        return invalidField("conversation", "'conversation' is not supported",
                            "Use previous_response_id or send the items.");
    return {};
}

} // namespace

Result<ChatRequest> decodeRequest(std::string_view body) {
    auto object = parseJsonObject(body);
    if (!object)
        return invalidField("", "the body is not a JSON object: " + object.error().message, "Send a JSON object.");
    BodyFields fields(*object);
    ChatRequest request{.extraFormat = std::string(kFormat)};
    if (auto servable = refuseUnservable(fields); !servable)
        return servable.error();
    request.model = fields.string("model").value_or("");
    request.previousResponseId = fields.string("previous_response_id").value_or("");
    if (auto read = readInput(fields, request); !read)
        return read.error();
    if (const json::array* tools = fields.array("tools"))
        if (auto read = readTools(*tools, request); !read)
            return read.error();
    if (const json::value* choice = fields.take("tool_choice"))
        if (auto read = readToolChoice(*choice, request); !read)
            return read.error();
    if (const json::object* text = fields.object("text"))
        if (auto read = readText(*text, request); !read)
            return read.error();
    if (const json::object* reasoning = fields.object("reasoning"))
        if (auto read = readReasoning(*reasoning, request); !read)
            return read.error();
    request.parallelToolCalls = fields.boolean("parallel_tool_calls");
    request.sampling.maxOutputTokens = fields.integer("max_output_tokens");
    request.sampling.temperature = fields.real("temperature");
    request.sampling.topP = fields.real("top_p");
    request.sampling.topLogprobs = fields.integer("top_logprobs");
    request.stream = fields.boolean("stream").value_or(false);
    const auto user = fields.string("user");
    request.user = fields.string("safety_identifier").value_or(user.value_or(""));
    request.store = fields.boolean("store");
    if (const json::object* metadata = fields.object("metadata"))
        request.metadata = *metadata;
    request.serviceTier = fields.string("service_tier").value_or("");
    if (fields.failure())
        return *fields.failure();
    if (request.model.empty())
        return invalidField("model", "'model' is missing", "Name a model; GET /v1/models lists them.");
    for (auto& [key, value] : fields.rest())
        request.extra[key] = value;
    return request;
}

} // namespace patchbay::responses
