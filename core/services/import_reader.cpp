#include "services/import_reader.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/os_file.h"
#include "base/strings.h"
#include "services/import_chatgpt.h"
#include "services/import_claude.h"

namespace patchbay {
namespace {

constexpr std::size_t kLargestConversation = 128U << 20U;
constexpr std::size_t kPiece = 256U << 10U;
constexpr std::uint64_t kLargestAsset = 20U << 20U;

std::string_view fileName(std::string_view path) {
    const auto slash = path.find_last_of("/\\");
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Large exports come as conversations-000.json, conversations-001.json, …
bool isConversations(const ZipEntry& entry) {
    const std::string_view name = fileName(entry.name);
    return name.starts_with("conversations") && name.ends_with(".json");
}

std::optional<std::string> readAll(ByteSource& source) {
    if (source.size() > kLargestAsset)
        return std::nullopt;
    std::string bytes, piece;
    for (;;) {
        piece.resize(kPiece);
        if (!source.read(piece))
            return std::nullopt;
        if (piece.empty())
            return bytes;
        bytes += piece;
        if (bytes.size() > kLargestAsset)
            return std::nullopt;
    }
}

} // namespace

std::string_view importSourceName(ImportSource source) {
    switch (source) {
    case ImportSource::ChatGpt:
        return "ChatGPT";
    case ImportSource::Claude:
        return "Claude";
    case ImportSource::Unknown:
        break;
    }
    return {};
}

Result<std::unique_ptr<ImportReader>> ImportReader::open(std::string path) {
    auto bytes = fileSource(path);
    if (!bytes)
        return bytes.error();
    auto reader = std::make_unique<ImportReader>();
    std::string head(4, '\0');
    if (auto read = (*bytes)->read(head); !read)
        return read.error();
    if (head == "PK\x03\x04" || head.starts_with(std::string_view("PK\x05\x06"))) {
        if (auto opened = reader->openZip(path); !opened)
            return opened.error();
        return reader;
    }
    reader->m_folder = parentPath(path);
    reader->m_bytesTotal = (*bytes)->size();
    reader->m_bytesRead = head.size();
    reader->m_elements = std::make_unique<JsonElements>(kLargestConversation);
    if (auto fed = reader->m_elements->feed(head); !fed)
        return fed.error();
    reader->m_bytes = std::move(*bytes);
    return reader;
}

Result<void> ImportReader::openZip(const std::string& path) {
    auto zip = ZipReader::open(path);
    if (!zip)
        return zip.error();
    m_zip = std::move(*zip);
    for (const ZipEntry& entry : m_zip->entries())
        if (isConversations(entry)) {
            m_files.push_back(entry);
            m_bytesTotal += entry.size;
        }
    if (m_files.empty())
        return makeError(ErrorCode::Malformed, fmt::format("There is no conversations.json in {}.", fileName(path)),
                         "Choose the .zip that ChatGPT or Claude sent as the export of your data.");
    std::sort(m_files.begin(), m_files.end(), [](const ZipEntry& a, const ZipEntry& b) { return a.name > b.name; });
    auto opened = openNextFile();
    return opened ? Result<void>() : opened.error();
}

Result<bool> ImportReader::openNextFile() {
    if (m_files.empty())
        return false;
    auto bytes = m_zip->read(m_files.back());
    if (!bytes)
        return bytes.error();
    m_files.pop_back();
    m_bytes = std::move(*bytes);
    m_elements = std::make_unique<JsonElements>(kLargestConversation);
    return true;
}

Result<ImportReader::Next> ImportReader::next() {
    while (!m_elements->available()) {
        m_buffer.resize(kPiece);
        if (auto read = m_bytes->read(m_buffer); !read)
            return read.error();
        m_bytesRead += m_buffer.size();
        if (!m_buffer.empty()) {
            if (auto fed = m_elements->feed(m_buffer); !fed)
                return fed.error();
            continue;
        }
        if (auto complete = m_elements->finish(); !complete)
            return complete.error();
        auto opened = openNextFile();
        if (!opened)
            return opened.error();
        if (!*opened)
            return Next(End{});
    }
    return read(m_elements->take());
}

Result<ImportReader::Next> ImportReader::read(const JsonElement& element) {
    ++m_number;
    using Kind = ImportSkip::Kind;
    const auto skip = [&](Kind kind, std::string_view title, std::string reason) {
        return Next(ImportSkip{.kind = kind,
                               .number = m_number,
                               .title = std::string(truncateUtf8(title, 120)),
                               .reason = std::move(reason)});
    };
    if (element.tooLarge)
        return skip(Kind::TooLarge, {}, fmt::format("it is larger than {} MB", kLargestConversation >> 20U));
    auto object = parseJsonObject(element.text);
    if (!object)
        return skip(Kind::Malformed, {}, fmt::format("it is malformed, at byte {} of the file", element.offset));
    const bool chatGpt = isChatGptConversation(*object);
    if (!chatGpt && !isClaudeConversation(*object))
        return skip(Kind::Unknown, stringOr(*object, "title", stringOr(*object, "name")),
                    "it is no conversation of ChatGPT or Claude");
    m_source = chatGpt ? ImportSource::ChatGpt : ImportSource::Claude;
    auto read = chatGpt ? readChatGptConversation(*object, [this](std::string_view id) { return asset(id); })
                        : readClaudeConversation(*object);
    if (!read)
        return skip(read.error().code == ErrorCode::NotFound ? Kind::NoMessages : Kind::NoId,
                    stringOr(*object, chatGpt ? "title" : "name"), read.error().message);
    return Next(std::move(*read));
}

// Files of the export are named by the asset's id and more: "file-AbC123-photo.png".
std::optional<std::string> ImportReader::asset(std::string_view id) const {
    if (id.size() < 6 || id.find_first_of("/\\") != std::string_view::npos)
        return std::nullopt;
    if (m_zip) {
        for (const ZipEntry& entry : m_zip->entries())
            if (fileName(entry.name).starts_with(id))
                if (auto source = m_zip->read(entry))
                    return readAll(**source);
        return std::nullopt;
    }
    std::error_code failure;
    const std::filesystem::path folder(std::u8string(m_folder.begin(), m_folder.end()));
    for (const auto& file : std::filesystem::directory_iterator(folder, failure)) {
        const std::u8string name = file.path().filename().u8string();
        if (!std::string(name.begin(), name.end()).starts_with(id))
            continue;
        const std::u8string path = file.path().u8string();
        if (auto source = fileSource(std::string(path.begin(), path.end())))
            return readAll(**source);
    }
    return std::nullopt;
}

} // namespace patchbay
