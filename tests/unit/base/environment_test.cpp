#include <QTest>

#include "base/environment.h"

using namespace patchbay;

namespace {

std::string valueOf(std::string_view text, std::string_view name = "A") {
    std::vector<int> badLines;
    const Environment environment = parseDotEnv(text, badLines);
    return badLines.empty() ? environment.get(name).value_or("<unset>") : "<bad>";
}

} // namespace

class EnvironmentTest : public QObject {
    Q_OBJECT
private slots:
    void emptyCountsAsUnset() {
        const Environment environment({{"A", ""}, {"B", "b"}});
        QVERIFY(!environment.has("A"));
        QCOMPARE(environment.get("B").value(), std::string("b"));
        QVERIFY(!environment.has("C"));
    }

    void theUpperLayerWinsUnlessItIsEmpty() {
        const Environment merged =
            Environment({{"A", "1"}, {"B", ""}}).over(Environment({{"A", "2"}, {"B", "3"}, {"C", "4"}}));
        QCOMPARE(merged.get("A").value(), std::string("1"));
        QCOMPARE(merged.get("B").value(), std::string("3"));
        QCOMPARE(merged.get("C").value(), std::string("4"));
    }

    void theProcessIsRead() {
        qputenv("PATCHBAY_TEST_VARIABLE", "x=y");
        QCOMPARE(Environment::ofProcess().get("PATCHBAY_TEST_VARIABLE").value(), std::string("x=y"));
    }

    void dotEnvForms() {
        QCOMPARE(valueOf("A=1"), std::string("1"));
        QCOMPARE(valueOf("\xEF\xBB\xBF"
                         "A=1\r\n"),
                 std::string("1"));
        QCOMPARE(valueOf("# c\n\nexport A = one two  # three\n"), std::string("one two"));
        QCOMPARE(valueOf("A=a#b"), std::string("a#b"));
        QCOMPARE(valueOf("A='a # $b\\n'  # c"), std::string("a # $b\\n"));
        QCOMPARE(valueOf("A=\"a\\n\\\"b\\\" \\$c\" # d"), std::string("a\n\"b\" $c"));
        QCOMPARE(valueOf("A=1\nA=2"), std::string("2"));
        QCOMPARE(valueOf("A="), std::string("<unset>"));
        QCOMPARE(valueOf("A=# nothing"), std::string("<unset>"));
        QCOMPARE(valueOf("A=base64=="), std::string("base64=="));
    }

    void linesThatAreNothingAreNumbered() {
        std::vector<int> badLines;
        parseDotEnv("A=1\nnonsense\n1B=2\nC=\"open\nD='x' y\n", badLines);
        QCOMPARE(badLines, (std::vector<int>{2, 3, 4, 5}));
    }

    void variablesAreExpanded() {
        const Environment environment({{"DIR", "/run/x"}});
        std::string missing;
        QCOMPARE(expandVariables("${DIR}/key", environment, missing).value(), std::string("/run/x/key"));
        QCOMPARE(expandVariables("plain $DIR ${", environment, missing).value(), std::string("plain $DIR ${"));
        QVERIFY(!expandVariables("${NOPE}/key", environment, missing));
        QCOMPARE(missing, std::string("NOPE"));
    }
};

QTEST_APPLESS_MAIN(EnvironmentTest)
#include "environment_test.moc"
