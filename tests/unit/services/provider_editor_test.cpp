#include "services/provider_editor.h"

#include <filesystem>
#include <fstream>
#include <map>

#include <QtTest>

#include "services/known_vendors.h"
#include "storage/config_version_store.h"
#include "support/database_fixture.h"
#include "unit/services/config_files.h"

using namespace patchbay;

namespace {

const char* const kCanary = "canary-7d1f0c55aa-secret-9xyz";

// A keychain in memory that can be locked or absent.
class MemoryKeychain final : public Keychain {
public:
    Result<Secret> get(const std::string& name) override {
        if (absent)
            return noService();
        const auto found = entries.find(name);
        return found == entries.end() ? Result<Secret>(makeError(ErrorCode::NotFound, "no entry")) : found->second;
    }
    Result<void> set(const std::string& name, const Secret& value) override {
        if (absent)
            return noService();
        entries[name] = value;
        return {};
    }
    Result<void> remove(const std::string& name) override {
        if (absent)
            return noService();
        return entries.erase(name) ? Result<void>() : makeError(ErrorCode::NotFound, "no entry");
    }
    std::map<std::string, Secret> entries;
    bool absent = false;

private:
    static Error noService() { return makeError(ErrorCode::Unsupported, "there is no keychain service"); }
};

ProviderDraft draftOf(std::string id, std::string url = "https://api.example.com/v1") {
    ProviderDraft draft;
    draft.id = std::move(id);
    draft.isNew = true;
    draft.format = "openai";
    draft.baseUrl = std::move(url);
    return draft;
}

} // namespace

class ProviderEditorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_editor.reset();
        m_store.reset();
        m_reloads = 0;
        m_database = std::make_unique<test::DatabaseFixture>();
        QVERIFY_OK(m_database->open());
        m_files = std::make_unique<ConfigFiles>();
        m_keychain = std::make_shared<MemoryKeychain>();
        m_vault = std::make_shared<Vault>(Vault::Options{
            .file = m_files->path("vault.json"), .keyFile = m_files->path("vault.key"), .passphrase = {}});
        m_versions = std::make_unique<ConfigVersionStore>(*m_database->database);
    }
    void cleanup() {
        m_editor.reset();
        m_versions.reset();
    }

    void aNewProviderIsInForceAtOnceAndKeptAsAVersion() {
        open();
        auto draft = draftOf("work");
        draft.key = Secret(kCanary);
        const auto saved = m_database->wait(m_editor->save(draft, "desktop"));
        QVERIFY_OK(saved);
        const ProviderConfig* made = m_store->current()->provider("work");
        QVERIFY(made);
        QCOMPARE(made->baseUrl, std::string("https://api.example.com/v1"));
        QVERIFY(saved->key && saved->key->reference.kind == SecretRef::Kind::Keychain);
        QCOMPARE(made->key->text(), saved->key->reference.text());
        QCOMPARE(m_keychain->entries.at(made->key->name).reveal(), std::string(kCanary));
        QCOMPARE(m_reloads, 1);
        const auto version = m_database->wait(m_versions->latest());
        QVERIFY_OK(version);
        QCOMPARE(version->author, std::string("desktop"));
        QCOMPARE(version->note, std::string("add provider work"));
        QCOMPARE(version->content, readFile(m_files->path("managed.toml")).value());
    }

    void aWrongDraftChangesNothingAndKeepsNoKey() {
        open();
        auto draft = draftOf("work", "ftp://api.example.com");
        draft.key = Secret(kCanary);
        const auto saved = m_database->wait(m_editor->save(draft, "desktop"));
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::InvalidRequest);
        QVERIFY2(saved.error().message.find("http") != std::string::npos, saved.error().message.c_str());
        QVERIFY(!std::filesystem::exists(m_files->path("managed.toml")));
        QVERIFY(m_keychain->entries.empty());
        QCOMPARE(m_reloads, 0);
    }

    void anIdThatIsTakenIsAConflict() {
        open();
        QVERIFY_OK(m_database->wait(m_editor->save(draftOf("work"), "desktop")));
        const auto again = m_database->wait(m_editor->save(draftOf("work"), "desktop"));
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
    }

    void withoutAKeychainTheKeyGoesToTheVault() {
        m_keychain->absent = true;
        open();
        auto draft = draftOf("work");
        draft.key = Secret(std::string("  ") + kCanary + "\n"); // as it is pasted
        const auto saved = m_database->wait(m_editor->save(draft, "desktop"));
        QVERIFY_OK(saved);
        QCOMPARE(saved->key->reference.kind, SecretRef::Kind::Vault);
        QVERIFY(!saved->key->note.empty());
        QCOMPARE(m_vault->get(saved->key->reference.name).value().reveal(), std::string(kCanary));
        QCOMPARE(filesWith(kCanary), std::vector<std::string>());
        const auto list = m_database->wait(m_editor->overview());
        QCOMPARE(list.size(), std::size_t(1));
        QCOMPARE(list[0].maskedKey, std::string("••••9xyz"));
        QCOMPARE(list[0].chatUrl, std::string("https://api.example.com/v1/chat/completions"));
        QVERIFY(list[0].origin == ProviderOrigin::Managed);
    }

    void aChangedHostForgetsTheKey() {
        open();
        auto draft = draftOf("work");
        draft.key = Secret(kCanary);
        QVERIFY_OK(m_database->wait(m_editor->save(draft, "desktop")));
        draft.key = Secret();
        draft.isNew = false;

        draft.baseUrl = "https://api.example.com/v2"; // the same host
        QVERIFY(!m_editor->forgetsKey(draft));
        auto saved = m_database->wait(m_editor->save(draft, "desktop"));
        QVERIFY_OK(saved);
        QVERIFY(!saved->keyForgotten);
        QVERIFY(m_store->current()->provider("work")->key);

        for (const char* elsewhere :
             {"https://evil.example.net/v1", "http://api.example.com/v1", "https://api.example.com:8443/v1"}) {
            draft.baseUrl = elsewhere;
            QVERIFY2(m_editor->forgetsKey(draft), elsewhere);
            // Trying it out does not send the key there either.
            const auto endpoint = m_database->wait(m_editor->endpointOf(draft));
            QVERIFY_OK(endpoint);
            QCOMPARE((*endpoint)->key, std::string());
        }
        saved = m_database->wait(m_editor->save(draft, "desktop"));
        QVERIFY_OK(saved);
        QVERIFY(saved->keyForgotten);
        QVERIFY(!m_store->current()->provider("work")->key);
        QVERIFY(m_keychain->entries.empty());
    }

    void aNewKeyReplacesTheOldOne() {
        open();
        auto draft = draftOf("work");
        draft.key = Secret("first-key-of-this-provider");
        QVERIFY_OK(m_database->wait(m_editor->save(draft, "desktop")));
        draft.isNew = false;
        draft.baseUrl = "https://other.example.com/v1";
        draft.key = Secret("second-key-of-this-provider");
        const auto saved = m_database->wait(m_editor->save(draft, "desktop"));
        QVERIFY_OK(saved);
        QVERIFY(!saved->keyForgotten);
        QCOMPARE(m_keychain->entries.size(), std::size_t(1));
        QCOMPARE(m_keychain->entries.begin()->second.reveal(), std::string("second-key-of-this-provider"));
        const auto endpoint = m_database->wait(m_editor->endpointOf(draft));
        QCOMPARE((*endpoint)->key, std::string("second-key-of-this-provider"));
    }

    void aFailedWriteLeavesTheOldKeyAndForgetsTheNewOne() {
        open();
        auto draft = draftOf("work");
        draft.key = Secret("first-key-of-this-provider");
        QVERIFY_OK(m_database->wait(m_editor->save(draft, "desktop")));
        // A managed file that is not ours any more: the change cannot be made.
        m_files->write("managed.toml", "[[providers]\n");
        draft.isNew = false;
        draft.key = Secret("second-key-of-this-provider");
        QVERIFY(!m_database->wait(m_editor->save(draft, "desktop")));
        QCOMPARE(m_keychain->entries.size(), std::size_t(1));
        QCOMPARE(m_keychain->entries.begin()->second.reveal(), std::string("first-key-of-this-provider"));
    }

    void removingForgetsTheKeyUnlessAnotherProviderUsesIt() {
        open();
        auto draft = draftOf("work");
        draft.key = Secret(kCanary);
        const auto saved = m_database->wait(m_editor->save(draft, "desktop"));
        auto second = draftOf("second");
        second.keyReference = saved->key->reference.text();
        QVERIFY_OK(m_database->wait(m_editor->save(second, "desktop")));
        QVERIFY_OK(m_database->wait(m_editor->remove("work", "desktop")));
        QCOMPARE(m_keychain->entries.size(), std::size_t(1));
        QVERIFY_OK(m_database->wait(m_editor->remove("second", "desktop")));
        QVERIFY(m_keychain->entries.empty());
        QVERIFY(m_store->current()->providers.empty());
        QCOMPARE(m_database->wait(m_editor->remove("second", "desktop")).error().code, ErrorCode::NotFound);
    }

    void theUsersOwnEntriesAreReadOnlyButCanBeSwitchedOff() {
        const std::string own = "[[providers]]\nid = \"mine\"\nformat = \"openai\"\nbase_url = \"http://localhost:9\"\n";
        m_files->write("config.toml", own);
        open();
        auto draft = draftOf("mine");
        draft.isNew = false;
        QCOMPARE(m_database->wait(m_editor->save(draft, "desktop")).error().code, ErrorCode::Permission);
        QCOMPARE(m_database->wait(m_editor->remove("mine", "desktop")).error().code, ErrorCode::Permission);

        QVERIFY_OK(m_database->wait(m_editor->setEnabled("mine", false, "desktop")));
        QVERIFY(!m_store->current()->provider("mine")->enabled);
        QVERIFY(m_store->originOf("mine") == ProviderOrigin::UserFile);
        QCOMPARE(readFile(m_files->path("config.toml")).value(), own);

        QVERIFY_OK(m_database->wait(m_editor->setEnabled("mine", true, "desktop")));
        QVERIFY(m_store->current()->provider("mine")->enabled);
        QVERIFY(readFile(m_files->path("managed.toml")).value().find("mine") == std::string::npos);
    }

    void whatTheUsersFileSwitchesOffCanBeSwitchedOn() {
        m_files->write("config.toml",
                       "[[providers]]\nid = \"mine\"\nformat = \"ollama\"\nbase_url = \"http://localhost:9\"\nenabled = "
                       "false\n");
        open();
        QVERIFY_OK(m_database->wait(m_editor->setEnabled("mine", true, "desktop")));
        QVERIFY(m_store->current()->provider("mine")->enabled);
        QVERIFY_OK(m_database->wait(m_editor->setEnabled("mine", false, "desktop")));
        QVERIFY(!m_store->current()->provider("mine")->enabled);
    }

    void aSwitchWhoseProviderIsGoneIsHarmless() {
        m_files->write("config.toml",
                       "[[providers]]\nid = \"mine\"\nformat = \"ollama\"\nbase_url = \"http://localhost:9\"\n");
        open();
        QVERIFY_OK(m_database->wait(m_editor->setEnabled("mine", false, "desktop")));
        m_files->write("config.toml", "[server]\nport = 1\n");
        const auto store = ConfigStore::open(m_files->sources());
        QVERIFY_OK(store);
        QVERIFY((*store)->current()->providers.empty());
    }

    void providersOfTheEnvironmentStayBesideManagedOnes() {
        open({{"OPENAI_API_KEY", kCanary}});
        QVERIFY(m_store->originOf("openai") == ProviderOrigin::Environment);
        QVERIFY_OK(m_database->wait(m_editor->save(draftOf("work"), "desktop")));
        QVERIFY(m_store->current()->provider("openai"));
        QVERIFY(m_store->current()->provider("openai")->key);
        QVERIFY_OK(m_database->wait(m_editor->setEnabled("openai", false, "desktop")));
        QVERIFY(!m_store->current()->provider("openai")->enabled);
        QVERIFY_OK(m_database->wait(m_editor->setEnabled("openai", true, "desktop")));
        QVERIFY(m_store->current()->provider("openai")->enabled);
        QVERIFY(m_store->current()->provider("openai")->key);
        QCOMPARE(m_store->current()->provider("openai")->baseUrl, std::string("https://api.openai.com/v1"));
    }

    void anEnvironmentKeyDoesNotGoToAHostThatManagedTomlNames() {
        m_files->write("managed.toml",
                       "[[providers]]\nid = \"openai\"\nformat = \"openai\"\nbase_url = \"https://x.example.com\"\n");
        open({{"OPENAI_API_KEY", kCanary}});
        QVERIFY(!m_store->current()->provider("openai")->key);
        QVERIFY(m_store->originOf("openai") == ProviderOrigin::Managed);
    }

    void aKeyThatIsNoKeyIsRefused() {
        open();
        auto draft = draftOf("work");
        draft.key = Secret("two\nlines-of-something");
        const auto saved = m_database->wait(m_editor->save(draft, "desktop"));
        QVERIFY(!saved);
        QVERIFY(saved.error().message.find("lines-of-something") == std::string::npos);
        draft.key = Secret();
        draft.keyReference = kCanary;
        const auto literal = m_database->wait(m_editor->save(draft, "desktop"));
        QVERIFY(!literal);
        QVERIFY(literal.error().message.find(kCanary) == std::string::npos);
    }

    void theResolvedUrlIsTheOneThatIsAsked() {
        QCOMPARE(chatUrlOf(WireFormat::OpenAiChat, "https://api.openai.com").value(),
                 std::string("https://api.openai.com/v1/chat/completions"));
        QCOMPARE(chatUrlOf(WireFormat::OpenAiChat, "http://127.0.0.1:8080/v1/").value(),
                 std::string("http://127.0.0.1:8080/v1/chat/completions"));
        QCOMPARE(chatUrlOf(WireFormat::OpenAiResponses, "https://api.openai.com/v1").value(),
                 std::string("https://api.openai.com/v1/responses"));
        QCOMPARE(chatUrlOf(WireFormat::Anthropic, "https://api.anthropic.com/v1").value(),
                 std::string("https://api.anthropic.com/v1/messages"));
        QCOMPARE(chatUrlOf(WireFormat::Ollama, "http://localhost:11434").value(),
                 std::string("http://localhost:11434/api/chat"));
        const std::string gemini = chatUrlOf(WireFormat::Gemini, "https://generativelanguage.googleapis.com").value();
        QVERIFY2(gemini.find("/v1beta/models/{model}:streamGenerateContent") != std::string::npos, gemini.c_str());
        QVERIFY(!chatUrlOf(WireFormat::OpenAiChat, "api.openai.com"));
        QVERIFY(!chatUrlOf(WireFormat::OpenAiChat, "ftp://api.openai.com"));
    }

    void vendorsAreKnownByTheirKeys() {
        QCOMPARE(vendorOfKey("sk-ant-api03-x")->name, std::string_view("anthropic"));
        QCOMPARE(vendorOfKey("sk-or-v1-x")->name, std::string_view("openrouter"));
        QCOMPARE(vendorOfKey("sk-proj-x")->name, std::string_view("openai"));
        QVERIFY(!vendorOfKey("sk-0123")); // several vendors write theirs so
        for (const KnownVendor& vendor : knownVendors()) {
            QVERIFY(!vendor.title.empty());
            QVERIFY(vendor.keyVariable.empty() == vendor.keyPage.empty());
        }
    }

private:
    void open(const ConfigFiles::Variables& variables = {}) {
        m_store = ConfigStore::open(m_files->sources(variables)).value();
        m_editor = std::make_unique<ProviderEditor>(ProviderEditor::Parts{
            .config = *m_store,
            .executor = m_database->loop.get_executor(),
            .workers = m_workers,
            .clock = m_database->clock,
            .log = m_log,
            .keys = std::make_shared<KeyStore>(m_keychain, m_vault),
            .secrets = [this] { return Secrets(m_store->environment(), m_files->path(""), m_keychain, m_vault); },
            .reload = [this]() -> awaitable<void> {
                ++m_reloads;
                co_return;
            },
            .versions = m_versions.get()});
    }
    // Names of files of the configuration and data folders that hold the text.
    std::vector<std::string> filesWith(std::string_view text) const {
        std::vector<std::string> names;
        for (const std::string& folder : {m_files->path(""), m_database->directory.path().toStdString()})
            for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
                if (entry.is_regular_file()) {
                    std::ifstream file(entry.path(), std::ios::binary);
                    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
                    if (bytes.find(text) != std::string::npos)
                        names.push_back(entry.path());
                }
        return names;
    }

    asio::thread_pool m_workers{1};
    Log m_log = Log::silent();
    std::unique_ptr<test::DatabaseFixture> m_database;
    std::unique_ptr<ConfigFiles> m_files;
    std::unique_ptr<ConfigVersionStore> m_versions;
    std::shared_ptr<MemoryKeychain> m_keychain;
    std::shared_ptr<Vault> m_vault;
    std::unique_ptr<ConfigStore> m_store;
    std::unique_ptr<ProviderEditor> m_editor;
    int m_reloads = 0;
};

QTEST_GUILESS_MAIN(ProviderEditorTest)
#include "provider_editor_test.moc"
