#include "services/vault.h"

#include <algorithm>

#include <sodium.h>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/os_file.h"
#include "base/strings.h"

namespace patchbay {
namespace {

constexpr std::string_view kFormat = "patchbay-vault";
constexpr std::int64_t kVersion = 1;
constexpr std::string_view kCheckText = "patchbay";
// argon2id with 64 MiB and three passes: OWASP asks for 19 MiB and two at least, a small server can spare this much.
constexpr std::int64_t kOpsLimit = 3;
constexpr std::int64_t kMemLimit = 64LL << 20;
// A forged file must not make us allocate without end.
constexpr std::int64_t kMaxMemLimit = 1LL << 30;
constexpr std::size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytesOf(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

// What is authenticated beside the secret: which box this is.
std::string boxLabel(std::string_view role, std::string_view name) {
    return "patchbay-vault/1/" + std::string(role) + "/" + std::string(name);
}

// base64(nonce + ciphertext + tag)
std::string seal(const Secret& key, const std::string& label, std::string_view text) {
    const std::string nonce = randomBytes(kNonceBytes);
    std::string box(text.size() + kTagBytes, '\0');
    unsigned long long length = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytesOf(box), &length, bytesOf(text), text.size(), bytesOf(label),
                                               label.size(), nullptr, bytesOf(nonce), bytesOf(key.reveal()));
    return base64Encode(nonce + box);
}

std::optional<Secret> open(const Secret& key, const std::string& label, std::string_view encoded) {
    const auto box = base64Decode(encoded);
    if (!box || box->size() < kNonceBytes + kTagBytes)
        return std::nullopt;
    const std::string_view nonce = std::string_view(*box).substr(0, kNonceBytes);
    const std::string_view sealed = std::string_view(*box).substr(kNonceBytes);
    std::string text(sealed.size() - kTagBytes, '\0');
    unsigned long long length = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytesOf(text), &length, nullptr, bytesOf(sealed), sealed.size(),
                                                   bytesOf(label), label.size(), bytesOf(nonce),
                                                   bytesOf(key.reveal())) != 0)
        return std::nullopt;
    return Secret(std::move(text));
}

Error damaged(const std::string& file, std::string_view what) {
    return makeError(ErrorCode::Corrupt, "the vault " + file + " is damaged: " + std::string(what),
                     "Restore it from a backup, or remove it and store the keys again.");
}

Result<void> sodiumReady() {
    if (sodium_init() < 0)
        return makeError(ErrorCode::Internal, "libsodium cannot be set up", "Check the system's random generator.");
    return {};
}

} // namespace

Result<json::object> Vault::load() const {
    const auto text = readFile(m_options.file);
    if (!text)
        return text.error();
    auto vault = parseJsonObject(*text);
    if (!vault)
        return damaged(m_options.file, vault.error().message);
    if (stringOr(*vault, "format") != kFormat || findObject(*vault, "kdf") == nullptr ||
        findObject(*vault, "entries") == nullptr || !findString(*vault, "check"))
        return damaged(m_options.file, "it is not a vault");
    if (findInt(*vault, "version") != kVersion)
        return makeError(ErrorCode::Unsupported, "the vault " + m_options.file + " was written by a newer version",
                         "Update Patchbay.");
    return vault;
}

Result<void> Vault::save(const json::object& vault) const {
    return writeFileAtomically(m_options.file, writeJsonPretty(vault) + "\n", FileMode::Private);
}

Result<json::object> Vault::create() {
    json::object kdf;
    if (m_options.passphrase && !m_options.passphrase->empty())
        kdf = {{"name", "argon2id13"},
               {"ops", kOpsLimit},
               {"memory", kMemLimit},
               {"salt", base64Encode(randomBytes(crypto_pwhash_SALTBYTES))}};
    else
        kdf = {{"name", "keyfile"}};
    auto key = kdf["name"] == "keyfile" ? keyFromFile(true) : derivedKey(kdf);
    if (!key)
        return key.error();
    json::object vault{{"format", kFormat}, {"version", kVersion}, {"kdf", kdf}};
    vault["check"] = seal(*key, boxLabel("check", ""), kCheckText);
    vault["entries"] = json::object{};
    m_key = std::move(*key);
    m_keyTest = std::string(stringOr(vault, "check"));
    return vault;
}

Result<Secret> Vault::derivedKey(const json::object& kdf) {
    if (!m_options.passphrase || m_options.passphrase->empty())
        return makeError(ErrorCode::Authentication, "the vault " + m_options.file + " is locked with a passphrase",
                         "Set PATCHBAY_VAULT_PASSPHRASE.");
    const auto salt = base64Decode(stringOr(kdf, "salt"));
    const std::int64_t ops = findInt(kdf, "ops").value_or(0);
    const std::int64_t memory = findInt(kdf, "memory").value_or(0);
    if (!salt || salt->size() != crypto_pwhash_SALTBYTES || ops < 1 || ops > 100 ||
        memory < static_cast<std::int64_t>(crypto_pwhash_MEMLIMIT_MIN) || memory > kMaxMemLimit)
        return damaged(m_options.file, "its key parameters make no sense");
    const std::string& passphrase = m_options.passphrase->reveal();
    std::string key(kKeyBytes, '\0');
    if (crypto_pwhash(bytesOf(key), key.size(), passphrase.data(), passphrase.size(), bytesOf(*salt),
                      static_cast<unsigned long long>(ops), static_cast<std::size_t>(memory),
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return makeError(ErrorCode::Unavailable, "there is not enough memory to open the vault",
                         "Free some memory and try again.");
    return Secret(std::move(key));
}

Result<Secret> Vault::keyFromFile(bool mayCreate) const {
    const auto text = readFile(m_options.keyFile, 4096);
    if (text) {
        if (fileReaders(m_options.keyFile) != FileReaders::OwnerOnly)
            return makeError(ErrorCode::Permission, m_options.keyFile + " can be read by others",
                             "Run: chmod 600 " + m_options.keyFile);
        const auto key = base64Decode(trim(*text));
        if (!key || key->size() != kKeyBytes)
            return damaged(m_options.keyFile, "it is not a key");
        return Secret(*key);
    }
    if (text.error().code != ErrorCode::NotFound)
        return text.error();
    if (!mayCreate)
        return makeError(ErrorCode::Authentication, "the vault's key file " + m_options.keyFile + " is missing",
                         "Restore it from a backup, or remove the vault and store the keys again.");
    Secret key(randomBytes(kKeyBytes));
    if (const auto written =
            writeFileAtomically(m_options.keyFile, base64Encode(key.reveal()) + "\n", FileMode::Private);
        !written)
        return written.error();
    return key;
}

Result<Secret> Vault::keyOf(const json::object& vault) {
    const std::string_view check = stringOr(vault, "check");
    if (!m_key.empty() && m_keyTest == check)
        return m_key;
    const json::object& kdf = *findObject(vault, "kdf");
    const std::string_view name = stringOr(kdf, "name");
    if (name != "keyfile" && name != "argon2id13")
        return makeError(ErrorCode::Unsupported,
                         "the vault " + m_options.file + " uses a key that this version does not know",
                         "Update Patchbay.");
    auto key = name == "keyfile" ? keyFromFile(false) : derivedKey(kdf);
    if (!key)
        return key;
    const auto opened = open(*key, boxLabel("check", ""), check);
    if (!opened || opened->reveal() != kCheckText)
        return name == "keyfile"
                   ? makeError(ErrorCode::Authentication,
                               m_options.keyFile + " does not open the vault " + m_options.file,
                               "The two belong together: restore the pair from one backup.")
                   : makeError(ErrorCode::Authentication, "the passphrase does not open the vault " + m_options.file,
                               "Check PATCHBAY_VAULT_PASSPHRASE.");
    m_key = *key;
    m_keyTest = std::string(check);
    return key;
}

Result<Secret> Vault::get(std::string_view name) {
    if (const auto ready = sodiumReady(); !ready)
        return ready.error();
    const auto vault = load();
    const auto missing = [&] {
        return makeError(ErrorCode::NotFound, "the vault has no entry '" + std::string(name) + "'",
                         "Store it with: patchbay config vault set " + std::string(name));
    };
    if (!vault)
        return vault.error().code == ErrorCode::NotFound ? missing() : vault.error();
    const auto box = findString(*findObject(*vault, "entries"), name);
    if (!box)
        return missing();
    const auto key = keyOf(*vault);
    if (!key)
        return key.error();
    auto value = open(*key, boxLabel("entry", name), *box);
    if (!value)
        return damaged(m_options.file, "entry '" + std::string(name) + "' was changed");
    return std::move(*value);
}

Result<void> Vault::set(std::string_view name, const Secret& value) {
    if (const auto ready = sodiumReady(); !ready)
        return ready.error();
    if (const auto named = parseSecretRef("vault:" + std::string(name)); !named)
        return makeError(ErrorCode::InvalidRequest, "this is not the name of an entry", named.error().hint);
    if (value.empty())
        return makeError(ErrorCode::InvalidRequest, "a secret must not be empty", "To delete an entry, remove it.");
    auto vault = load();
    if (!vault && vault.error().code == ErrorCode::NotFound)
        vault = create();
    if (!vault)
        return vault.error();
    const auto key = keyOf(*vault);
    if (!key)
        return key.error();
    vault->at("entries").as_object()[name] = seal(*key, boxLabel("entry", name), value.reveal());
    return save(*vault);
}

Result<void> Vault::remove(std::string_view name) {
    auto vault = load();
    if (!vault && vault.error().code != ErrorCode::NotFound)
        return vault.error();
    if (!vault || vault->at("entries").as_object().erase(name) == 0)
        return makeError(ErrorCode::NotFound, "the vault has no entry '" + std::string(name) + "'",
                         "See the list of entries.");
    return save(*vault);
}

Result<std::vector<std::string>> Vault::list() const {
    std::vector<std::string> names;
    const auto vault = load();
    if (!vault) {
        if (vault.error().code == ErrorCode::NotFound)
            return names;
        return vault.error();
    }
    for (const auto& entry : *findObject(*vault, "entries"))
        names.emplace_back(toView(entry.key()));
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace patchbay
