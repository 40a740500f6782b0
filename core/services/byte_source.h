// A file, or something inside one, read from its beginning to its end in pieces.
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>

#include "base/error.h"

namespace patchbay {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills `buffer` with up to its size; an empty one at the end.
    virtual Result<void> read(std::string& buffer) = 0;
    virtual std::uint64_t size() const = 0; ///< bytes in all
};

/// Only of a regular file: what could block, or never end, is refused. Errors: NotFound, Permission, InvalidRequest.
Result<std::ifstream> openForReading(const std::string& path);
Result<std::unique_ptr<ByteSource>> fileSource(const std::string& path);
Error readFailed(const std::string& path);

} // namespace patchbay
