#include <QTest>

#include "base/json_writer.h"
#include "services/config_tree.h"

using namespace patchbay;

namespace {

ConfigNode parse(std::string_view text, const std::string& source = "a.toml") {
    ConfigProblems problems;
    auto root = parseToml(text, source, problems);
    return root ? std::move(*root) : ConfigNode{};
}

std::string patched(std::string_view toml, std::string_view patch) {
    ConfigNode root = parse(toml);
    const auto done = patchTree(root, parseJsonObject(patch).value());
    return done ? writeToml(root) : "! " + done.error().message;
}

} // namespace

class ConfigTreeTest : public QObject {
    Q_OBJECT
private slots:
    void placesPointAtTheValue() {
        const ConfigNode root = parse("[server]\nhost = \"x\"\n  port = 1\n");
        const ConfigNode* port = root.find("server")->find("port");
        QCOMPARE(port->origin.text(), std::string("a.toml:3:10"));
        QCOMPARE(root.find("server")->members[1].origin.text(), std::string("a.toml:3:3"));
    }

    void nestingHasALimit() {
        std::string dots = "a";
        for (int i = 0; i < 300000; ++i)
            dots += ".a";
        const std::string deep[] = {"x = 1\n" + dots + " = 1\n",
                                    "x = 1\n[" + dots + "]\n",
                                    "x = 1\ny = " + std::string(100000, '['),
                                    "x = \"\"\"\n\\\"\"\"\"\n" + dots + " = 1",
                                    "x = 'it''s\ny = { z = \"\"\"b\"\"\"\"\", " + dots + " = 1 }\n"};
        for (const std::string& text : deep) {
            ConfigProblems problems;
            QVERIFY(!parseToml(text, "a.toml", problems));
            const std::string problem = problems.sorted().front().text();
            QVERIFY2(problem.find("deeper than 64") != std::string::npos, problem.substr(0, 200).c_str());
            QVERIFY2(problem.starts_with("a.toml:2:") || problem.starts_with("a.toml:3:"), problem.substr(0, 20).c_str());
        }
        std::string text = "# " + dots + "\ns = '" + dots + "'\nm = \"\"\"\n" + dots + "\n\"\"\"\nlist = [0.5";
        for (int i = 0; i < 1000; ++i)
            text += ", 1.5";
        const ConfigNode root = parse(text + "]\na.b.c.d = 1\n");
        QCOMPARE(root.find("list")->elements.size(), std::size_t(1001));
        QVERIFY(root.find("a")->find("b")->find("c")->find("d") != nullptr);
    }

    void theOrderOfTheFileIsKept() {
        const ConfigNode root = parse("[z]\nb = 1\na = 2\n[y]\n");
        QCOMPARE(root.members[0].key, std::string("z"));
        QCOMPARE(root.members[0].value.members[0].key, std::string("b"));
    }

    void syntaxErrorsHaveAPlace() {
        ConfigProblems problems;
        QVERIFY(!parseToml("a = 1\nb = \n", "a.toml", problems));
        QCOMPARE(problems.sorted().size(), std::size_t(1));
        QVERIFY(problems.sorted().front().text().starts_with("a.toml:2:"));
        for (const char* twice : {"a = 1\na = 2\n", "[s]\n[s]\n"}) {
            ConfigProblems repeated;
            QVERIFY(!parseToml(twice, "a.toml", repeated));
            QVERIFY(repeated.hasErrors());
        }
    }

    void writtenTomlReadsBackEqual() {
        const char* text = "top = [1, 2]\n\n[server]\nhost = \"a\\\"b\\\\c\\n\\u0001é你\"\nport = 1\nratio = "
                           "0.5\nwhole = 2.0\non = true\n"
                           "\n[[models]]\nname = \"x\"\ndeployments = [{ provider = \"p\", \"odd key\" = \"m\" }]\n"
                           "\n[[models]]\nname = \"y\"\n";
        const std::string once = writeToml(parse(text));
        QCOMPARE(writeToml(parse(once)), once);
        QCOMPARE(QString::fromStdString(once), QString::fromUtf8(text));
    }

    void layersMergeByIdentity() {
        ConfigNode base = parse("[server]\nhost = \"a\"\nport = 1\n[[providers]]\nid = \"x\"\nformat = "
                                "\"openai\"\nheaders = { A = \"1\", B = \"2\" }\n"
                                "[[providers]]\nid = \"y\"\n");
        mergeTree(
            base,
            parse("[server]\nport = 2\n[[providers]]\nid = \"z\"\n[[providers]]\nid = \"x\"\nheaders = { B = \"3\" }\n",
                  "b.toml"));
        QCOMPARE(base.find("server")->find("host")->text, std::string("a"));
        QCOMPARE(base.find("server")->find("port")->integer, 2);
        QCOMPARE(base.find("server")->find("port")->origin.source, std::string("b.toml"));
        const ConfigNode* providers = base.find("providers");
        QCOMPARE(providers->elements.size(), std::size_t(3));
        QCOMPARE(providers->elements[0].find("format")->text, std::string("openai"));
        QCOMPARE(providers->elements[0].find("headers")->find("A")->text, std::string("1"));
        QCOMPARE(providers->elements[0].find("headers")->find("B")->text, std::string("3"));
        QCOMPARE(providers->elements[2].find("id")->text, std::string("z"));
    }

    void patches() {
        QCOMPARE(patched("", R"({"server":{"port":9000}})"), std::string("\n[server]\nport = 9000\n"));
        QCOMPARE(patched("[server]\nport = 1\nhost = \"h\"\n", R"({"server":{"port":null}})"),
                 std::string("\n[server]\nhost = \"h\"\n"));
        QCOMPARE(patched("", R"({"providers":{"x":{"format":"openai","timeouts":{"idle":"5s"}}}})"),
                 std::string("\n[[providers]]\nid = \"x\"\nformat = \"openai\"\ntimeouts = { idle = \"5s\" }\n"));
        QCOMPARE(
            patched("[[models]]\nname = \"a\"\n[[models]]\nname = \"b\"\n", R"({"models":{"a":null,"none":null}})"),
            std::string("\n[[models]]\nname = \"b\"\n"));
        QCOMPARE(patched("[[models]]\nname = \"a\"\nstrategy = \"pinned\"\n",
                         R"({"models":{"a":{"deployments":[{"provider":"p","model":"m"}]}}})"),
                 std::string("\n[[models]]\nname = \"a\"\nstrategy = \"pinned\"\ndeployments = [{ provider = \"p\", "
                             "model = \"m\" }]\n"));
        QCOMPARE(patched("", R"({"providers":[1]})"),
                 std::string("! 'providers' cannot be anything but an object by id or name"));
        QCOMPARE(patched("", R"({"providers":{"x":5}})"),
                 std::string("! 'providers.x' cannot be anything but an object or null"));
        // An empty list of providers would mean "none", an empty entry something.
        QCOMPARE(patched("[[providers]]\nid = \"x\"\n[server]\nport = 1\n",
                         "{\"providers\":{\"x\":null},\"server\":{\"port\":null}}"),
                 std::string());
        QCOMPARE(patched("[[providers]]\nid = \"x\"\nkey = \"env:K\"\n", "{\"providers\":{\"x\":{\"key\":null}}}"),
                 std::string());
        QCOMPARE(patched("", R"({"a":{"b":[null]}})"), std::string("! 'b' cannot be null here"));
    }

    void whatAPatchNamesIsThereOrNot() {
        const ConfigNode root = parse("[server]\nport = 1\n[[providers]]\nid = \"x\"\nkey = \"env:K\"\n");
        const auto holds = [&root](const char* text) { return treeHolds(root, parseJsonObject(text).value()); };
        QVERIFY(holds("{\"server\":{\"port\":null}}"));
        QVERIFY(holds("{\"providers\":{\"x\":null}}"));
        QVERIFY(holds("{\"providers\":{\"x\":{\"key\":null}}}"));
        QVERIFY(!holds("{\"server\":{\"host\":null}}"));
        QVERIFY(!holds("{\"providers\":{\"y\":null}}"));
        QVERIFY(!holds("{\"providers\":{\"x\":{\"proxy\":null}}}"));
        QVERIFY(!holds("{\"models\":{\"x\":null}}"));
    }

    void suggestions() {
        const std::vector<std::string_view> known{"host", "port", "body_limit", "latency_optimized"};
        QCOMPARE(didYouMean("prot", known), std::string("Did you mean 'port'?"));
        QCOMPARE(didYouMean("hots", known), std::string("Did you mean 'host'?"));
        QCOMPARE(didYouMean("body-limit", known), std::string("Did you mean 'body_limit'?"));
        QCOMPARE(didYouMean("latency_optimised", known), std::string("Did you mean 'latency_optimized'?"));
        QCOMPARE(didYouMean("colour", known), std::string());
        QCOMPARE(didYouMean("x", known), std::string());
    }
};

QTEST_APPLESS_MAIN(ConfigTreeTest)
#include "config_tree_test.moc"
