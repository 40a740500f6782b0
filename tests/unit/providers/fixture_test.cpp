// Holds every codec against every transcript in tests/fixtures/wire: a new fixture needs no test code.
#include "unit/providers/normalised_outcome.h"

#include <QTest>

#include "base/json_writer.h"

using namespace patchbay;
using test::Fixture;

namespace {

using Pieces = std::vector<std::string_view>;

Pieces inPieces(std::string_view bytes, std::size_t size) {
    Pieces pieces;
    for (std::size_t at = 0; at < bytes.size(); at += size)
        pieces.push_back(bytes.substr(at, size));
    return pieces;
}

json::object outcomeOf(const Fixture& fixture, const Pieces& pieces) {
    return fixture.isChat() ? test::chatOutcome(fixture, pieces) : test::callOutcome(fixture, pieces);
}

// What a reply must have in full before it may be called complete. Usage may come after the finish reason, so that it
// may be missing.
bool saysTheSame(const json::object& expected, const json::object& actual) {
    for (const char* key : {"text", "reasoning", "refusal", "tool_calls", "finish_reason", "other_choices"}) {
        const json::value* wanted = find(expected, key);
        const json::value* got = find(actual, key);
        if (static_cast<bool>(wanted) != static_cast<bool>(got) || (wanted && *wanted != *got))
            return false;
    }
    return true;
}

} // namespace

class FixtureTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        m_fixtures = test::loadFixtures(PATCHBAY_FIXTURES "/wire");
        QVERIFY(m_fixtures.size() > 70);
    }

    void outcomeIsAsExpectedInAnySplit_data() {
        addRows([](const Fixture&) { return true; });
    }

    void outcomeIsAsExpectedInAnySplit() {
        QFETCH(int, index);
        const Fixture& fixture = m_fixtures[static_cast<std::size_t>(index)];
        const std::string_view body = fixture.body;
        const auto check = [&](const Pieces& pieces, const QString& how) {
            const std::string found = test::difference(fixture.expected, outcomeOf(fixture, pieces));
            if (!found.empty())
                QTest::qFail(qPrintable(how + ": " + QString::fromStdString(found)), __FILE__, __LINE__);
            return found.empty();
        };
        if (!check({body}, "whole"))
            return;
        for (std::size_t size = 1; size <= 17; ++size)
            if (!check(inPieces(body, size), QString("pieces of %1").arg(size)))
                return;
        for (std::size_t cut = 1; cut < body.size(); ++cut)
            if (!check({body.substr(0, cut), body.substr(cut)}, QString("split at %1").arg(cut)))
                return;
    }

    void nothingIsLostByStoppingWhenComplete_data() { addRows(&Fixture::isChat); }

    void nothingIsLostByStoppingWhenComplete() {
        QFETCH(int, index);
        const Fixture& fixture = m_fixtures[static_cast<std::size_t>(index)];
        for (const std::size_t size : {std::size_t{1}, std::size_t{64}}) {
            const json::object outcome = test::chatOutcome(fixture, inPieces(fixture.body, size), true);
            QCOMPARE(test::difference(fixture.expected, outcome), std::string());
        }
    }

    void cutStreamIsNeverAShortSuccess_data() {
        addRows([](const Fixture& fixture) {
            return fixture.stream && fixture.head.status == 200 && stringOr(fixture.expected, "outcome") == "ok";
        });
    }

    void cutStreamIsNeverAShortSuccess() {
        QFETCH(int, index);
        const Fixture& fixture = m_fixtures[static_cast<std::size_t>(index)];
        const std::string_view body = fixture.body;
        std::size_t errors = 0;
        for (std::size_t length = 0; length < body.size(); ++length) {
            const json::object outcome = outcomeOf(fixture, {body.substr(0, length)});
            if (stringOr(outcome, "outcome") == "error") {
                ++errors;
                continue;
            }
            const bool whole = fixture.isChat() ? saysTheSame(fixture.expected, outcome)
                                                : outcome.at("statuses") == fixture.expected.at("statuses");
            QVERIFY2(whole, ("cut at " + std::to_string(length) + ": " + writeJson(outcome)).c_str());
        }
        QVERIFY(errors > body.size() / 4); // the finish stands at the end of every stream
    }

private:
    template <class Wanted> void addRows(Wanted wanted) {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_fixtures.size(); ++i)
            if (std::invoke(wanted, m_fixtures[i]))
                QTest::newRow(m_fixtures[i].file.c_str()) << static_cast<int>(i);
    }

    std::vector<Fixture> m_fixtures;
};

QTEST_APPLESS_MAIN(FixtureTest)
#include "fixture_test.moc"
