#include "providers/gemini/gemini_contents.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/strings.h"
#include "providers/body_fields.h"

namespace patchbay::gemini {
namespace {

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
            return addFile(*file, parts);
        else if (const auto* reasoning = std::get_if<ReasoningPart>(&part))
            addReasoning(*reasoning, parts);
        else if (const auto* call = std::get_if<ToolCallPart>(&part))
            addCall(*call, parts);
        else if (const auto* result = std::get_if<ToolResultPart>(&part))
            return addResult(*result, parts);
        return {};
    }

    // Inline bytes have no name here, and what a text is called matters to the answer.
    static Result<void> addFile(const FilePart& file, json::array& parts) {
        if (!file.filename.empty() && file.source.mediaType.starts_with("text/") && !file.source.data.empty())
            if (const auto text = base64Decode(file.source.data)) {
                parts.push_back(json::object{{"text", file.filename + ":\n" + repairUtf8(*text)}});
                return {};
            }
        return addMedia(file.source, parts);
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

} // namespace

Result<Contents> contentsOf(const std::vector<Message>& messages, std::string_view model) {
    ContentWriter writer(model);
    for (const Message& message : messages)
        if (auto added = writer.add(message); !added)
            return added.error();
    return writer.take();
}

} // namespace patchbay::gemini
