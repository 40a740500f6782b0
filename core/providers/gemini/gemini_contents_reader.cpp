#include "providers/gemini/gemini_contents.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/body_fields.h"
#include "providers/open_calls.h"

namespace patchbay::gemini {
namespace {

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
        m_open.add(call.id, call.name);
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
        std::optional<OpenCalls::Call> call =
            result.toolCallId.empty() ? m_open.takeByName(result.name) : m_open.takeById(result.toolCallId);
        if (call)
            result.toolCallId = std::move(call->id);
        else if (result.toolCallId.empty())
            result.toolCallId = numberedId(m_calls++);
    }

    std::vector<Message> m_messages;
    OpenCalls m_open;
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
