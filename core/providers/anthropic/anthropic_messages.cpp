#include "providers/anthropic/anthropic_messages.h"

#include <array>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/anthropic/anthropic_values.h"

namespace patchbay::anthropic {
namespace {

Error unsupported(std::string message, std::string hint) {
    return makeError(ErrorCode::Unsupported, std::move(message), std::move(hint));
}

void addCache(json::object& block, const std::optional<CacheBreakpoint>& cache) {
    if (cache)
        block["cache_control"] = cacheControlJson(*cache);
}

// Ollama gives images without a media type, Anthropic insists on one. The first bytes tell, base64 or not.
std::string_view imageTypeOf(const MediaSource& source) {
    if (!source.mediaType.empty())
        return source.mediaType;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kMagic{{
        {"iVBORw0KGgo", "image/png"},
        {"/9j/", "image/jpeg"},
        {"R0lGOD", "image/gif"},
        {"UklGR", "image/webp"},
    }};
    for (const auto& [prefix, type] : kMagic)
        if (source.data.starts_with(prefix))
            return type;
    return "image/png";
}

json::object textBlock(const TextPart& part) {
    json::object block{{"type", "text"}, {"text", part.text}};
    addCache(block, part.cache);
    return block;
}

json::object imageBlock(const ImagePart& part) {
    const MediaSource& source = part.source;
    json::object block{{"type", "image"}};
    if (!source.fileId.empty())
        block["source"] = json::object{{"type", "file"}, {"file_id", source.fileId}};
    else if (!source.url.empty())
        block["source"] = json::object{{"type", "url"}, {"url", source.url}};
    else
        block["source"] = json::object{{"type", "base64"}, {"media_type", imageTypeOf(source)}, {"data", source.data}};
    addCache(block, part.cache);
    return block;
}

bool isTextType(std::string_view mediaType) {
    return mediaType.starts_with("text/") || mediaType == "application/json" || mediaType == "application/xml";
}

Result<json::object> documentSource(const FilePart& part) {
    const MediaSource& source = part.source;
    if (!source.fileId.empty())
        return json::object{{"type", "file"}, {"file_id", source.fileId}};
    if (!source.url.empty())
        return json::object{{"type", "url"}, {"url", source.url}};
    if (isTextType(source.mediaType)) {
        auto text = base64Decode(source.data);
        if (!text || !isValidUtf8(*text))
            return makeError(ErrorCode::InvalidRequest, "a text document is not base64 of UTF-8 text",
                             "Send the document's bytes base64-encoded, in UTF-8.");
        return json::object{{"type", "text"}, {"media_type", "text/plain"}, {"data", *text}};
    }
    if (source.mediaType.empty() || source.mediaType == "application/pdf")
        return json::object{{"type", "base64"}, {"media_type", "application/pdf"}, {"data", source.data}};
    return unsupported("Anthropic's format carries PDF and text documents, not " + source.mediaType,
                       "Convert the file to PDF or text, or choose a model of another provider.");
}

Result<json::object> documentBlock(const FilePart& part) {
    auto source = documentSource(part);
    if (!source)
        return source.error();
    json::object block{{"type", "document"}, {"source", std::move(*source)}};
    if (!part.filename.empty())
        block["title"] = part.filename;
    addCache(block, part.cache);
    return block;
}

// The service takes [A-Za-z0-9_-]+ only; call and result are mapped alike, so they still belong together.
std::string toolId(std::string_view id) {
    std::string result(id.empty() ? "call" : id);
    for (char& c : result)
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-'))
            c = '_';
    return result;
}

json::object toolUseBlock(const ToolCallPart& part) {
    json::object input;
    if (!trim(part.arguments).empty()) {
        if (auto parsed = parseJsonObject(part.arguments); parsed && !part.custom)
            input = std::move(*parsed);
        else
            input[kRawArguments] = repairUtf8(part.arguments);
    }
    json::object block{{"type", "tool_use"}, {"id", toolId(part.id)}, {"name", part.name}, {"input", std::move(input)}};
    addCache(block, part.cache);
    return block;
}

Result<json::object> toolResultBlock(const ToolResultPart& part) {
    json::object block{{"type", "tool_result"}, {"tool_use_id", toolId(part.toolCallId)}};
    json::array content;
    for (const auto& piece : part.content) {
        if (const auto* text = std::get_if<TextPart>(&piece)) {
            if (!text->text.empty())
                content.emplace_back(textBlock(*text));
        } else if (const auto* image = std::get_if<ImagePart>(&piece))
            content.emplace_back(imageBlock(*image));
        else {
            auto document = documentBlock(std::get<FilePart>(piece));
            if (!document)
                return document.error();
            content.emplace_back(std::move(*document));
        }
    }
    const bool plain = content.size() == 1 && content[0].get_object().size() == 2 &&
                       stringOr(content[0].get_object(), "type") == "text";
    if (plain)
        block["content"] = content[0].get_object()["text"];
    else if (!content.empty())
        block["content"] = std::move(content);
    if (part.isError)
        block["is_error"] = true;
    addCache(block, part.cache);
    return block;
}

// Thinking goes back only to where it came from, and only with the proof that the service demands. An item id marks
// OpenAI's reasoning, whose ciphertext this service would refuse.
std::optional<json::object> reasoningBlock(const ReasoningPart& part) {
    if (!part.id.empty())
        return std::nullopt;
    if (!part.redacted.empty())
        return json::object{{"type", "redacted_thinking"}, {"data", part.redacted}};
    if (!part.signature.empty())
        return json::object{{"type", "thinking"}, {"thinking", part.text}, {"signature", part.signature}};
    return std::nullopt;
}

class ListBuilder {
public:
    Result<void> add(const Message& message);
    EncodedMessages take();

private:
    Result<void> addSystem(const Message& message);
    Result<void> addPart(Role role, const ContentPart& part);
    json::array& contentFor(std::string_view role);
    void append(std::string_view role, json::object block);
    void trimPrefill();

    EncodedMessages m_out;
    std::size_t m_toolResults = 0; // leading tool_result blocks of the last message
};

Result<void> ListBuilder::add(const Message& message) {
    if (message.role == Role::System || message.role == Role::Developer)
        return addSystem(message);
    for (const ContentPart& part : message.parts)
        if (auto added = addPart(message.role, part); !added)
            return added;
    return {};
}

Result<void> ListBuilder::addSystem(const Message& message) {
    for (const ContentPart& part : message.parts) {
        const auto* text = std::get_if<TextPart>(&part);
        if (!text)
            return unsupported("Anthropic's system prompt holds text only",
                               "Move images and files into a user message.");
        if (!text->text.empty())
            m_out.system.emplace_back(textBlock(*text));
    }
    return {};
}

Result<void> ListBuilder::addPart(Role role, const ContentPart& part) {
    const std::string_view name = role == Role::Assistant ? "assistant" : "user";
    if (const auto* text = std::get_if<TextPart>(&part)) {
        if (!text->text.empty()) // the service refuses empty text blocks
            append(name, textBlock(*text));
    } else if (const auto* refusal = std::get_if<RefusalPart>(&part)) {
        if (!refusal->text.empty())
            append(name, textBlock({.text = refusal->text}));
    } else if (const auto* image = std::get_if<ImagePart>(&part)) {
        if (role == Role::Assistant)
            return unsupported("Anthropic's assistant messages cannot hold images",
                               "Put the image into a user message.");
        append(name, imageBlock(*image));
    } else if (const auto* file = std::get_if<FilePart>(&part)) {
        auto block = documentBlock(*file);
        if (!block)
            return block.error();
        append(name, std::move(*block));
    } else if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) {
        if (auto block = reasoningBlock(*reasoning); block && role == Role::Assistant)
            append(name, std::move(*block));
    } else if (const auto* call = std::get_if<ToolCallPart>(&part)) {
        append("assistant", toolUseBlock(*call));
    } else {
        auto block = toolResultBlock(std::get<ToolResultPart>(part));
        if (!block)
            return block.error();
        append("user", std::move(*block));
    }
    return {};
}

json::array& ListBuilder::contentFor(std::string_view role) {
    if (m_out.messages.empty() || stringOr(m_out.messages.back().get_object(), "role") != role) {
        m_out.messages.emplace_back(json::object{{"role", role}, {"content", json::array()}});
        m_toolResults = 0;
    }
    return m_out.messages.back().get_object()["content"].get_array();
}

void ListBuilder::append(std::string_view role, json::object block) {
    json::array& content = contentFor(role);
    if (stringOr(block, "type") == "tool_result") {
        // Text between the results of one turn would make the service miss the later ones.
        content.insert(content.begin() + static_cast<std::ptrdiff_t>(m_toolResults), json::value(std::move(block)));
        ++m_toolResults;
    } else {
        content.emplace_back(std::move(block));
    }
}

// A closing assistant message is a prefill, which the service refuses when it ends in white space.
void ListBuilder::trimPrefill() {
    if (m_out.messages.empty() || stringOr(m_out.messages.back().get_object(), "role") != "assistant")
        return;
    json::array& content = m_out.messages.back().get_object()["content"].get_array();
    json::object& last = content.back().get_object();
    if (stringOr(last, "type") != "text")
        return;
    const std::string_view text = stringOr(last, "text");
    const auto end = text.find_last_not_of(" \t\r\n");
    if (end != std::string_view::npos) {
        last["text"] = std::string(text.substr(0, end + 1));
        return;
    }
    content.pop_back();
    if (content.empty())
        m_out.messages.pop_back();
}

EncodedMessages ListBuilder::take() {
    trimPrefill();
    return std::move(m_out);
}

} // namespace

Result<EncodedMessages> encodeMessages(const ChatRequest& request) {
    ListBuilder builder;
    for (const Message& message : request.messages)
        if (auto added = builder.add(message); !added)
            return added.error();
    EncodedMessages result = builder.take();
    if (result.messages.empty()) {
        Error error = makeError(ErrorCode::InvalidRequest, "Anthropic needs at least one user message with content",
                                "Add a user message beside the system prompt.");
        error.vendor = VendorError{.param = "messages"};
        return error;
    }
    return result;
}

} // namespace patchbay::anthropic
