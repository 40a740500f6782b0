#include "services/places.h"

namespace patchbay {
namespace {

struct Folders {
    std::string config;
    std::string data;
};

// systemd separates several folders by ':'; the first one is the unit's own.
std::string firstOf(const std::string& list) {
    return list.substr(0, list.find(':'));
}

std::string xdgFolder(const Environment& environment, std::string_view variable, std::string_view fallback) {
    if (const auto value = environment.get(variable); value && value->front() == '/')
        return *value + "/patchbay";
    const auto home = environment.get("HOME");
    return home ? *home + std::string(fallback) + "/patchbay" : std::string();
}

Folders unixFolders(const Environment& environment) {
    if (const auto state = environment.get("STATE_DIRECTORY")) {
        const auto config = environment.get("CONFIGURATION_DIRECTORY");
        return {config ? firstOf(*config) : "/etc/patchbay", firstOf(*state)};
    }
    Folders folders{xdgFolder(environment, "XDG_CONFIG_HOME", "/.config"),
                    xdgFolder(environment, "XDG_DATA_HOME", "/.local/share")};
    if (const auto config = environment.get("CONFIGURATION_DIRECTORY"))
        folders.config = firstOf(*config);
    return folders;
}

Folders macFolders(const Environment& environment) {
    const auto home = environment.get("HOME");
    const std::string folder = home ? *home + "/Library/Application Support/Patchbay" : std::string();
    return {folder, folder};
}

Folders windowsFolders(const Environment& environment) {
    const auto below = [&](std::string_view variable, std::string_view inProfile) {
        if (const auto value = environment.get(variable))
            return *value + "\\Patchbay";
        const auto profile = environment.get("USERPROFILE");
        return profile ? *profile + std::string(inProfile) + "\\Patchbay" : std::string();
    };
    return {below("APPDATA", "\\AppData\\Roaming"), below("LOCALAPPDATA", "\\AppData\\Local")};
}

Folders systemFolders(const Environment& environment, OperatingSystem system) {
    switch (system) {
    case OperatingSystem::Windows:
        return windowsFolders(environment);
    case OperatingSystem::MacOs:
        return macFolders(environment);
    case OperatingSystem::Linux:
        break;
    }
    return unixFolders(environment);
}

std::string folderOf(const std::string& file, OperatingSystem system) {
    const auto cut = file.find_last_of(system == OperatingSystem::Windows ? "/\\" : "/");
    if (cut == std::string::npos)
        return ".";
    return cut == 0 ? file.substr(0, 1) : file.substr(0, cut);
}

} // namespace

OperatingSystem thisOperatingSystem() {
#if defined(_WIN32)
    return OperatingSystem::Windows;
#elif defined(__APPLE__)
    return OperatingSystem::MacOs;
#else
    return OperatingSystem::Linux;
#endif
}

void Places::setDataDir(const std::string& folder, OperatingSystem system) {
    if (dataDirNamed && !dataDir.empty())
        return;
    const std::string separator = system == OperatingSystem::Windows ? "\\" : "/";
    dataDir = folder;
    vaultFile = folder + separator + "vault.json";
    vaultKeyFile = folder + separator + "vault.key";
}

Result<Places> findPlaces(const Environment& environment, OperatingSystem system, const PlaceOptions& options) {
    const std::string separator = system == OperatingSystem::Windows ? "\\" : "/";
    const Folders folders = systemFolders(environment, system);
    Places places;
    places.configFile =
        !options.configFile.empty() ? options.configFile : environment.get("PATCHBAY_CONFIG").value_or("");
    places.configFileNamed = !places.configFile.empty();
    if (places.configFile.empty() && !folders.config.empty())
        places.configFile = folders.config + separator + "config.toml";
    const std::string namedData =
        !options.dataDir.empty() ? options.dataDir : environment.get("PATCHBAY_DATA_DIR").value_or("");
    places.setDataDir(namedData.empty() ? folders.data : namedData, system);
    places.dataDirNamed = !namedData.empty();
    if (places.configFile.empty() || places.dataDir.empty())
        return makeError(ErrorCode::Configuration,
                         "no home folder is set, so there is no place for configuration and data",
                         "Set HOME, or pass --config FILE and --data-dir DIR (PATCHBAY_CONFIG, PATCHBAY_DATA_DIR).");
    places.configDir = folderOf(places.configFile, system);
    const std::string beside = places.configDir + separator;
    places.managedFile = beside + "managed.toml";
    places.dotEnvFile = beside + ".env";
    places.pricesFile = beside + "prices.json";
    return places;
}

} // namespace patchbay
