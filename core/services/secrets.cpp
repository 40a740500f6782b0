#include "services/secrets.h"

#include "base/os_file.h"
#include "base/strings.h"

namespace patchbay {
namespace {

constexpr std::size_t kSecretLimit = 64U << 10U;

bool isOneLine(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            return false;
    return true;
}

} // namespace

Result<Secret> NoKeychain::get(const std::string& name) {
    return makeError(ErrorCode::Unsupported,
                     "keychain:" + name + " cannot be read: this program is built without a keychain",
                     "Use the desktop program, or refer to the key as \"env:NAME\", \"file:PATH\" or \"vault:NAME\".");
}

Result<void> NoKeychain::set(const std::string& name, const Secret&) {
    return get(name).error();
}

Result<void> NoKeychain::remove(const std::string& name) {
    return get(name).error();
}

Result<ResolvedSecret> Secrets::resolve(const SecretRef& reference) const {
    auto found = fetch(reference);
    if (!found)
        return found;
    Secret value{std::string(trim(found->value.reveal()))};
    if (value.empty())
        return makeError(ErrorCode::Configuration, reference.text() + " is empty", "Put the key there.");
    // A line break would end the HTTP header that the key is sent in.
    if (!isOneLine(value.reveal()))
        return makeError(ErrorCode::Configuration,
                         reference.text() + " holds more than one line or a control character",
                         "It must hold the key and nothing else.");
    return ResolvedSecret{std::move(value), std::move(found->warning)};
}

Result<ResolvedSecret> Secrets::fetch(const SecretRef& reference) const {
    switch (reference.kind) {
    case SecretRef::Kind::Env:
        if (auto value = m_environment.get(reference.name))
            return ResolvedSecret{Secret(std::move(*value)), {}};
        return makeError(ErrorCode::Configuration, "the environment variable " + reference.name + " is not set",
                         "Set it, or write it into the .env file beside the configuration.");
    case SecretRef::Kind::File:
        return fromFile(reference);
    case SecretRef::Kind::Keychain:
    case SecretRef::Kind::Vault:
        break;
    }
    const bool vault = reference.kind == SecretRef::Kind::Vault;
    if (vault ? m_vault == nullptr : m_keychain == nullptr)
        return makeError(ErrorCode::Configuration, reference.text() + " cannot be read here",
                         "Use \"env:NAME\" or \"file:PATH\".");
    auto value = vault ? m_vault->get(reference.name) : m_keychain->get(reference.name);
    if (!value) {
        Error error = value.error();
        if (error.code == ErrorCode::NotFound) // as with a variable that is not set: the reference leads nowhere
            error.code = ErrorCode::Configuration;
        return error;
    }
    return ResolvedSecret{std::move(*value), {}};
}

Result<ResolvedSecret> Secrets::fromFile(const SecretRef& reference) const {
    std::string missing;
    const auto path = expandVariables(reference.name, m_environment, missing);
    if (!path)
        return makeError(ErrorCode::Configuration,
                         reference.text() + ": the environment variable " + missing + " is not set",
                         missing == "CREDENTIALS_DIRECTORY" ? "Add LoadCredential= to the systemd unit." : "Set it.");
    const std::string file = joinPath(m_folder, *path);
    auto text = readFile(file, kSecretLimit);
    if (!text)
        return makeError(ErrorCode::Configuration, text.error().message,
                         "Check the path after 'file:' and who may read it.");
    std::string warning;
    if (fileReaders(file) == FileReaders::Everyone)
        warning = file + " holds a key and can be read by every user; run: chmod 600 " + file;
    return ResolvedSecret{Secret(std::move(*text)), std::move(warning)};
}

Vault::Options vaultOptions(const Places& places, const Environment& environment) {
    Vault::Options options{.file = places.vaultFile, .keyFile = places.vaultKeyFile, .passphrase = std::nullopt};
    if (const auto passphrase = environment.get("PATCHBAY_VAULT_PASSPHRASE"))
        options.passphrase = Secret(*passphrase);
    return options;
}

Secrets makeSecrets(const Places& places, const Environment& environment, std::shared_ptr<Keychain> keychain) {
    return Secrets(environment, places.configDir, std::move(keychain),
                   std::make_shared<Vault>(vaultOptions(places, environment)));
}

} // namespace patchbay
