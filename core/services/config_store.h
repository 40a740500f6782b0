// Holds the configuration in force and keeps it up to date: files are looked at once a second, a changed and valid
// configuration replaces the old one as a whole, a bad one is reported and changes nothing. Changes made by the app or
// the API go to managed.toml; the user's own file is never written.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/async.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/os_file.h"
#include "services/config_loader.h"
#include "services/config_tree.h"

namespace patchbay {

/// A change of managed.toml that was checked and is not yet written.
struct ManagedChange {
    std::string text; ///< the whole file
    LoadedConfig loaded;
};

class ConfigStore {
public:
    using ChangeListener = std::function<void(std::shared_ptr<const Config> before, std::shared_ptr<const Config> now)>;
    using ProblemListener = std::function<void(const std::vector<ConfigProblem>& problems)>;

    /// Loads; the error (Configuration) lists every problem.
    static Result<std::unique_ptr<ConfigStore>> open(ConfigSources sources);

    std::shared_ptr<const Config> current() const { return m_loaded.config; }
    /// Variables that "env:NAME" refers to: the process's with .env beneath.
    const Environment& environment() const { return m_loaded.environment; }
    /// Warnings of the configuration in force.
    const std::vector<ConfigProblem>& warnings() const { return m_loaded.problems; }
    const ConfigSources& sources() const { return m_sources; }
    ProviderOrigin originOf(std::string_view providerId) const { return m_loaded.originOf(providerId); }

    /// Called after a change took effect.
    void onChange(ChangeListener listener) { m_changeListeners.push_back(std::move(listener)); }
    /// Called when changed files are refused, once for each state of the files.
    void onProblems(ProblemListener listener) { m_problemListeners.push_back(std::move(listener)); }

    /// Looks at the files and reloads what changed. A file must have looked the same twice, so that one that is being
    /// written is not read half. True when a new configuration took effect.
    bool poll();
    /// Reads the files now, whether they look changed or not; a bad configuration is reported and changes nothing.
    bool reload();
    /// Polls until cancelled.
    awaitable<void> watch(Clock& clock, Milliseconds interval);

    /// Changes managed settings. `patch` is a JSON merge patch of the file's shape with providers and models as objects
    /// by id and name: {"server": {"port": 9000}, "providers": {"old": null}}. The whole configuration is checked
    /// first, and the managed settings also for themselves: a value is refused even where something lies over it, and
    /// so is a new default model that nothing could answer for. Then managed.toml is replaced and takes effect at once.
    /// Returns its text, to be kept as a version.
    /// Errors: InvalidRequest (with every problem), Storage and what else files can fail with; then nothing changed.
    Result<std::string> applyManaged(const json::object& patch);
    /// Whether managed.toml sets all that the patch names.
    Result<bool> manages(const json::object& patch) const;
    /// The same as applyManaged with a whole text: goes back to an earlier version.
    Result<std::string> replaceManaged(std::string text);

    // The three steps of applyManaged, for who must not wait for the disk: the second runs in a worker. Changes are
    // to be made one after the other.
    Result<ManagedChange> prepareManaged(const json::object& patch) const;
    static Result<void> writeManaged(const Places& places, const std::string& text);
    void adoptManaged(ManagedChange change);
    /// What stands in managed.toml; an empty table where there is none.
    Result<ConfigNode> managedTree() const;

private:
    Result<ManagedChange> checkManaged(std::string text) const;
    struct Stamps {
        std::optional<FileStamp> config;
        std::optional<FileStamp> managed;
        std::optional<FileStamp> dotEnv;
        bool operator==(const Stamps&) const = default;
    };
    ConfigStore(ConfigSources sources, LoadedConfig loaded, Stamps stamps)
        : m_sources(std::move(sources)), m_loaded(std::move(loaded)), m_stamps(stamps), m_lastSeen(stamps) {}
    static Stamps stampsOf(const Places& places);
    bool load(Stamps now);
    void take(LoadedConfig loaded, Stamps stamps);
    void report(const std::vector<ConfigProblem>& problems);

    ConfigSources m_sources;
    LoadedConfig m_loaded;
    Stamps m_stamps;   // of what was last read, good or bad
    Stamps m_lastSeen; // at the last poll
    std::vector<ChangeListener> m_changeListeners;
    std::vector<ProblemListener> m_problemListeners;
};

} // namespace patchbay
