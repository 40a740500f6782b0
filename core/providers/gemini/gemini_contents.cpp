#include "providers/gemini/gemini_contents.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/body_fields.h"

namespace patchbay::gemini {
namespace {

// Google's documented stand-in for a signature in a history that another model wrote.
constexpr std::string_view kNoSignature = "skip_thought_signature_validator";

Error unsupported(std::string message) {
    return makeError(ErrorCode::Unsupported, std::move(message), "Send the content inline.");
}

// Gemini 3 and later refuse a turn of function calls of which none is signed.
bool asksForSignatures(std::string_view model) {
    const auto at = model.rfind('/');
    const std::string_view name = model.substr(at == std::string_view::npos ? 0 : at + 1);
    constexpr std::string_view kFamily = "gemini-";
    return name.starts_with(kFamily) && name.size() > kFamily.size() && name[kFamily.size()] >= '3' &&
           name[kFamily.size()] <= '9';
}

// --- writing -------------------------------------------------------------------------------------------------------

Result<json::object> mediaPart(const MediaSource& source) {
    if (!source.data.empty()) {
        if (source.mediaType.empty())
            return unsupported("Gemini needs the media type of inline data");
        return json::object{{"inlineData", json::object{{"mimeType", source.mediaType}, {"data", source.data}}}};
    }
    json::object file;
    if (!source.mediaType.empty())
        file["mimeType"] = source.mediaType;
    file["fileUri"] = source.fileId.empty() ? source.url : source.fileId;
    return json::object{{"fileData", std::move(file)}};
}

// Gemini takes objects only; what a model wrote may be anything.
json::object argumentsObject(const ToolCallPart& call) {
    if (call.custom)
        return {{"input", call.arguments}};
    if (trim(call.arguments).empty())
        return {};
    if (auto parsed = parseJsonObject(call.arguments))
        return std::move(*parsed);
    return {{"arguments", call.arguments}};
}

class ContentWriter {
public:
    explicit ContentWriter(std::string_view model) : m_signed(asksForSignatures(model)) {}

    Result<void> add(const Message& message) {
        if (message.role == Role::System || message.role == Role::Developer) {
            for (const ContentPart& part : message.parts)
                if (auto added = addPart(part, m_out.system); !added)
                    return added.error();
            return {};
        }
        json::array parts;
        m_unsigned = m_signed && std::ranges::none_of(message.parts, [](const ContentPart& part) {
                         const auto* call = std::get_if<ToolCallPart>(&part);
                         return call && !call->signature.empty();
                     });
        for (const ContentPart& part : message.parts)
            if (auto added = addPart(part, parts); !added)
                return added.error();
        if (parts.empty())
            return {}; // nothing but another vendor's thinking
        // All answers to one turn's calls have to stand in one content.
        if (message.role == Role::Tool && m_lastWasTool) {
            json::array& last = m_out.contents.back().get_object()["parts"].get_array();
            last.insert(last.end(), parts.begin(), parts.end());
            return {};
        }
        m_lastWasTool = message.role == Role::Tool;
        m_out.contents.push_back(
            json::object{{"role", message.role == Role::Assistant ? "model" : "user"}, {"parts", std::move(parts)}});
        return {};
    }
    Contents take() { return std::move(m_out); }

private:
    Result<void> addPart(const ContentPart& part, json::array& parts) {
        if (const auto* text = std::get_if<TextPart>(&part))
            parts.push_back(json::object{{"text", text->text}});
        else if (const auto* refusal = std::get_if<RefusalPart>(&part))
            parts.push_back(json::object{{"text", refusal->text}});
        else if (const auto* image = std::get_if<ImagePart>(&part))
            return addMedia(image->source, parts);
        else if (const auto* file = std::get_if<FilePart>(&part))
            return addMedia(file->source, parts);
        else if (const auto* reasoning = std::get_if<ReasoningPart>(&part))
            addReasoning(*reasoning, parts);
        else if (const auto* call = std::get_if<ToolCallPart>(&part))
            addCall(*call, parts);
        else if (const auto* result = std::get_if<ToolResultPart>(&part))
            return addResult(*result, parts);
        return {};
    }

    static Result<void> addMedia(const MediaSource& source, json::array& parts) {
        auto part = mediaPart(source);
        if (!part)
            return part.error();
        parts.push_back(std::move(*part));
        return {};
    }

    // Unsigned thinking and OpenAI's (which has an id) is not Gemini's own, and means nothing to it.
    static void addReasoning(const ReasoningPart& reasoning, json::array& parts) {
        if (reasoning.signature.empty() || !reasoning.id.empty())
            return;
        json::object part{{"text", reasoning.text}};
        if (!reasoning.text.empty())
            part["thought"] = true; // a signature alone sat on an answer's text
        part["thoughtSignature"] = reasoning.signature;
        parts.push_back(std::move(part));
    }

    void addCall(const ToolCallPart& call, json::array& parts) {
        m_names[call.id] = call.name;
        json::object function;
        if (!call.id.empty())
            function["id"] = call.id;
        function["name"] = call.name;
        function["args"] = argumentsObject(call);
        json::object part{{"functionCall", std::move(function)}};
        if (!call.signature.empty())
            part["thoughtSignature"] = call.signature;
        else if (m_unsigned)
            part["thoughtSignature"] = kNoSignature;
        m_unsigned = false; // of parallel calls only the first is signed
        parts.push_back(std::move(part));
    }

    Result<void> addResult(const ToolResultPart& result, json::array& parts) {
        std::string text;
        json::array media;
        for (const auto& piece : result.content) {
            if (const auto* written = std::get_if<TextPart>(&piece)) {
                text += text.empty() || written->text.empty() ? "" : "\n";
                text += written->text;
                continue;
            }
            const auto* image = std::get_if<ImagePart>(&piece);
            if (auto added = addMedia(image ? image->source : std::get<FilePart>(piece).source, media); !added)
                return added.error();
        }
        std::string name = result.name;
        if (const auto known = m_names.find(result.toolCallId); name.empty() && known != m_names.end())
            name = known->second;
        if (name.empty())
            return invalidField("messages",
                                fmt::format("no tool call '{}' stands before its result", result.toolCallId),
                                "Send the assistant's message with the call too.");
        json::object response;
        if (!result.toolCallId.empty())
            response["id"] = result.toolCallId;
        response["name"] = name;
        response["response"] = json::object{{result.isError ? "error" : "output", text}};
        parts.push_back(json::object{{"functionResponse", std::move(response)}});
        parts.insert(parts.end(), media.begin(), media.end()); // the response itself holds no media on all models
        return {};
    }

    Contents m_out;
    std::map<std::string, std::string> m_names; // call id -> function
    bool m_signed;
    bool m_unsigned = false; // the next call of this message takes the stand-in
    bool m_lastWasTool = false;
};

// --- reading -------------------------------------------------------------------------------------------------------

bool isImage(const MediaSource& source) {
    if (!source.mediaType.empty())
        return source.mediaType.starts_with("image/");
    const std::string lower = toLowerAscii(source.url);
    return lower.ends_with(".png") || lower.ends_with(".jpg") || lower.ends_with(".jpeg") || lower.ends_with(".webp") ||
           lower.ends_with(".gif");
}

ContentPart mediaOf(MediaSource source) {
    if (isImage(source))
        return ImagePart{.source = std::move(source)};
    return FilePart{.source = std::move(source)};
}

MediaSource fileSource(const json::object& data) {
    MediaSource source{.mediaType = std::string(stringOr(data, "mimeType"))};
    const std::string_view uri = stringOr(data, "fileUri");
    const bool uploaded = uri.find("generativelanguage.googleapis.com") != std::string_view::npos;
    const bool web = uri.starts_with("http://") || uri.starts_with("https://");
    (web && !uploaded ? source.url : source.fileId) = uri;
    return source;
}

std::string numberedId(std::size_t number) {
    return fmt::format("call_{:024}", number);
}

class ContentReader {
public:
    Result<void> add(const json::object& content, const std::string& where) {
        const std::string_view role = stringOr(content, "role", "user");
        const json::array* parts = findArray(content, "parts");
        if (!parts)
            return invalidField(where + ".parts", "'" + where + ".parts' must be an array");
        if (role != "user" && role != "model" && role != "function" && role != "system")
            return invalidField(where + ".role", "'" + where + ".role' must be user or model");
        m_role = role == "model" ? Role::Assistant : role == "system" ? Role::System : Role::User;
        m_fresh = true;
        for (std::size_t i = 0; i < parts->size(); ++i) {
            const std::string at = fmt::format("{}.parts[{}]", where, i);
            const json::object* part = (*parts)[i].if_object();
            if (!part)
                return invalidField(at, "'" + at + "' must be an object");
            if (auto added = addPart(camelKeys(*part), at); !added)
                return added.error();
        }
        return {};
    }
    std::vector<Message> take() { return std::move(m_messages); }

private:
    // Tool results share a content with what the user says; here they are messages of their own.
    Message& message(Role role) {
        if (m_fresh || m_messages.back().role != role) {
            m_messages.push_back(Message{.role = role});
            m_fresh = false;
        }
        return m_messages.back();
    }

    Result<void> addPart(const json::object& part, const std::string& where) {
        const auto member = [&](std::string_view name) -> std::optional<json::object> {
            const json::object* object = findObject(part, name);
            return object ? std::optional(camelKeys(*object)) : std::nullopt;
        };
        std::string signature(stringOr(part, "thoughtSignature"));
        if (signature == kNoSignature)
            signature.clear();
        if (const auto call = member("functionCall"))
            return addCall(*call, std::move(signature), where);
        if (const auto response = member("functionResponse"))
            return addResult(*response, where);
        if (const auto data = member("inlineData"))
            message(m_role).parts.push_back(mediaOf(
                {.mediaType = std::string(stringOr(*data, "mimeType")), .data = std::string(stringOr(*data, "data"))}));
        else if (const auto file = member("fileData"))
            message(m_role).parts.push_back(mediaOf(fileSource(*file)));
        else if (const auto text = findString(part, "text"))
            addText(*text, findBool(part, "thought").value_or(false), std::move(signature));
        else if (const auto code = member("executableCode"))
            message(m_role).parts.emplace_back(
                TextPart{.text = fmt::format("```{}\n{}\n```", toLowerAscii(stringOr(*code, "language")),
                                             stringOr(*code, "code"))});
        else if (const auto outcome = member("codeExecutionResult"))
            message(m_role).parts.emplace_back(
                TextPart{.text = fmt::format("```\n{}\n```", stringOr(*outcome, "output"))});
        else
            return invalidField(where, "'" + where + "' holds nothing that is supported",
                                "Use text, inlineData, fileData, functionCall or functionResponse.");
        return {};
    }

    void addText(std::string_view text, bool thought, std::string signature) {
        auto& parts = message(m_role).parts;
        if (thought) {
            parts.emplace_back(ReasoningPart{.text = std::string(text), .signature = std::move(signature)});
            return;
        }
        if (!text.empty() || signature.empty())
            parts.emplace_back(TextPart{.text = std::string(text)});
        if (!signature.empty())
            parts.emplace_back(ReasoningPart{.signature = std::move(signature)});
    }

    Result<void> addCall(const json::object& object, std::string signature, const std::string& where) {
        ToolCallPart call{.id = std::string(stringOr(object, "id")),
                          .name = std::string(stringOr(object, "name")),
                          .signature = std::move(signature)};
        if (call.name.empty())
            return invalidField(where + ".functionCall.name", "'" + where + ".functionCall.name' is missing");
        const json::value* arguments = find(object, "args");
        call.arguments = arguments ? writeJson(*arguments) : "{}";
        if (call.id.empty())
            call.id = numberedId(m_calls);
        ++m_calls;
        m_open.emplace_back(call.name, call.id);
        message(Role::Assistant).parts.emplace_back(std::move(call));
        return {};
    }

    Result<void> addResult(const json::object& object, const std::string& where) {
        ToolResultPart result{.toolCallId = std::string(stringOr(object, "id")),
                              .name = std::string(stringOr(object, "name"))};
        if (result.name.empty())
            return invalidField(where + ".functionResponse.name", "'" + where + ".functionResponse.name' is missing");
        answer(result);
        if (const json::object* response = findObject(object, "response")) {
            const json::value* output = find(*response, "output");
            const json::value* error = find(*response, "error");
            result.isError = !output && error && response->size() == 1;
            const json::value whole = output && response->size() == 1 ? *output
                                      : result.isError                ? *error
                                                                      : json::value(*response);
            result.content.emplace_back(
                TextPart{.text = whole.is_string() ? std::string(toView(whole.get_string())) : writeJson(whole)});
        }
        message(Role::Tool).parts.emplace_back(std::move(result));
        return {};
    }

    // Finds the call that a result answers: by id, else the oldest unanswered call of that function.
    void answer(ToolResultPart& result) {
        const auto found = std::ranges::find_if(m_open, [&](const auto& call) {
            return result.toolCallId.empty() ? call.first == result.name : call.second == result.toolCallId;
        });
        if (found == m_open.end()) {
            if (result.toolCallId.empty())
                result.toolCallId = numberedId(m_calls++);
            return;
        }
        result.toolCallId = found->second;
        m_open.erase(found);
    }

    std::vector<Message> m_messages;
    std::vector<std::pair<std::string, std::string>> m_open; // unanswered calls: function, id
    std::size_t m_calls = 0;
    Role m_role = Role::User;
    bool m_fresh = true;
};

} // namespace

json::object camelKeys(const json::object& object) {
    json::object out;
    for (const auto& [key, value] : object) {
        std::string name;
        bool upper = false;
        for (const char c : toView(key)) {
            if (c == '_' && !name.empty()) {
                upper = true;
                continue;
            }
            name.push_back(upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
            upper = false;
        }
        out[name] = value;
    }
    return out;
}

Result<Contents> contentsOf(const std::vector<Message>& messages, std::string_view model) {
    ContentWriter writer(model);
    for (const Message& message : messages)
        if (auto added = writer.add(message); !added)
            return added.error();
    return writer.take();
}

Result<std::vector<Message>> messagesOf(const json::object* systemInstruction, const json::array& contents) {
    ContentReader reader;
    if (systemInstruction) {
        json::object system = camelKeys(*systemInstruction);
        system["role"] = "system"; // the SDK sends "user" here
        if (auto added = reader.add(system, "systemInstruction"); !added)
            return added.error();
    }
    for (std::size_t i = 0; i < contents.size(); ++i) {
        const std::string where = fmt::format("contents[{}]", i);
        const json::object* content = contents[i].if_object();
        if (!content)
            return invalidField(where, "'" + where + "' must be an object");
        if (auto added = reader.add(*content, where); !added)
            return added.error();
    }
    return reader.take();
}

} // namespace patchbay::gemini
