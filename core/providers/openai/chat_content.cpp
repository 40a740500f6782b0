// Writing: chat values -> messages. Reading is in chat_content_reader.cpp.
#include "providers/openai/chat_content.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/strings.h"
#include "providers/openai/openai_tools.h"

namespace patchbay {
namespace {

// What a text becomes between the parts of a message where a vendor takes only one string.
constexpr std::string_view kJoint = "\n";

std::string dataUrl(const MediaSource& source, std::string_view fallbackType) {
    return fmt::format("data:{};base64,{}", source.mediaType.empty() ? fallbackType : source.mediaType, source.data);
}

Error unsupported(std::string message) {
    return makeError(ErrorCode::Unsupported, std::move(message), "Send the content inline, or use another provider.");
}

class MessageWriter {
public:
    MessageWriter(const ChatRequest& request, const VendorQuirks& quirks)
        : m_request(request), m_quirks(quirks), m_ids(quirks),
          m_official(quirks.vendor == "openai" || quirks.vendor == "azure"),
          m_takesTextArrays(m_official || quirks.vendor == "generic" || quirks.vendor == "openrouter"),
          // Anthropic clients mark every long prompt; older OpenAI models refuse the member.
          m_sendsBreakpoints((m_official || quirks.vendor == "generic") && request.extraFormat == "openai") {}

    Result<json::array> write() {
        for (const Message& message : m_request.messages) {
            if (message.role != Role::Tool)
                flushToolMedia();
            if (auto failure = writeMessage(message))
                return std::move(*failure);
        }
        flushToolMedia();
        return std::move(m_out);
    }

private:
    using Failure = std::optional<Error>;

    Failure writeMessage(const Message& message) {
        switch (message.role) {
        case Role::Tool:
            return writeToolResults(message);
        case Role::Assistant:
            return writeAssistant(message);
        default:
            return writePlain(message);
        }
    }

    json::object opened(const Message& message) const {
        const bool asSystem = message.role == Role::Developer && !m_quirks.sendsDeveloperRole;
        json::object out{{"role", roleName(asSystem ? Role::System : message.role)}};
        if (!message.name.empty())
            out["name"] = message.name;
        return out;
    }

    Failure writePlain(const Message& message) {
        json::array parts;
        for (const ContentPart& part : message.parts) {
            if (std::holds_alternative<ToolResultPart>(part)) {
                if (auto failure = writeToolResults(Message{.role = Role::Tool, .parts = {part}}))
                    return failure;
                continue;
            }
            if (auto failure = appendPart(parts, part))
                return failure;
        }
        json::object out = opened(message);
        out["content"] = contentOf(std::move(parts), kJoint);
        m_out.push_back(std::move(out));
        return {};
    }

    Failure writeAssistant(const Message& message) {
        json::array parts, calls;
        std::string reasoning, refusal;
        for (const ContentPart& part : message.parts) {
            if (const auto* call = std::get_if<ToolCallPart>(&part))
                calls.push_back(callOf(*call));
            else if (const auto* thought = std::get_if<ReasoningPart>(&part))
                reasoning += thought->text;
            else if (const auto* refused = std::get_if<RefusalPart>(&part))
                refusal += refused->text;
            else if (auto failure = appendPart(parts, part))
                return failure;
        }
        json::object out = opened(message);
        if (!reasoning.empty() && !m_quirks.reasoningField.empty())
            out[json::string_view(m_quirks.reasoningField.data(), m_quirks.reasoningField.size())] = reasoning;
        if (parts.empty() && (!calls.empty() || !refusal.empty()))
            out["content"] = nullptr;
        else
            out["content"] = contentOf(std::move(parts), {});
        if (!refusal.empty())
            out["refusal"] = refusal;
        if (!calls.empty())
            out["tool_calls"] = std::move(calls);
        m_out.push_back(std::move(out));
        return {};
    }

    json::object callOf(const ToolCallPart& call) {
        const std::string id = m_ids.call(call);
        if (call.custom)
            return {{"id", id},
                    {"type", "custom"},
                    {"custom", json::object{{"name", call.name}, {"input", call.arguments}}}};
        // Chat templates of local servers parse the arguments and fail on an empty text.
        const std::string_view arguments = call.arguments.empty() ? std::string_view("{}") : call.arguments;
        return {{"id", id},
                {"type", "function"},
                {"function", json::object{{"name", call.name}, {"arguments", arguments}}}};
    }

    Failure writeToolResults(const Message& message) {
        for (const ContentPart& part : message.parts) {
            const auto* result = std::get_if<ToolResultPart>(&part);
            if (!result)
                return unsupported("a tool message may hold tool results only");
            json::array texts;
            const std::string id = m_ids.result(*result);
            for (const auto& piece : result->content) {
                const ContentPart inner = std::visit([](const auto& value) { return ContentPart(value); }, piece);
                json::array& target = std::holds_alternative<TextPart>(inner) ? texts : mediaOf(id);
                if (auto failure = appendPart(target, inner))
                    return failure;
            }
            m_out.push_back(
                json::object{{"role", "tool"}, {"tool_call_id", id}, {"content", contentOf(std::move(texts), kJoint)}});
        }
        return {};
    }

    json::array& mediaOf(std::string_view id) {
        if (m_toolMediaId != id) {
            m_toolMediaId = id;
            m_toolMedia.push_back(textObject(fmt::format("Content returned by tool call {}:", id)));
        }
        return m_toolMedia;
    }

    // Behind all results of one turn: nothing may stand between a call's results.
    void flushToolMedia() {
        if (m_toolMedia.empty())
            return;
        m_out.push_back(json::object{{"role", "user"}, {"content", std::move(m_toolMedia)}});
        m_toolMedia = {};
        m_toolMediaId.clear();
    }

    static json::object textObject(std::string_view text) { return {{"type", "text"}, {"text", text}}; }

    Failure appendPart(json::array& parts, const ContentPart& part) const {
        if (const auto* text = std::get_if<TextPart>(&part)) {
            parts.push_back(withBreakpoint(textObject(text->text), text->cache));
            return {};
        }
        if (const auto* image = std::get_if<ImagePart>(&part))
            return appendImage(parts, *image);
        if (const auto* file = std::get_if<FilePart>(&part))
            return appendFile(parts, *file);
        if (const auto* refusal = std::get_if<RefusalPart>(&part)) {
            parts.push_back(textObject(refusal->text));
            return {};
        }
        if (std::holds_alternative<ReasoningPart>(part))
            return {}; // not sent outside assistant messages
        return unsupported("a tool call outside an assistant message cannot be sent");
    }

    Failure appendImage(json::array& parts, const ImagePart& image) const {
        if (image.source.data.empty() && image.source.url.empty())
            return unsupported("an image by file id cannot be sent in chat completions");
        json::object source{{"url", image.source.url.empty() ? dataUrl(image.source, "image/png") : image.source.url}};
        if (!image.detail.empty())
            source["detail"] = image.detail;
        parts.push_back(withBreakpoint({{"type", "image_url"}, {"image_url", std::move(source)}}, image.cache));
        return {};
    }

    Failure appendFile(json::array& parts, const FilePart& file) const {
        const MediaSource& source = file.source;
        if (source.mediaType.starts_with("audio/") && !source.data.empty()) {
            const bool mp3 = source.mediaType == "audio/mpeg" || source.mediaType == "audio/mp3";
            parts.push_back(
                withBreakpoint({{"type", "input_audio"},
                                {"input_audio", json::object{{"data", source.data}, {"format", mp3 ? "mp3" : "wav"}}}},
                               file.cache));
            return {};
        }
        if (source.mediaType.starts_with("text/") && !source.data.empty()) { // the format's files are PDFs
            const auto text = base64Decode(source.data);
            if (!text)
                return makeError(ErrorCode::InvalidRequest, "a text document is not valid base64", "Encode it anew.");
            const std::string title = file.filename.empty() ? std::string{} : file.filename + ":\n";
            parts.push_back(withBreakpoint(textObject(title + repairUtf8(*text)), file.cache));
            return {};
        }
        json::object inner;
        if (!source.fileId.empty())
            inner["file_id"] = source.fileId;
        else if (!source.data.empty())
            inner["file_data"] = dataUrl(source, "application/pdf");
        else
            return unsupported("a document by URL cannot be sent in chat completions");
        if (!file.filename.empty())
            inner["filename"] = file.filename;
        else if (!source.data.empty())
            inner["filename"] = "document.pdf"; // required beside file_data
        parts.push_back(withBreakpoint({{"type", "file"}, {"file", std::move(inner)}}, file.cache));
        return {};
    }

    json::object withBreakpoint(json::object part, const std::optional<CacheBreakpoint>& cache) const {
        if (!cache || !m_sendsBreakpoints)
            return part;
        json::object breakpoint{{"mode", "explicit"}};
        if (cache->ttl == "30m" || cache->ttl == "12h")
            breakpoint["ttl"] = cache->ttl;
        part["prompt_cache_breakpoint"] = std::move(breakpoint);
        return part;
    }

    // One plain text is sent as a string, which every vendor takes.
    json::value contentOf(json::array parts, std::string_view joint) const {
        bool plain = true, bare = true;
        for (const json::value& part : parts) {
            plain = plain && stringOr(part.get_object(), "type") == "text";
            bare = bare && part.get_object().size() == 2;
        }
        const bool asString = plain && bare && (parts.size() < 2 || !m_takesTextArrays);
        if (!asString)
            return parts;
        std::string text;
        for (std::size_t i = 0; i < parts.size(); ++i)
            text.append(i > 0 ? joint : std::string_view{}).append(stringOr(parts[i].get_object(), "text"));
        return json::value(text);
    }

    const ChatRequest& m_request;
    const VendorQuirks& m_quirks;
    ToolIdMapper m_ids;
    bool m_official;
    bool m_takesTextArrays;
    bool m_sendsBreakpoints;
    json::array m_out;
    json::array m_toolMedia;
    std::string m_toolMediaId;
};

} // namespace

Result<json::array> encodeOpenAiMessages(const ChatRequest& request, const VendorQuirks& quirks) {
    return MessageWriter(request, quirks).write();
}

} // namespace patchbay
