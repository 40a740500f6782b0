// A folder with configuration files, as the tests of the configuration need it.
#pragma once

#include <QTemporaryDir>

#include "base/os_file.h"
#include "services/config_loader.h"

namespace patchbay {

class ConfigFiles {
public:
    using Variables = std::map<std::string, std::string, std::less<>>;

    std::string path(const std::string& name) const { return m_folder.path().toStdString() + "/" + name; }
    void write(const std::string& name, std::string_view text) const {
        (void)writeFileAtomically(path(name), text, FileMode::Private).value();
    }
    ConfigSources sources(const Variables& variables = {}, std::vector<ConfigOverride> overrides = {}) const {
        Variables all = variables;
        all.try_emplace("HOME", m_folder.path().toStdString());
        all.try_emplace("PATCHBAY_CONFIG", path("config.toml"));
        Environment environment(all);
        Places places = findPlaces(environment, OperatingSystem::Linux).value();
        places.configFileNamed = false; // the tests choose whether there is a file
        return {std::move(places), std::move(environment), std::move(overrides)};
    }
    LoadedConfig load(const Variables& variables = {}, std::vector<ConfigOverride> overrides = {}) const {
        return loadConfig(sources(variables, std::move(overrides)));
    }
    LoadedConfig load(std::string_view text) const {
        write("config.toml", text);
        return load();
    }
    /// All problems, one text each, with the folder's name cut out.
    std::string problems(const LoadedConfig& loaded) const {
        std::string all;
        for (const ConfigProblem& problem : loaded.problems)
            all += problem.text() + "\n";
        const std::string folder = path("");
        for (auto at = all.find(folder); at != std::string::npos; at = all.find(folder))
            all.erase(at, folder.size());
        return all;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace patchbay
