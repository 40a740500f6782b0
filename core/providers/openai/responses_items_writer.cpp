#include "providers/openai/responses_items.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/strings.h"
#include "providers/body_fields.h"

namespace patchbay::responses {
namespace {

Error unsupported(std::string message) {
    return makeError(ErrorCode::Unsupported, std::move(message), "Choose a model of a provider that takes it.");
}

std::string dataUrl(const MediaSource& source, std::string_view fallbackType) {
    return fmt::format("data:{};base64,{}", source.mediaType.empty() ? fallbackType : source.mediaType, source.data);
}

void addBreakpoint(json::object& part, const std::optional<CacheBreakpoint>& cache, bool sameFormat) {
    if (!cache || !sameFormat)
        return;
    json::object breakpoint{{"mode", "explicit"}};
    if (!cache->ttl.empty())
        breakpoint["ttl"] = cache->ttl;
    part["prompt_cache_breakpoint"] = std::move(breakpoint);
}

json::object inputText(const TextPart& text, bool sameFormat) {
    json::object part{{"type", "input_text"}, {"text", text.text}};
    addBreakpoint(part, text.cache, sameFormat);
    return part;
}

json::object inputImage(const ImagePart& image, bool sameFormat) {
    json::object part{{"type", "input_image"}};
    if (!image.source.fileId.empty())
        part["file_id"] = image.source.fileId;
    else
        part["image_url"] = image.source.url.empty() ? dataUrl(image.source, "image/png") : image.source.url;
    if (!image.detail.empty())
        part["detail"] = image.detail;
    addBreakpoint(part, image.cache, sameFormat);
    return part;
}

Result<json::object> inputFile(const FilePart& file, bool sameFormat) {
    if (file.source.mediaType.starts_with("audio/"))
        return unsupported("the responses format takes no audio");
    // The format's files are PDFs; what came in this format goes on as it came.
    if (!sameFormat && file.source.mediaType.starts_with("text/") && !file.source.data.empty()) {
        const auto text = base64Decode(file.source.data);
        if (!text)
            return makeError(ErrorCode::InvalidRequest, "a text document is not valid base64", "Encode it anew.");
        const std::string title = file.filename.empty() ? std::string{} : file.filename + ":\n";
        return json::object{{"type", "input_text"}, {"text", title + repairUtf8(*text)}};
    }
    json::object part{{"type", "input_file"}};
    if (!file.source.fileId.empty())
        part["file_id"] = file.source.fileId;
    else if (!file.source.url.empty())
        part["file_url"] = file.source.url;
    else {
        part["filename"] = file.filename.empty() ? "document.pdf" : file.filename; // required beside file_data
        part["file_data"] = dataUrl(file.source, "application/pdf");
    }
    if (!file.filename.empty() && !part.contains("filename") && file.source.fileId.empty())
        part["filename"] = file.filename;
    addBreakpoint(part, file.cache, sameFormat);
    return part;
}

// Text, image or file of a user's message or a tool's result.
template <class Part> Result<json::object> inputPart(const Part& part, bool sameFormat) {
    if constexpr (std::is_same_v<Part, TextPart>)
        return inputText(part, sameFormat);
    else if constexpr (std::is_same_v<Part, ImagePart>)
        return inputImage(part, sameFormat);
    else
        return inputFile(part, sameFormat);
}

class ItemWriter {
public:
    explicit ItemWriter(bool sameFormat) : m_sameFormat(sameFormat) {}

    Result<void> add(const Message& message) {
        json::array content;
        for (const ContentPart& part : message.parts)
            if (auto added = addPart(message.role, part, content); !added)
                return added.error();
        if (!content.empty() || message.parts.empty())
            flush(message.role, content);
        return {};
    }
    json::array take() { return std::move(m_items); }

private:
    void flush(Role role, json::array& content) {
        m_items.push_back(
            json::object{{"role", roleName(role == Role::Tool ? Role::User : role)}, {"content", std::move(content)}});
        content = {};
    }
    // An item of its own interrupts the message, whose content so far must stand before it.
    void addItem(Role role, json::array& content, json::object item) {
        if (!content.empty())
            flush(role, content);
        m_items.push_back(std::move(item));
    }

    Result<void> addPart(Role role, const ContentPart& part, json::array& content) {
        const bool assistant = role == Role::Assistant;
        if (const auto* text = std::get_if<TextPart>(&part)) {
            if (assistant)
                content.push_back(json::object{{"type", "output_text"}, {"text", text->text}});
            else
                content.push_back(inputText(*text, m_sameFormat));
        } else if (const auto* refusal = std::get_if<RefusalPart>(&part)) {
            content.push_back(json::object{{"type", "refusal"}, {"refusal", refusal->text}});
        } else if (const auto* image = std::get_if<ImagePart>(&part)) {
            if (assistant)
                return unsupported("the responses format takes no images in an assistant's turn");
            content.push_back(inputImage(*image, m_sameFormat));
        } else if (const auto* file = std::get_if<FilePart>(&part)) {
            if (assistant)
                return unsupported("the responses format takes no files in an assistant's turn");
            auto written = inputFile(*file, m_sameFormat);
            if (!written)
                return written.error();
            content.push_back(std::move(*written));
        } else if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) {
            // Without an item id it is another vendor's thinking, which OpenAI would refuse.
            if (!reasoning->id.empty())
                addItem(role, content, reasoningItem(*reasoning));
        } else if (const auto* call = std::get_if<ToolCallPart>(&part)) {
            addItem(role, content, callItem(*call));
        } else if (const auto* result = std::get_if<ToolResultPart>(&part)) {
            auto item = resultItem(*result);
            if (!item)
                return item.error();
            addItem(role, content, std::move(*item));
        }
        return {};
    }

    static json::object reasoningItem(const ReasoningPart& part) {
        json::array summary;
        if (!part.text.empty())
            summary.push_back(json::object{{"type", "summary_text"}, {"text", part.text}});
        json::object item{{"type", "reasoning"}, {"id", part.id}, {"summary", std::move(summary)}};
        if (!part.signature.empty())
            item["encrypted_content"] = part.signature;
        return item;
    }

    json::object callItem(const ToolCallPart& call) {
        if (!call.custom)
            return {
                {"type", "function_call"}, {"call_id", call.id}, {"name", call.name}, {"arguments", call.arguments}};
        m_customCalls.emplace(call.id);
        return {{"type", "custom_tool_call"}, {"call_id", call.id}, {"name", call.name}, {"input", call.arguments}};
    }

    Result<json::object> resultItem(const ToolResultPart& result) {
        json::object item{
            {"type", m_customCalls.contains(result.toolCallId) ? "custom_tool_call_output" : "function_call_output"},
            {"call_id", result.toolCallId}};
        const auto* only = result.content.size() == 1 ? std::get_if<TextPart>(&result.content.front()) : nullptr;
        if (only || result.content.empty()) {
            item["output"] = only ? only->text : std::string{};
            return item;
        }
        json::array output;
        for (const auto& piece : result.content) {
            auto part = std::visit([&](const auto& p) { return inputPart(p, m_sameFormat); }, piece);
            if (!part)
                return part.error();
            output.push_back(std::move(*part));
        }
        item["output"] = std::move(output);
        return item;
    }

    bool m_sameFormat;
    json::array m_items;
    std::set<std::string> m_customCalls; // their results have a type of their own
};

} // namespace

Result<json::array> itemsOf(const std::vector<Message>& messages, bool sameFormat) {
    ItemWriter writer(sameFormat);
    for (const Message& message : messages)
        if (auto added = writer.add(message); !added)
            return added.error();
    return writer.take();
}

} // namespace patchbay::responses
