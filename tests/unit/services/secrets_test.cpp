#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "base/os_file.h"
#include "services/secrets.h"

using namespace patchbay;

namespace {

constexpr std::string_view kCanary = "sk-canary-0123456789abcdef";

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };
static_assert(!Printable<Secret>, "a Secret must not be printable");
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!fmt::is_formattable<Secret>::value);

} // namespace

class SecretsTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void referencesAreReadAndWritten() {
        for (const char* text : {"env:OPENAI_API_KEY", "file:/run/secrets/key", "file:${CREDENTIALS_DIRECTORY}/k",
                                 "keychain:openai", "vault:my.key-1"}) {
            const auto reference = parseSecretRef(text);
            QVERIFY2(reference.has_value(), text);
            QCOMPARE(reference->text(), std::string(text));
        }
    }

    void aLiteralKeyIsRefusedWithoutRepeatingIt() {
        for (const std::string& text : {std::string(kCanary), "env:" + std::string(kCanary),
                                        "vault:" + std::string(kCanary) + "/+=", std::string()}) {
            const auto reference = parseSecretRef(text, "OPENAI_API_KEY");
            QVERIFY(!reference);
            const Error& error = reference.error();
            QVERIFY((error.message + error.hint).find("canary") == std::string::npos);
            QVERIFY(!error.hint.empty());
        }
        QVERIFY(parseSecretRef(kCanary, "OPENAI_API_KEY").error().hint.find("\"env:OPENAI_API_KEY\"") !=
                std::string::npos);
    }

    void variables() {
        const Secrets secrets = with({{"KEY", " abc "}, {"EMPTY", ""}, {"LINES", "a\nb"}});
        QCOMPARE(reveal(secrets, "env:KEY"), std::string("abc"));
        QCOMPARE(reveal(secrets, "env:NONE"), std::string("! the environment variable NONE is not set"));
        QCOMPARE(reveal(secrets, "env:EMPTY"), std::string("! the environment variable EMPTY is not set"));
        QVERIFY(reveal(secrets, "env:LINES").starts_with("! env:LINES holds more than one line"));
    }

    void files() {
        write("key", "from-file\r\n", QFile::ReadOwner | QFile::WriteOwner);
        write("open", "public\n", QFile::ReadOwner | QFile::ReadOther);
        write("empty", "\n", QFile::ReadOwner);
        const Secrets secrets = with({{"CREDENTIALS_DIRECTORY", m_folder->path().toStdString()}});
        QCOMPARE(reveal(secrets, "file:key"), std::string("from-file"));
        QCOMPARE(reveal(secrets, "file:" + path("key")), std::string("from-file"));
        QCOMPARE(reveal(secrets, "file:${CREDENTIALS_DIRECTORY}/key"), std::string("from-file"));
        QVERIFY(secrets.resolve({SecretRef::Kind::File, "key"})->warning.empty());
        QVERIFY(secrets.resolve({SecretRef::Kind::File, "open"})->warning.find("chmod 600") != std::string::npos);
        QVERIFY(reveal(secrets, "file:empty").starts_with("! file:empty is empty"));
        QVERIFY(reveal(secrets, "file:none").starts_with("! cannot read"));
        QVERIFY(reveal(with({}), "file:${CREDENTIALS_DIRECTORY}/key").find("CREDENTIALS_DIRECTORY is not set") !=
                std::string::npos);
    }

    void withoutAKeychainTheErrorSaysWhatToUse() {
        const auto found = with({}).resolve({SecretRef::Kind::Keychain, "openai"});
        QVERIFY(found.error().code == ErrorCode::Unsupported);
        QVERIFY(found.error().hint.find("vault:NAME") != std::string::npos);
    }

    void theVaultKeepsSecretsOverRestarts_data() {
        QTest::addColumn<QString>("passphrase");
        QTest::newRow("key file") << "";
        QTest::newRow("passphrase") << "correct horse";
    }
    void theVaultKeepsSecretsOverRestarts() {
        QFETCH(QString, passphrase);
        {
            Vault vault = open(passphrase.toStdString());
            QVERIFY(vault.list()->empty());
            QVERIFY(vault.get("openai").error().code == ErrorCode::NotFound);
            QVERIFY(vault.set("openai", Secret(std::string(kCanary))).has_value());
            QVERIFY(vault.set("b", Secret("two")).has_value());
            QVERIFY(vault.set("b", Secret("three")).has_value());
        }
        Vault vault = open(passphrase.toStdString());
        QCOMPARE(vault.get("openai")->reveal(), std::string(kCanary));
        QCOMPARE(vault.get("b")->reveal(), std::string("three"));
        QCOMPARE(vault.list().value(), (std::vector<std::string>{"b", "openai"}));
        QVERIFY(vault.remove("b").has_value());
        QVERIFY(vault.remove("b").error().code == ErrorCode::NotFound);
        QVERIFY(vault.get("b").error().code == ErrorCode::NotFound);
        QCOMPARE(QFile::exists(QString::fromStdString(path("vault.key"))), passphrase.isEmpty());
    }

    void nothingWrittenHoldsTheSecret() {
        Vault vault = open("");
        QVERIFY(vault.set("openai", Secret(std::string(kCanary))).has_value());
        for (const QString& name : QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden)) {
            const std::string file = m_folder->filePath(name).toStdString();
            QVERIFY(readFile(file)->find("canary") == std::string::npos);
            QVERIFY(fileReaders(file) == FileReaders::OwnerOnly);
        }
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 2);
    }

    void aWrongPassphraseOpensNothing() {
        QVERIFY(open("right").set("a", Secret("x")).has_value());
        Vault wrong = open("wrong");
        QVERIFY(wrong.get("a").error().code == ErrorCode::Authentication);
        QVERIFY(wrong.get("a").error().hint.find("PATCHBAY_VAULT_PASSPHRASE") != std::string::npos);
        // Nor may it add entries that the right one could not read.
        QVERIFY(wrong.set("b", Secret("y")).error().code == ErrorCode::Authentication);
        QVERIFY(open("").get("a").error().message.find("locked with a passphrase") != std::string::npos);
        QCOMPARE(open("right").get("a")->reveal(), std::string("x"));
    }

    void aLostOrForeignKeyFileIsReported() {
        QVERIFY(open("").set("a", Secret("x")).has_value());
        QVERIFY(QFile::remove(QString::fromStdString(path("vault.key"))));
        QVERIFY(open("").get("a").error().message.find("is missing") != std::string::npos);
        QVERIFY(open("").set("b", Secret("y")).error().code == ErrorCode::Authentication);
        write("vault.key", QByteArray(32, 'k').toBase64(), QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(open("").get("a").error().message.find("does not open") != std::string::npos);
    }

    void aKeyFileThatOthersCanReadIsRefused() {
        QVERIFY(open("").set("a", Secret("x")).has_value());
        QVERIFY(QFile::setPermissions(QString::fromStdString(path("vault.key")), QFile::ReadOwner | QFile::ReadGroup));
        QVERIFY(open("").get("a").error().hint.find("chmod 600") != std::string::npos);
    }

    void entriesCannotChangePlaces() {
        Vault vault = open("");
        QVERIFY(vault.set("cheap", Secret("one")).has_value());
        QVERIFY(vault.set("dear", Secret("two")).has_value());
        std::string text = readFile(path("vault.json")).value();
        QString swapped = QString::fromStdString(text);
        swapped.replace("\"cheap\"", "\"x\"").replace("\"dear\"", "\"cheap\"").replace("\"x\"", "\"dear\"");
        QVERIFY(writeFileAtomically(path("vault.json"), swapped.toStdString(), FileMode::Private).has_value());
        QVERIFY(vault.get("cheap").error().code == ErrorCode::Corrupt);
    }

    void damagedVaultsAreReportedAndKept() {
        for (const char* text :
             {"", "{", "[]", "{}", R"({"format":"patchbay-vault","version":1,"kdf":{},"entries":{}})"}) {
            QVERIFY(writeFileAtomically(path("vault.json"), text, FileMode::Private).has_value());
            QVERIFY2(open("").get("a").error().code == ErrorCode::Corrupt, text);
            QVERIFY(open("").set("a", Secret("x")).error().code == ErrorCode::Corrupt);
            QCOMPARE(readFile(path("vault.json")).value(), std::string(text));
        }
        QVERIFY(writeFileAtomically(path("vault.json"),
                                    R"({"format":"patchbay-vault","version":2,"kdf":{},"check":"x","entries":{}})",
                                    FileMode::Private)
                    .has_value());
        QVERIFY(open("").get("a").error().code == ErrorCode::Unsupported);
    }

    void absurdKeyParametersAreNotObeyed() {
        QVERIFY(
            writeFileAtomically(
                path("vault.json"),
                R"({"format":"patchbay-vault","version":1,"kdf":{"name":"argon2id13","ops":3,"memory":900000000000,"salt":"AAAAAAAAAAAAAAAAAAAAAA=="},"check":"x","entries":{"a":"x"}})",
                FileMode::Private)
                .has_value());
        QVERIFY(open("p").get("a").error().code == ErrorCode::Corrupt);
    }

    void badNamesAndEmptySecretsAreRefused() {
        Vault vault = open("");
        for (const char* name : {"", "a b", "a/b", "a\n"})
            QVERIFY(vault.set(name, Secret("x")).error().code == ErrorCode::InvalidRequest);
        QVERIFY(vault.set("a", Secret("")).error().code == ErrorCode::InvalidRequest);
    }

    void vaultReferencesAreResolved() {
        QVERIFY(open("").set("openai", Secret("from-vault")).has_value());
        QCOMPARE(reveal(with({}), "vault:openai"), std::string("from-vault"));
        QVERIFY(reveal(with({}), "vault:none").starts_with("! the vault has no entry 'none'"));
    }

private:
    std::string path(const char* name) const { return m_folder->filePath(name).toStdString(); }
    void write(const char* name, const QByteArray& bytes, QFile::Permissions permissions) {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        QVERIFY(file.setPermissions(permissions));
    }
    Vault open(const std::string& passphrase) const {
        Vault::Options options{.file = path("vault.json"), .keyFile = path("vault.key"), .passphrase = {}};
        if (!passphrase.empty())
            options.passphrase = Secret(passphrase);
        return Vault(std::move(options));
    }
    Secrets with(std::map<std::string, std::string, std::less<>> variables) const {
        return {Environment(std::move(variables)), m_folder->path().toStdString(), std::make_shared<NoKeychain>(),
                std::make_shared<Vault>(open(""))};
    }
    static std::string reveal(const Secrets& secrets, const std::string& reference) {
        const auto found = secrets.resolve(parseSecretRef(reference).value());
        return found ? found->value.reveal() : "! " + found.error().message;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_APPLESS_MAIN(SecretsTest)
#include "secrets_test.moc"
