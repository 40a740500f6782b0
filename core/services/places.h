// Where things lie on each operating system. A pure function of the environment, so that every case can be tested on
// any machine.
#pragma once

#include <string>

#include "base/environment.h"
#include "base/error.h"

namespace patchbay {

enum class OperatingSystem { Linux, MacOs, Windows };
OperatingSystem thisOperatingSystem();

struct Places {
    std::string configDir;
    std::string configFile;  ///< the user's file; never written by Patchbay
    std::string managedFile; ///< managed.toml beside it
    std::string dotEnvFile;  ///< .env beside it
    std::string pricesFile;  ///< prices.json beside it: the user's own prices
    std::string dataDir;     ///< database, vault, lock file
    std::string vaultFile;
    std::string vaultKeyFile;
    /// The configuration file was named by the user (option or PATCHBAY_CONFIG): then it must exist.
    bool configFileNamed = false;
    bool dataDirNamed = false;

    /// Moves the data; no effect where an option or PATCHBAY_DATA_DIR named the folder. For [storage] data_dir.
    void setDataDir(const std::string& folder, OperatingSystem system);
};

/// What the command line said; empty = nothing.
struct PlaceOptions {
    std::string configFile; ///< --config
    std::string dataDir;    ///< --data-dir
};

/// Option, then PATCHBAY_CONFIG and PATCHBAY_DATA_DIR, then the system's own place:
/// - under systemd $CONFIGURATION_DIRECTORY (else /etc/patchbay) and $STATE_DIRECTORY;
/// - Linux and other Unix: $XDG_CONFIG_HOME/patchbay and $XDG_DATA_HOME/patchbay, ~/.config and ~/.local/share by
/// default
///   (relative values are ignored, as the XDG base directory specification asks);
/// - macOS: ~/Library/Application Support/Patchbay for both;
/// - Windows: %APPDATA%\Patchbay and %LOCALAPPDATA%\Patchbay.
/// Error (Configuration) where there is no home to put things into.
Result<Places> findPlaces(const Environment& environment, OperatingSystem system, const PlaceOptions& options = {});

} // namespace patchbay
