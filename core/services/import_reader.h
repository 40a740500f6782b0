// Opens an export, a conversations.json or the .zip it came in, and reads it one conversation at a time: memory is
// bounded by the largest conversation, not by the file. Blocking; made to be called from a worker thread.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "services/byte_source.h"
#include "services/import_elements.h"
#include "services/imported_chat.h"
#include "services/zip_reader.h"

namespace patchbay {

enum class ImportSource : std::uint8_t { Unknown, ChatGpt, Claude };
std::string_view importSourceName(ImportSource source); ///< "ChatGPT", "Claude", ""

/// An entry that could not be taken over.
struct ImportSkip {
    enum class Kind : std::uint8_t { NoMessages, NoId, Malformed, TooLarge, Unknown, NotStored };
    Kind kind = Kind::Malformed;
    int number = 0;     ///< which of the file's entries, from 1
    std::string title;  ///< may be empty
    std::string reason; ///< for a person: "it has no messages"
};

class ImportReader {
public:
    struct End {};
    using Next = std::variant<ImportedConversation, ImportSkip, End>;

    /// Errors of the file, each with what to do.
    static Result<std::unique_ptr<ImportReader>> open(std::string path);

    /// Malformed, Truncated or Storage where the file cannot be read on.
    Result<Next> next();
    ImportSource source() const { return m_source; }
    std::uint64_t bytesRead() const { return m_bytesRead; }
    std::uint64_t bytesTotal() const { return m_bytesTotal; }

private:
    Result<void> openZip(const std::string& path);
    Result<bool> openNextFile();
    Result<Next> read(const JsonElement& element);
    std::optional<std::string> asset(std::string_view id) const;

    std::string m_folder; ///< pictures lie beside an unpacked conversations.json
    std::unique_ptr<ZipReader> m_zip;
    std::vector<ZipEntry> m_files; ///< of the zip that are still to be read, last first
    std::unique_ptr<ByteSource> m_bytes;
    std::unique_ptr<JsonElements> m_elements;
    std::string m_buffer;
    ImportSource m_source = ImportSource::Unknown;
    std::uint64_t m_bytesRead = 0;
    std::uint64_t m_bytesTotal = 0;
    int m_number = 0;
};

} // namespace patchbay
