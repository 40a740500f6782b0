#include "services/pending_versions.h"

#include <QFile>
#include <QtTest>

#include "base/os_file.h"
#include "support/database_fixture.h"

using namespace patchbay;
using namespace patchbay::test;

class PendingVersionsTest : public QObject {
    Q_OBJECT

private slots:
    void whatWaitsIsTakenOnceAndInOrder() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        const std::string managed = fixture.directory.filePath("managed.toml").toStdString();
        for (int i = 1; i <= 3; ++i)
            QVERIFY_OK(leavePendingVersion(
                managed,
                {.createdAt = i, .author = "command line", .note = "set a.b", .content = "n = " + std::to_string(i)},
                fixture.ids));
        ConfigVersionStore versions(*fixture.database);
        QCOMPARE(fixture.wait(takePendingVersions(managed, versions)).value(), 3);
        QCOMPARE(fixture.wait(takePendingVersions(managed, versions)).value(), 0);
        QCOMPARE(fixture.wait(versions.list()).value().size(), std::size_t(3));
        const ConfigVersion first = fixture.wait(versions.get(1)).value();
        QCOMPARE(first.content, std::string("n = 1"));
        QCOMPARE(first.createdAt, 1);
        QCOMPARE(first.note, std::string("set a.b"));
        QCOMPARE(fixture.wait(versions.latest()).value().content, std::string("n = 3"));
    }

    void aFileThatCannotBeReadStaysAndIsSaid() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        const std::string managed = fixture.directory.filePath("managed.toml").toStdString();
        const std::string broken = managed + ".pending-0.json";
        QVERIFY_OK(writeFileAtomically(broken, "{", FileMode::Private));
        ConfigVersionStore versions(*fixture.database);
        const auto taken = fixture.wait(takePendingVersions(managed, versions));
        QVERIFY(!taken);
        QVERIFY(taken.error().message.find(broken) != std::string::npos);
        QVERIFY(QFile::exists(QString::fromStdString(broken)));
    }
};

QTEST_GUILESS_MAIN(PendingVersionsTest)
#include "pending_versions_test.moc"
