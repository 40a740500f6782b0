#include "services/byte_source.h"

#include <filesystem>

#include <fmt/format.h>

namespace patchbay {
namespace {

std::filesystem::path nativePath(const std::string& path) {
    return std::filesystem::path(std::u8string(path.begin(), path.end()));
}

class FileSource final : public ByteSource {
public:
    FileSource(std::string path, std::ifstream file, std::uint64_t size)
        : m_path(std::move(path)), m_file(std::move(file)), m_size(size) {}

    Result<void> read(std::string& buffer) override {
        m_file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        buffer.resize(static_cast<std::size_t>(m_file.gcount()));
        return m_file.bad() ? Result<void>(readFailed(m_path)) : Result<void>();
    }
    std::uint64_t size() const override { return m_size; }

private:
    std::string m_path;
    std::ifstream m_file;
    std::uint64_t m_size;
};

} // namespace

Error readFailed(const std::string& path) {
    return makeError(ErrorCode::Storage, fmt::format("{} could not be read to its end.", path),
                     "Copy it to this computer's disk and try again.");
}

Result<std::ifstream> openForReading(const std::string& path) {
    std::error_code failure;
    const auto status = std::filesystem::status(nativePath(path), failure);
    if (status.type() == std::filesystem::file_type::not_found)
        return makeError(ErrorCode::NotFound, fmt::format("{} is not there.", path), "Choose the file again.");
    if (status.type() == std::filesystem::file_type::directory)
        return makeError(ErrorCode::InvalidRequest, fmt::format("{} is a folder.", path),
                         "Choose the conversations.json in it.");
    if (status.type() != std::filesystem::file_type::regular)
        return makeError(ErrorCode::InvalidRequest, fmt::format("{} is not a regular file.", path),
                         "Choose a .json or .zip file.");
    std::ifstream file(nativePath(path), std::ios::binary);
    if (!file)
        return makeError(ErrorCode::Permission, fmt::format("{} cannot be opened.", path),
                         "Check that you may read it.");
    return file;
}

Result<std::unique_ptr<ByteSource>> fileSource(const std::string& path) {
    auto file = openForReading(path);
    if (!file)
        return file.error();
    file->seekg(0, std::ios::end);
    const std::streamoff size = file->tellg();
    file->seekg(0);
    if (!*file || size < 0)
        return readFailed(path);
    return std::unique_ptr<ByteSource>(
        std::make_unique<FileSource>(path, std::move(*file), static_cast<std::uint64_t>(size)));
}

} // namespace patchbay
