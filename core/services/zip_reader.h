// Reads files out of a .zip as exports come in: stored and deflated entries, also of more than 4 GB (zip64), a piece at
// a time. What is not of that kind is refused with the advice to unpack it.
// Source: PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3.
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "services/byte_source.h"

namespace patchbay {

struct ZipEntry {
    std::string name; ///< with '/' between folders
    std::uint64_t packedSize = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0; ///< of its local header
    std::uint32_t crc = 0;
    int method = 0;
    bool encrypted = false;
};

class ZipReader {
public:
    /// Errors: Malformed, Storage.
    static Result<std::unique_ptr<ZipReader>> open(const std::string& path);
    const std::vector<ZipEntry>& entries() const { return m_entries; }
    /// Unsupported where the entry is encrypted or packed in another way. The source has its own handle on the file.
    Result<std::unique_ptr<ByteSource>> read(const ZipEntry& entry) const;

private:
    explicit ZipReader(std::string path) : m_path(std::move(path)) {}
    Result<void> readDirectory();

    std::string m_path;
    std::vector<ZipEntry> m_entries;
};

} // namespace patchbay
