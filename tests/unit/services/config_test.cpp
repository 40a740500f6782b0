#include <QFile>
#include <QTest>

#include "services/config_reader.h"
#include "services/endpoints.h"
#include "services/known_vendors.h"
#include "unit/services/config_examples.h"
#include "unit/services/config_files.h"

using namespace patchbay;
using namespace std::chrono_literals;

namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class ConfigTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_files = std::make_unique<ConfigFiles>(); }

    void theUsualShapeIsRead() {
        const LoadedConfig loaded = m_files->load(kFromTheReadme);
        QVERIFY2(loaded.config != nullptr, m_files->problems(loaded).c_str());
        QVERIFY(loaded.problems.empty());
        const Config& config = *loaded.config;
        QCOMPARE(config.server.port, 8484);
        QVERIFY(config.server.auth == AuthMode::Auto);
        QCOMPARE(config.server.bodyLimit, std::size_t(32) << 20);
        QCOMPARE(config.providers.size(), std::size_t(2));
        QCOMPARE(config.providers[0].key->text(), std::string("env:OPENAI_API_KEY"));
        QCOMPARE(config.providers[0].vendor, std::string("openai"));
        QVERIFY(!config.providers[0].local);
        QVERIFY(config.providers[1].local);
        QVERIFY(config.providers[1].format == WireFormat::Ollama);
        QCOMPARE(config.models.size(), std::size_t(1));
        QCOMPARE(config.models[0].strategy, std::string("latency_optimized"));
        QCOMPARE(config.models[0].deployments[1].id(), std::string("local/llama3.2"));
        QVERIFY(!config.providersFromEnvironment);
    }

    void everySettingIsRead() {
        const LoadedConfig loaded = m_files->load(kEverySetting);
        QVERIFY2(loaded.config != nullptr, m_files->problems(loaded).c_str());
        const Config& config = *loaded.config;
        const ServerConfig& server = config.server;
        QCOMPARE(server.host, std::string("::1"));
        QCOMPARE(server.port, 0);
        QVERIFY(server.auth == AuthMode::Required);
        QCOMPARE(server.bodyLimit, std::size_t(64) << 20);
        QCOMPARE(server.headerLimit, std::size_t(32768));
        QCOMPARE(server.allowedHosts, (std::vector<std::string>{"patchbay.lan"}));
        QCOMPARE(server.allowedOrigins, (std::vector<std::string>{"https://chat.example.com"}));
        QCOMPARE(server.maxConnections, std::size_t(100));
        QCOMPARE(server.maxConnectionsPerAddress, std::size_t(50));
        QVERIFY(server.headerTimeout == 5s && server.bodyTimeout == 30s && server.idleTimeout == 60s);
        QVERIFY(server.writeTimeout == 500ms && server.shutdownGrace == 0s);
        QVERIFY(config.timeouts.connect == 3s && config.timeouts.headers == 0s && config.timeouts.firstToken == 2500ms);
        QVERIFY(config.timeouts.idle == 0s && config.timeouts.total == 3600s);
        QCOMPARE(config.defaultModel, std::string("a"));
        QVERIFY(!config.historyEnabled && config.logLevel == LogLevel::Debug);
        QCOMPARE(config.dataDir, std::string("/srv/patchbay"));
        QCOMPARE(config.pricesFile, std::string("/srv/prices.json"));
        QCOMPARE(config.caFile, std::string("/srv/authorities.pem"));
        const ProviderConfig& provider = config.providers[0];
        QVERIFY(provider.format == WireFormat::OpenAiResponses);
        QCOMPARE(provider.baseUrl, std::string("https://ai.example.com/v1"));
        QCOMPARE(provider.proxy.text, std::string("socks5h://127.0.0.1:1080"));
        QCOMPARE(provider.headers.size(), std::size_t(2));
        QCOMPARE(provider.headers[0].value.text, std::string("blue"));
        QCOMPARE(provider.headers[1].value.secret->text(), std::string("env:TEAM_AUTH"));
        QVERIFY(!provider.enabled && provider.local);
        QVERIFY(provider.timeouts.connect == 1s && provider.timeouts.firstToken == 0s && !provider.timeouts.idle);
        const Deployment& deployment = config.models[0].deployments[0];
        QCOMPARE(deployment.weight, 2.5);
        QCOMPARE(deployment.tags, (std::vector<std::string>{"eu", "cheap"}));
    }

    void everyProblemIsReportedAtOnceWithItsPlace() {
        const LoadedConfig loaded = m_files->load(kManyMistakes);
        QVERIFY(loaded.config == nullptr);
        const std::string text = m_files->problems(loaded);
        for (const char* part :
             {"config.toml:2:1: unknown key 'prot' in [server]\n  Did you mean 'port'?",
              "config.toml:3:8: server.port must be a whole number from 0 to 65535",
              "config.toml:6:10: provider 'openai'.format must be one of: openai, anthropic, ollama, gemini\n  Did you "
              "mean 'openai'?",
              "config.toml:7:7: provider 'openai'.key is not a reference to a secret",
              "config.toml:10:12: model 'fast'.strategy must be one of", "Did you mean 'latency_optimized'?",
              "config.toml:11:30: model 'fast'.deployments[0] names no configured provider: 'opnai'\n  Did you mean "
              "'openai'?"})
            QVERIFY2(has(text, part), (std::string(part) + "\n--- in:\n" + text).c_str());
        QVERIFY(!has(text, "canary"));
        const Error error = configError(loaded.problems);
        QVERIFY(error.code == ErrorCode::Configuration);
        QVERIFY(!has(error.message, "canary"));
    }

    void mistakesAreFound_data() {
        QTest::addColumn<QString>("toml");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, const char* toml, const char* problem) {
            QTest::newRow(name) << toml << problem;
        };
        row("syntax", "[server\nport = 1", "config.toml:1:8");
        row("top-level key", "port = 1", "config.toml:1:1: unknown key 'port'\n  'port' belongs below [server].");
        row("unknown section", "[sever]\nport = 1", "unknown key 'sever'\n  Did you mean 'server'?");
        row("section as value", "server = 1", "[server] must be a table, not a whole number");
        row("text for a number", "[server]\nport = \"8484\"",
            "server.port must be a whole number from 0 to 65535\n  Write it without quotes.");
        row("number for a text", "[server]\nhost = 1", "server.host must be a text in quotes, not a whole number");
        row("flag in quotes", "[history]\nenabled = \"true\"", "history.enabled must be true or false");
        row("auth off", "[server]\nauth = \"off\"", "server.auth cannot be switched off");
        row("star host", "[server]\nhost = \"*\"", "Write \"0.0.0.0\"");
        row("duration", "[timeouts]\nconnect = \"10 parsecs\"", "timeouts.connect is not a duration");
        row("connect off", "[timeouts]\nconnect = \"off\"", "timeouts.connect must be from 1ms to 24h");
        row("negative duration", "[timeouts]\nidle = -1", "timeouts.idle must be from 1ms to 24h");
        row("size", "[server]\nbody_limit = \"32 apples\"", "server.body_limit is not a size");
        row("size range", "[server]\nbody_limit = 1", "server.body_limit must be from 1024 to");
        row("origin", "[server]\nallowed_origins = [\"chat.example.com\"]", "no origin");
        row("allowed host", "[server]\nallowed_hosts = [\"http://x\"]", "no host name");
        row("repeated in list", "[server]\nallowed_hosts = [\"x\", \"x\"]", "repeats \"x\"");
        row("no id", "[[providers]]\nformat = \"openai\"", "provider without an id");
        row("id with slash", "[[providers]]\nid = \"a/b\"\nformat = \"openai\"", "provider id 'a/b' is not usable");
        row("playground id", "[[providers]]\nid = \"playground\"\nformat = \"openai\"",
            "taken by the built-in playground");
        row("same id twice", "[[providers]]\nid = \"ollama\"\n[[providers]]\nid = \"ollama\"",
            "config.toml:4:6: provider 'ollama' stands there twice\n  The first one is in line 2.");
        row("same model twice",
            "[[models]]\nname = \"a\"\ndeployments = []\n[[models]]\nname = \"a\"\ndeployments = []",
            "model 'a' stands there twice");
        row("no format", "[[providers]]\nid = \"x\"\nbase_url = \"http://x\"", "provider 'x' has no format");
        row("table instead of list", "[providers.openai]\nformat = \"openai\"", "Begin each one with [[providers]]");
        row("responses elsewhere", "[[providers]]\nid = \"x\"\nformat = \"anthropic\"\napi = \"responses\"",
            "exists in the openai format only");
        row("format with api", "[[providers]]\nid = \"x\"\nformat = \"openai-responses\"", "api = \"responses\"");
        row("url without scheme", "[[providers]]\nid = \"x\"\nformat = \"openai\"\nbase_url = \"api.x.com\"",
            "base_url is not a complete URL");
        row("url scheme", "[[providers]]\nid = \"x\"\nformat = \"openai\"\nbase_url = \"ftp://x\"",
            "must begin with http:// or https://");
        row("url password", "[[providers]]\nid = \"x\"\nformat = \"openai\"\nbase_url = \"https://a:b@x.com\"",
            "contains a user name or password");
        row("url key", "[[providers]]\nid = \"x\"\nformat = \"gemini\"\nbase_url = \"https://x.com?key=abc\"",
            "carries a secret ('key=…')");
        row("url port", "[[providers]]\nid = \"x\"\nformat = \"openai\"\nbase_url = \"http://x:99999\"",
            "port that is not a number");
        row("azure without url", "[[providers]]\nid = \"x\"\nvendor = \"azure\"", "provider 'x' has no base_url");
        row("vendor and other format", "[[providers]]\nid = \"x\"\nvendor = \"groq\"\nformat = \"anthropic\"",
            "provider 'x' has no base_url");
        row("unknown vendor", "[[providers]]\nid = \"x\"\nvendor = \"mistrall\"", "Did you mean 'mistral'?");
        row("proxy password", "[[providers]]\nid = \"ollama\"\nproxy = \"http://a:b@p:1\"",
            "proxy = \"env:MY_PROXY_URL\"");
        row("proxy scheme", "[[providers]]\nid = \"ollama\"\nproxy = \"ftp://p:1\"",
            "must begin with http://, https://, socks5://");
        row("literal authorization", "[[providers]]\nid = \"ollama\"\nheaders = { authorization = \"Bearer x\" }",
            "is not a reference to a secret");
        row("own header", "[[providers]]\nid = \"ollama\"\nheaders = { Host = \"x\" }", "'Host' cannot be set");
        row("header injection", "[[providers]]\nid = \"ollama\"\nheaders = { X = \"a\\r\\nb\" }",
            "contains a line break");
        row("header twice", "[[providers]]\nid = \"ollama\"\nheaders = { \"X-A\" = \"1\", \"x-a\" = \"2\" }",
            "stands there twice");
        row("provider timeout key", "[[providers]]\nid = \"ollama\"\ntimeouts = { first = 1 }",
            "unknown key 'first' in provider 'ollama'.timeouts");
        row("model without name", "[[models]]\ndeployments = []", "model without a name");
        row("no deployments", "[[models]]\nname = \"a\"", "model 'a' has no deployments");
        row("deployment as text", "[[models]]\nname = \"a\"\ndeployments = [\"x/y\"]", "Write { provider = ");
        row("deployment without model", "[[models]]\nname = \"a\"\ndeployments = [{ provider = \"x\" }]",
            "needs both provider and model");
        row("deployment twice",
            "[[providers]]\nid = \"ollama\"\n[[models]]\nname = \"a\"\ndeployments = [{ provider = \"ollama\", model = "
            "\"m\" }, { provider = \"ollama\", model = \"m\" }]",
            "repeats ollama/m");
        row("weight",
            "[[providers]]\nid = \"ollama\"\n[[models]]\nname = \"a\"\ndeployments = [{ provider = \"ollama\", model = "
            "\"m\", weight = -1 }]",
            "weight must be a number from 0");
        row("all weights 0",
            "[[providers]]\nid = \"ollama\"\n[[models]]\nname = \"a\"\ndeployments = [{ provider = \"ollama\", model = "
            "\"m\", weight = 0 }]",
            "only deployments of weight 0");
        row("star model",
            "[[providers]]\nid = \"ollama\"\n[[models]]\nname = \"*\"\ndeployments = [{ provider = \"ollama\", model = "
            "\"m\" }]",
            ".model must be \"*\"");
        row("star deployment",
            "[[providers]]\nid = \"ollama\"\n[[models]]\nname = \"a\"\ndeployments = [{ provider = \"ollama\", model = "
            "\"*\" }]",
            "cannot be \"*\"");
        row("star playground", "[[models]]\nname = \"*\"\ndeployments = [{ provider = \"playground\", model = \"*\" }]",
            "only where it is named");
        row("hides playground", "[[models]]\nname = \"playground/echo\"\ndeployments = []",
            "hides a model of the built-in playground");
        row("default model",
            "[chat]\ndefault_model = \"fats\"\n[[providers]]\nid = \"ollama\"\n[[models]]\nname = "
            "\"fast\"\ndeployments = [{ provider = \"ollama\", model = \"m\" }]",
            "Did you mean 'fast'?");
        row("data_dir empty", "[storage]\ndata_dir = \"\"", "storage.data_dir must not be empty");
        row("date", "[server]\nport = 2026-01-01", "server.port must be a whole number");
    }
    void mistakesAreFound() {
        QFETCH(QString, toml);
        QFETCH(QString, problem);
        const LoadedConfig loaded = m_files->load(toml.toStdString());
        QVERIFY(loaded.config == nullptr);
        const std::string text = m_files->problems(loaded);
        QVERIFY2(has(text, problem.toStdString()), text.c_str());
        QVERIFY2(text.starts_with("config.toml:"), text.c_str());
    }

    void oneMistakeIsOneProblem() {
        for (const char* toml :
             {"[server]\nport = -1", "[[providers]]\nid = \"ollama\"\nkey = \"literal\"",
              "[[providers]]\nid = \"x\"\nformat = \"opnai\"",
              "[[models]]\nname = 3\ndeployments = [{ provider = \"playground\", model = \"echo\" }]"}) {
            const LoadedConfig loaded = m_files->load(toml);
            QVERIFY2(loaded.problems.size() == 1, m_files->problems(loaded).c_str());
        }
    }

    void laterLayersWin() {
        m_files->write(
            "config.toml",
            "[server]\nport = 1\nhost = \"127.0.0.1\"\n[log]\nlevel = \"error\"\n[history]\nenabled = true\n");
        m_files->write("managed.toml", "[server]\nport = 2\n");
        QCOMPARE(m_files->load().config->server.port, 2);
        m_files->write(".env", "PATCHBAY_SERVER_PORT=3\nPATCHBAY_LOG_LEVEL=debug\n");
        QCOMPARE(m_files->load().config->server.port, 3);
        QCOMPARE(m_files->load({{"PATCHBAY_SERVER_PORT", "4"}}).config->server.port, 4);
        const LoadedConfig loaded = m_files->load({{"PATCHBAY_SERVER_PORT", "4"},
                                                   {"PATCHBAY_HISTORY_ENABLED", "no"},
                                                   {"PATCHBAY_SERVER_ALLOWED_HOSTS", "a.lan, b.lan"},
                                                   {"PATCHBAY_TIMEOUTS_IDLE", "7s"}},
                                                  {{"server.port", "5", "--port"}});
        QVERIFY2(loaded.config != nullptr, m_files->problems(loaded).c_str());
        QCOMPARE(loaded.config->server.port, 5);
        QCOMPARE(loaded.config->server.host, std::string("127.0.0.1"));
        QVERIFY(loaded.config->logLevel == LogLevel::Debug);
        QVERIFY(!loaded.config->historyEnabled);
        QCOMPARE(loaded.config->server.allowedHosts, (std::vector<std::string>{"a.lan", "b.lan"}));
        QVERIFY(loaded.config->timeouts.idle == 7s);
    }

    void problemsNameTheLayer() {
        const LoadedConfig loaded = m_files->load({{"PATCHBAY_SERVER_PORT", "x"}}, {{"server.host", "a b", "--host"}});
        const std::string text = m_files->problems(loaded);
        QVERIFY2(has(text, "environment variable PATCHBAY_SERVER_PORT: server.port must be a whole number"),
                 text.c_str());
        QVERIFY2(has(text, "option --host: server.host is neither an address nor a host name"), text.c_str());
        m_files->write("managed.toml", "[server]\nport = true\n");
        QVERIFY(has(m_files->problems(m_files->load()), "managed.toml:2:8: server.port"));
        m_files->write("managed.toml", "");
        m_files->write(".env", "PATCHBAY_LOG_LEVEL=loud\nnonsense\n");
        const std::string dotEnv = m_files->problems(m_files->load());
        QVERIFY2(has(dotEnv, ".env (PATCHBAY_LOG_LEVEL): log.level must be one of"), dotEnv.c_str());
        QVERIFY2(has(dotEnv, ".env:2:1: this line is not NAME=value"), dotEnv.c_str());
    }

    void kubernetesServiceLinksAreExplained() {
        const std::string text = m_files->problems(m_files->load({{"PATCHBAY_SERVER_PORT", "tcp://10.0.0.1:8484"}}));
        QVERIFY2(has(text, "enableServiceLinks"), text.c_str());
        // Its other variables are none of our business, but a slip is worth a word.
        const LoadedConfig loaded = m_files->load({{"PATCHBAY_SERVER_PROT", "1"}});
        QVERIFY(loaded.config != nullptr);
        QVERIFY(has(m_files->problems(loaded),
                    "warning: PATCHBAY_SERVER_PROT means nothing\n  Did you mean 'PATCHBAY_SERVER_PORT'?"));
    }

    void managedAddsChangesAndOverridesByIdAndName() {
        m_files->write("config.toml", kFromTheReadme);
        m_files->write("managed.toml", "[[providers]]\nid = \"openai\"\nenabled = false\n[[providers]]\nid = "
                                       "\"new\"\nformat = \"anthropic\"\nkey = \"vault:new\"\n"
                                       "[[models]]\nname = \"fast\"\nstrategy = \"pinned\"\n");
        const LoadedConfig loaded = m_files->load();
        QVERIFY2(loaded.config != nullptr, m_files->problems(loaded).c_str());
        QCOMPARE(loaded.config->providers.size(), std::size_t(3));
        QVERIFY(!loaded.config->provider("openai")->enabled);
        QCOMPARE(loaded.config->provider("openai")->key->text(), std::string("env:OPENAI_API_KEY"));
        QCOMPARE(loaded.config->provider("new")->baseUrl, std::string("https://api.anthropic.com"));
        QCOMPARE(loaded.config->models[0].strategy, std::string("pinned"));
        QCOMPARE(loaded.config->models[0].deployments.size(), std::size_t(2));
    }

    void baseUrlsAreWhatTheSdkTakes_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("expected");
        QTest::newRow("slash") << "openai" << "https://x.com/v1/" << "https://x.com/v1";
        QTest::newRow("bare") << "openai" << "https://x.com" << "https://x.com/v1";
        QTest::newRow("doubled") << "openai" << "https://x.com/v1/v1" << "https://x.com/v1";
        QTest::newRow("path") << "openai" << "https://x.com/openai/v1" << "https://x.com/openai/v1";
        QTest::newRow("query") << "openai" << "https://x.com/openai/v1?api-version=v1"
                               << "https://x.com/openai/v1?api-version=v1";
        QTest::newRow("anthropic") << "anthropic" << "https://x.com/v1" << "https://x.com";
        QTest::newRow("ollama") << "ollama" << "http://localhost:11434/" << "http://localhost:11434";
        QTest::newRow("gemini") << "gemini" << "https://x.com/" << "https://x.com";
    }
    void baseUrlsAreWhatTheSdkTakes() {
        QFETCH(QString, format);
        QFETCH(QString, given);
        QFETCH(QString, expected);
        const LoadedConfig loaded =
            m_files->load(QString("[[providers]]\nid = \"x\"\nformat = \"%1\"\nbase_url = \"%2\"\n")
                              .arg(format, given)
                              .toStdString());
        QVERIFY2(loaded.config != nullptr, m_files->problems(loaded).c_str());
        QCOMPARE(QString::fromStdString(loaded.config->providers[0].baseUrl), expected);
    }

    void anIdThatIsAVendorMeansThatVendor() {
        const LoadedConfig loaded =
            m_files->load("[[providers]]\nid = \"groq\"\nformat = \"openai\"\nkey = "
                          "\"env:GROQ_API_KEY\"\n[[providers]]\nid = \"mine\"\nformat = \"openai\"\nkey = \"env:K\"\n");
        QVERIFY2(loaded.config != nullptr, m_files->problems(loaded).c_str());
        // Groq's key never goes to OpenAI because base_url was left out.
        QCOMPARE(loaded.config->providers[0].baseUrl, std::string("https://api.groq.com/openai/v1"));
        QCOMPARE(loaded.config->providers[1].baseUrl, std::string("https://api.openai.com/v1"));
    }

    void localHostsAreRecognised_data() {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("local");
        for (const char* host :
             {"localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]", "10.1.2.3", "172.16.0.1", "172.31.255.255",
              "192.168.1.9", "169.254.1.1", "[fd00::1]", "[fe80::1]", "[::ffff:10.0.0.1]", "nas.local", "nas.lan",
              "host.docker.internal", "ollama", "x.home.arpa"})
            QTest::newRow(host) << host << true;
        for (const char* host : {"api.openai.com", "8.8.8.8", "172.32.0.1", "172.15.0.1", "11.0.0.1", "[2001:db8::1]",
                                 "localhost.example.com", "[::ffff:8.8.8.8]", "127.0.0.1.nip.io"})
            QTest::newRow(host) << host << false;
    }
    void localHostsAreRecognised() {
        QFETCH(QString, host);
        QFETCH(bool, local);
        const LoadedConfig loaded =
            m_files->load(QString("[[providers]]\nid = \"x\"\nformat = \"openai\"\nbase_url = \"http://%1:80/v1\"\n")
                              .arg(host)
                              .toStdString());
        QVERIFY2(loaded.config != nullptr, m_files->problems(loaded).c_str());
        QCOMPARE(loaded.config->providers[0].local, local);
        // A key sent over plain http into the internet is worth a warning.
        QCOMPARE(has(m_files->problems(loaded), "unencrypted"), !local);
    }

    void withoutAFileTheEnvironmentSpeaks() {
        const LoadedConfig none = m_files->load();
        QVERIFY(none.config != nullptr && !none.fileFound);
        QVERIFY(none.config->providers.empty() && none.config->models.empty());

        const LoadedConfig one = m_files->load({{"DEEPSEEK_API_KEY", "k"}, {"OPENAI_API_KEY", ""}});
        QCOMPARE(one.config->providers.size(), std::size_t(1));
        QCOMPARE(one.config->models[0].name, std::string("*"));
        QCOMPARE(one.config->models[0].deployments[0].id(), std::string("deepseek/*"));

        const LoadedConfig many = m_files->load(
            {{"OPENAI_API_KEY", "a"}, {"ANTHROPIC_API_KEY", "b"}, {"GOOGLE_API_KEY", "c"}, {"GROQ_API_KEY", "d"}});
        std::vector<std::string> keys;
        for (const ProviderConfig& provider : many.config->providers)
            keys.push_back(provider.id + " " + provider.key->text());
        QCOMPARE(keys, (std::vector<std::string>{"openai env:OPENAI_API_KEY", "anthropic env:ANTHROPIC_API_KEY",
                                                 "gemini env:GOOGLE_API_KEY", "groq env:GROQ_API_KEY"}));
        QVERIFY(many.config->models.empty());
        QVERIFY(many.config->providersFromEnvironment);
    }

    void dotEnvCarriesKeysToo() {
        m_files->write(".env", "OPENAI_API_KEY=from-dot-env\n");
        const LoadedConfig loaded = m_files->load();
        QCOMPARE(loaded.config->providers.size(), std::size_t(1));
        const Secrets secrets(loaded.environment, m_files->path(""), std::make_shared<NoKeychain>(), nullptr);
        QCOMPARE(buildEndpoint(loaded.config->providers[0], secrets)->key, std::string("from-dot-env"));
    }

    void configuredProvidersEndTheGuessing() {
        m_files->write("config.toml", kFromTheReadme);
        QCOMPARE(m_files->load({{"GROQ_API_KEY", "x"}}).config->providers.size(), std::size_t(2));
        m_files->write("config.toml", "providers = []\n");
        QVERIFY(m_files->load({{"GROQ_API_KEY", "x"}}).config->providers.empty());
    }

    void aNamedFileMustExist() {
        ConfigSources sources = m_files->sources();
        sources.places.configFileNamed = true;
        const LoadedConfig loaded = loadConfig(sources);
        QVERIFY(loaded.config == nullptr);
        QVERIFY(has(m_files->problems(loaded), "cannot read config.toml"));
    }

    void endpointsCarryWhatWasConfigured() {
        const LoadedConfig loaded =
            m_files->load("[[providers]]\nid = \"or\"\nformat = \"openai\"\nbase_url = "
                          "\"https://openrouter.ai/api/v1/\"\nkey = \"env:K\"\nproxy = \"env:P\"\n"
                          "headers = { \"X-Title\" = \"t\", \"X-Auth\" = \"env:H\" }\n[[providers]]\nid = "
                          "\"broken\"\nformat = \"anthropic\"\nkey = \"env:MISSING\"\n");
        QVERIFY2(loaded.config != nullptr, m_files->problems(loaded).c_str());
        const Secrets secrets(Environment({{"K", "secret-key"}, {"P", "http://u:p@proxy:1"}, {"H", "secret-header"}}),
                              "", std::make_shared<NoKeychain>(), nullptr);
        const auto endpoint = buildEndpoint(loaded.config->providers[0], secrets);
        QVERIFY(endpoint.has_value());
        QCOMPARE(endpoint->provider, std::string("or"));
        QCOMPARE(endpoint->baseUrl, std::string("https://openrouter.ai/api/v1"));
        QCOMPARE(endpoint->key, std::string("secret-key"));
        QCOMPARE(endpoint->proxy, std::string("http://u:p@proxy:1"));
        QCOMPARE(*findHeader(endpoint->headers, "x-auth"), std::string("secret-header"));
        QCOMPARE(std::string(endpoint->quirks.vendor), std::string("openrouter"));

        const auto table = buildRoutingTable(*loaded.config, secrets);
        QVERIFY(table->provider("or")->endpoint.has_value());
        const Error& missing = table->provider("broken")->endpoint.error();
        QCOMPARE(missing.message, std::string("provider 'broken': the environment variable MISSING is not set"));
    }

    void modelsThatReasonHaveTheLongerClocks() {
        const LoadedConfig loaded = m_files->load("[[providers]]\nid = \"openai\"\nkey = \"env:K\"\n");
        const Secrets secrets(Environment({{"K", "k"}}), "", std::make_shared<NoKeychain>(), nullptr);
        const auto table = buildRoutingTable(*loaded.config, secrets);
        QVERIFY(table->resolve("openai/o3")->front().thinks);
        QVERIFY(table->resolve("openai/o3")->front().thinkingTimeouts.firstToken == 120s);
        QVERIFY(!table->resolve("openai/gpt-4o")->front().thinks);
        QVERIFY(table->resolve("openai/gpt-4o")->front().timeouts.firstToken == 10s);
    }

    void disabledProvidersAreNotRouted() {
        const LoadedConfig loaded = m_files->load("[[providers]]\nid = \"ollama\"\nenabled = false\n");
        const Secrets secrets({}, "", std::make_shared<NoKeychain>(), nullptr);
        QVERIFY(buildRoutingTable(*loaded.config, secrets)->provider("ollama") == nullptr);
    }

    void clocksComeFromProviderThenGeneralThenDefaults() {
        const LoadedConfig loaded = m_files->load(
            "[timeouts]\nidle = \"5s\"\nheaders = \"off\"\n[[providers]]\nid = \"ollama\"\n[[providers]]\nid = "
            "\"openai\"\nkey = \"env:K\"\ntimeouts = { idle = \"off\", headers = \"1s\" }\n");
        const Config& config = *loaded.config;
        const CallTimeouts local = callTimeoutsOf(config, config.providers[0]);
        QVERIFY(local.connect == 10s && !local.headers && local.firstToken == 120s && local.idle == 5s &&
                local.total == 10min);
        const CallTimeouts cloud = callTimeoutsOf(config, config.providers[1]);
        QVERIFY(cloud.headers == 1s && cloud.firstToken == 10s && !cloud.idle);
        const Config plain;
        QVERIFY(callTimeoutsOf(plain, config.providers[0]).headers == 120s);
        ProviderConfig remote;
        QVERIFY(callTimeoutsOf(plain, remote).headers == 30s);
        QVERIFY(callTimeoutsOf(plain, remote, true).headers == 120s); // for a model that reasons
        QVERIFY(callTimeoutsOf(plain, remote, true).firstToken == 120s);
    }

    void providersAreFoundInTheCatalogue() {
        const LoadedConfig loaded = m_files->load(kCatalogueProviders);
        QVERIFY2(loaded.config != nullptr, m_files->problems(loaded).c_str());
        std::vector<std::string> names;
        for (const ProviderConfig& provider : loaded.config->providers)
            names.emplace_back(catalogProviderOf(provider));
        QCOMPARE(names, (std::vector<std::string>{"google", "ollama", "", "", "llama.cpp"}));
    }

    void pricesOfTheUsersAreLaidOverTheBuiltInOnes() {
        constexpr std::string_view kMine =
            "{\"models\":[{\"id\":\"gpt-4o\",\"provider\":\"openai\",\"input\":1,\"output\":1}]}";
        const auto input = [&](const Config& config) {
            const auto catalog = loadCatalog(config, m_files->sources().places);
            return catalog ? catalog->find("openai", "gpt-4o")->prices[0].base.input.value() : -1;
        };
        Config config;
        const TokenPrice builtIn = input(config);
        QVERIFY(builtIn > 1'000'000);
        m_files->write("prices.json", kMine);
        QCOMPARE(input(config), TokenPrice(1'000'000));
        config.pricesFile = "other.json"; // relative to the configuration
        QCOMPARE(input(config), TokenPrice(-1));
        m_files->write("other.json",
                       "{\"models\":[{\"id\":\"gpt-4o\",\"provider\":\"openai\",\"input\":-1,\"output\":1}]}");
        QCOMPARE(input(config), TokenPrice(-1));
        m_files->write("other.json", "{\"models\":[]}");
        QCOMPARE(input(config), builtIn);
    }

    void trustComesFromTheSettingThenTheUsualVariable() {
        const Places places = m_files->sources().places;
        const Environment usual({{"SSL_CERT_FILE", "/srv/usual.pem"}});
        Config config;
        QCOMPARE(findCaFile(config, places, Environment()).value(), std::string());
        QCOMPARE(findCaFile(config, places, usual).value(), std::string("/srv/usual.pem"));
        config.caFile = "mine.pem"; // relative to the configuration
        const auto missing = findCaFile(config, places, usual);
        QVERIFY(!missing && missing.error().code == ErrorCode::Configuration);
        QVERIFY(has(missing.error().message, "network.ca_file"));
        m_files->write("mine.pem", "-----BEGIN CERTIFICATE-----\n");
        QCOMPARE(findCaFile(config, places, usual).value(), joinPath(places.configDir, "mine.pem"));
    }

    // The reference must name everything that can be set, and nothing else is known.
    void theReferenceNamesEverySetting() {
        const std::string docs = readFile(PATCHBAY_SOURCE_DIR "/docs/CONFIGURATION.md").value();
        for (const Setting& setting : configSettings()) {
            QVERIFY2(has(docs, "`" + setting.name() + "`"), setting.name().c_str());
            QVERIFY2(has(docs, setting.variable()), setting.variable().c_str());
        }
        for (const auto keys : {providerKeys(), modelKeys(), deploymentKeys(), timeoutKeys(), strategyNames()})
            for (const std::string_view key : keys)
                QVERIFY2(has(docs, "`" + std::string(key) + "`"), std::string(key).c_str());
        for (const KnownVendor& vendor : knownVendors())
            QVERIFY2(has(docs, "`" + std::string(vendor.name) + "`") && has(docs, vendor.keyVariable),
                     std::string(vendor.name).c_str());
    }

    void theExamplesOfTheReferenceAreValid() {
        const std::string docs = readFile(PATCHBAY_SOURCE_DIR "/docs/CONFIGURATION.md").value();
        int examples = 0;
        for (auto begin = docs.find("```toml\n"); begin != std::string::npos; begin = docs.find("```toml\n", begin)) {
            begin += 8;
            const auto end = docs.find("```", begin);
            const LoadedConfig loaded = m_files->load(docs.substr(begin, end - begin));
            QVERIFY2(loaded.config != nullptr, (m_files->problems(loaded) + docs.substr(begin, end - begin)).c_str());
            ++examples;
            begin = end;
        }
        QVERIFY(examples >= 4);
    }

private:
    std::unique_ptr<ConfigFiles> m_files;
};

QTEST_APPLESS_MAIN(ConfigTest)
#include "config_test.moc"
