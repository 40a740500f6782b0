#include "services/zip_reader.h"

#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <zlib.h>

namespace patchbay {
namespace {

constexpr std::uint32_t kEndMark = 0x06054b50, kEnd64Mark = 0x06064b50, kEnd64LocatorMark = 0x07064b50;
constexpr std::uint32_t kEntryMark = 0x02014b50, kLocalMark = 0x04034b50;
constexpr std::size_t kEndSize = 22, kEntrySize = 46, kLocalSize = 30, kEnd64Size = 56, kLocatorSize = 20;
constexpr std::uint64_t kLargestDirectory = 64U << 20U;

Error broken(const std::string& path) {
    return makeError(ErrorCode::Malformed, fmt::format("{} is not a complete .zip file.", path),
                     "Download it again, or unpack it and choose its conversations.json.");
}

std::uint64_t number(std::string_view bytes, std::size_t at, int count) {
    std::uint64_t value = 0;
    for (int i = count - 1; i >= 0; --i)
        value = value << 8U | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

std::optional<std::string> readAt(std::ifstream& file, std::uint64_t offset, std::uint64_t count) {
    std::string bytes(static_cast<std::size_t>(count), '\0');
    file.clear();
    file.seekg(static_cast<std::streamoff>(offset));
    file.read(bytes.data(), static_cast<std::streamsize>(count));
    if (!file || file.gcount() != static_cast<std::streamsize>(count))
        return std::nullopt;
    return bytes;
}

struct Directory {
    std::uint64_t offset = 0, size = 0, count = 0;
};

// The record at the end of the file says where the directory is; before it may stand the one with wider numbers.
std::optional<Directory> findDirectory(std::ifstream& file) {
    file.seekg(0, std::ios::end);
    const auto length = static_cast<std::uint64_t>(std::max<std::streamoff>(file.tellg(), 0));
    const std::uint64_t looked = std::min<std::uint64_t>(length, kEndSize + 0xFFFF);
    const auto tail = readAt(file, length - looked, looked);
    if (!tail || tail->size() < kEndSize)
        return std::nullopt;
    for (std::size_t at = tail->size() - kEndSize + 1; at-- > 0;) {
        if (number(*tail, at, 4) != kEndMark)
            continue;
        Directory directory{
            .offset = number(*tail, at + 16, 4), .size = number(*tail, at + 12, 4), .count = number(*tail, at + 10, 2)};
        if (at >= kLocatorSize && number(*tail, at - kLocatorSize, 4) == kEnd64LocatorMark)
            if (const auto wide = readAt(file, number(*tail, at - kLocatorSize + 8, 8), kEnd64Size);
                wide && number(*wide, 0, 4) == kEnd64Mark)
                directory = {
                    .offset = number(*wide, 48, 8), .size = number(*wide, 40, 8), .count = number(*wide, 32, 8)};
        if (directory.size > kLargestDirectory || directory.offset > length ||
            directory.size > length - directory.offset)
            return std::nullopt;
        return directory;
    }
    return std::nullopt;
}

// Numbers that do not fit stand in the extra field with id 1, in this order, those only that are all ones.
void readWideNumbers(std::string_view extra, ZipEntry& entry) {
    while (extra.size() >= 4) {
        const auto length = static_cast<std::size_t>(number(extra, 2, 2));
        if (length > extra.size() - 4)
            return;
        std::string_view field = extra.substr(4, length);
        if (number(extra, 0, 2) == 1)
            for (std::uint64_t* value : {&entry.size, &entry.packedSize, &entry.offset})
                if (*value == 0xFFFFFFFF && field.size() >= 8) {
                    *value = number(field, 0, 8);
                    field.remove_prefix(8);
                }
        extra.remove_prefix(4 + length);
    }
}

class EntrySource final : public ByteSource {
public:
    EntrySource(std::string path, std::ifstream file, const ZipEntry& entry)
        : m_path(std::move(path)), m_file(std::move(file)), m_entry(entry), m_left(entry.packedSize) {
        inflateInit2(&m_stream, -MAX_WBITS);
    }
    ~EntrySource() override { inflateEnd(&m_stream); }
    EntrySource(const EntrySource&) = delete;
    EntrySource& operator=(const EntrySource&) = delete;

    Result<void> read(std::string& buffer) override {
        auto filled = m_entry.method == 0 ? fetch(buffer) : inflateInto(buffer);
        if (!filled)
            return filled;
        m_crc = ::crc32(m_crc, reinterpret_cast<const Bytef*>(buffer.data()), static_cast<uInt>(buffer.size()));
        if (buffer.empty() && m_crc != m_entry.crc)
            return broken(m_path);
        return {};
    }
    std::uint64_t size() const override { return m_entry.size; }

private:
    Result<void> fetch(std::string& buffer) {
        buffer.resize(static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), m_left)));
        m_file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        if (m_file.gcount() != static_cast<std::streamsize>(buffer.size()))
            return broken(m_path);
        m_left -= buffer.size();
        return {};
    }
    Result<void> inflateInto(std::string& buffer) {
        m_stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        m_stream.avail_out = static_cast<uInt>(buffer.size());
        while (m_stream.avail_out > 0 && !m_ended) {
            if (m_stream.avail_in == 0) {
                m_packed.resize(64U << 10U);
                if (auto fetched = fetch(m_packed); !fetched)
                    return fetched;
                m_stream.next_in = reinterpret_cast<Bytef*>(m_packed.data());
                m_stream.avail_in = static_cast<uInt>(m_packed.size());
            }
            const int result = inflate(&m_stream, Z_NO_FLUSH);
            m_ended = result == Z_STREAM_END;
            if (!m_ended && (result != Z_OK || (m_stream.avail_in == 0 && m_left == 0 && m_stream.avail_out > 0)))
                return broken(m_path);
        }
        buffer.resize(buffer.size() - m_stream.avail_out);
        return {};
    }

    std::string m_path;
    std::ifstream m_file;
    ZipEntry m_entry;
    std::uint64_t m_left; ///< packed bytes that are still in the file
    std::string m_packed;
    z_stream m_stream{};
    bool m_ended = false;
    uLong m_crc = ::crc32(0, nullptr, 0);
};

} // namespace

Result<std::unique_ptr<ZipReader>> ZipReader::open(const std::string& path) {
    std::unique_ptr<ZipReader> reader(new ZipReader(path));
    if (auto read = reader->readDirectory(); !read)
        return read.error();
    return reader;
}

Result<void> ZipReader::readDirectory() {
    auto file = openForReading(m_path);
    if (!file)
        return file.error();
    const auto directory = findDirectory(*file);
    if (!directory)
        return broken(m_path);
    const auto bytes = readAt(*file, directory->offset, directory->size);
    if (!bytes)
        return broken(m_path);
    std::string_view left = *bytes;
    for (std::uint64_t i = 0; i < directory->count; ++i) {
        if (left.size() < kEntrySize || number(left, 0, 4) != kEntryMark)
            return broken(m_path);
        const auto name = static_cast<std::size_t>(number(left, 28, 2)),
                   extra = static_cast<std::size_t>(number(left, 30, 2));
        const std::size_t length = kEntrySize + name + extra + static_cast<std::size_t>(number(left, 32, 2));
        if (length > left.size())
            return broken(m_path);
        ZipEntry entry{.name = std::string(left.substr(kEntrySize, name)),
                       .packedSize = number(left, 20, 4),
                       .size = number(left, 24, 4),
                       .offset = number(left, 42, 4),
                       .crc = static_cast<std::uint32_t>(number(left, 16, 4)),
                       .method = static_cast<int>(number(left, 10, 2)),
                       .encrypted = (number(left, 8, 2) & 1U) != 0};
        readWideNumbers(left.substr(kEntrySize + name, extra), entry);
        m_entries.push_back(std::move(entry));
        left.remove_prefix(length);
    }
    return {};
}

Result<std::unique_ptr<ByteSource>> ZipReader::read(const ZipEntry& entry) const {
    if (entry.encrypted || (entry.method != 0 && entry.method != 8))
        return makeError(ErrorCode::Unsupported,
                         fmt::format("{} in {} is {}.", entry.name, m_path,
                                     entry.encrypted ? "protected by a password" : "packed in a way not known here"),
                         "Unpack the .zip and choose its conversations.json.");
    auto file = openForReading(m_path);
    if (!file)
        return file.error();
    const auto local = readAt(*file, entry.offset, kLocalSize);
    if (!local || number(*local, 0, 4) != kLocalMark)
        return broken(m_path);
    file->seekg(static_cast<std::streamoff>(entry.offset + kLocalSize + number(*local, 26, 2) + number(*local, 28, 2)));
    return std::unique_ptr<ByteSource>(std::make_unique<EntrySource>(m_path, std::move(*file), entry));
}

} // namespace patchbay
