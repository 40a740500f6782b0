// The two programs that are compared, in front of the same upstream: nginx with one worker, and `patchbay serve`.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "load.h"
#include "process.h"

namespace patchbay::bench {

/// A folder that vanishes with its owner.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

struct Proxy {
    std::string name;
    Destination plain;  ///< whole answers
    Destination stream; ///< streamed ones
    std::unique_ptr<Process> process;
};

Proxy startNginx(const std::filesystem::path& folder, std::uint16_t upstreamPort);

struct PatchbayStart {
    std::string program;
    std::filesystem::path folder; ///< configuration, data and log go here
    std::uint16_t upstreamPort = 0;
    std::string logLevel; ///< empty = the default
};
/// Writes the configuration, so that starting is all that startPatchbay does.
void writePatchbayConfig(const PatchbayStart& start);
Proxy startPatchbay(const PatchbayStart& start, std::string name);

} // namespace patchbay::bench
