#include "app/cli/chat_input.h"

#include <fmt/format.h>

#include "app/os_terminal.h"
#include "base/bytes.h"
#include "base/os_file.h"
#include "base/strings.h"

namespace patchbay {
namespace {

constexpr std::size_t kMaxInput = 32U << 20U;
constexpr std::size_t kMaxImage = 20U << 20U; // what the vendors take at most

std::string_view imageType(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"))
        return "image/png";
    if (bytes.starts_with("\xff\xd8\xff"))
        return "image/jpeg";
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a"))
        return "image/gif";
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"))
        return "image/webp";
    return {};
}

} // namespace

Result<std::string> chatText(const std::vector<std::string>& words) {
    std::string text = fmt::format("{}", fmt::join(words, " "));
    if (!isTerminal(StandardStream::Input)) {
        auto input = readStandardInput(kMaxInput);
        if (!input)
            return input.error();
        if (input->starts_with("\xef\xbb\xbf"))
            input->erase(0, 3);
        if (input->ends_with('\n')) // the line end of echo is not meant
            input->erase(input->size() - (input->ends_with("\r\n") ? 2 : 1));
        if (!text.empty() && !input->empty())
            text += "\n\n";
        text += *input;
    }
    if (!isValidUtf8(text))
        return makeError(ErrorCode::InvalidRequest, "the text is not UTF-8",
                         "Convert it first, for example: iconv -f latin1 -t utf-8 FILE | patchbay chat");
    return text;
}

Result<ImagePart> imageFromFile(const std::string& path) {
    auto bytes = readFile(path, kMaxImage);
    if (!bytes)
        return bytes.error();
    const std::string_view type = imageType(*bytes);
    if (type.empty())
        return makeError(ErrorCode::UnsupportedMedia, path + " is no PNG, JPEG, GIF or WebP picture",
                         "Convert it to one of these.");
    return ImagePart{.source = {.mediaType = std::string(type), .data = base64Encode(*bytes), .url = {}, .fileId = {}},
                     .detail = {},
                     .cache = {}};
}

Result<Message> userMessage(std::string text, const std::vector<std::string>& imageFiles) {
    Message message{.role = Role::User, .parts = {}, .name = {}};
    for (const std::string& file : imageFiles) {
        auto image = imageFromFile(file);
        if (!image)
            return image.error();
        message.parts.push_back(std::move(*image));
    }
    if (!text.empty())
        message.parts.push_back(TextPart{.text = std::move(text), .cache = {}});
    return message;
}

} // namespace patchbay
