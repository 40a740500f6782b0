// The system's keychain (Secret Service or KWallet, macOS Keychain, Windows Credential Manager) through QtKeychain. Its
// jobs need an event loop and the core has none: they run on the application's thread, and the worker that asks waits
// for their end. Plain-text fallbacks are refused. What was read once is remembered until the program ends.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "services/secrets.h"

namespace patchbay {

class OsKeychain final : public Keychain {
public:
    /// `answerTime`: how long a person may take to unlock the keychain.
    explicit OsKeychain(Milliseconds answerTime = Milliseconds{45'000}) : m_answerTime(answerTime) {}

    // From any thread but the application's own. Errors as in Keychain.
    Result<Secret> get(const std::string& name) override;
    Result<void> set(const std::string& name, const Secret& value) override;
    Result<void> remove(const std::string& name) override;

    /// Ends every call that waits with Unavailable, now and later. Before the application's thread waits for the core,
    /// because a worker may be waiting for the application's thread.
    void close();

private:
    struct Call;
    enum class Action { Read, Write, Delete };
    Result<Secret> ask(Action action, const std::string& name, const Secret& value);

    const Milliseconds m_answerTime;
    std::mutex m_mutex;
    std::map<std::string, Secret, std::less<>> m_known; // guarded by m_mutex, like what follows
    bool m_closed = false;
    bool m_silent = false; // it did not answer in time: the next call does not wait as long
};

} // namespace patchbay
