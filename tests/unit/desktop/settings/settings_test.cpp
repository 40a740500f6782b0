#include "app/desktop/settings/settings.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace patchbay;

class SettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void withoutAFileThereAreDefaultsAndNothingIsWritten() {
        {
            Settings settings;
            settings.load(path());
            QCOMPARE(settings.language(), QString("system"));
            QCOMPARE(settings.theme(), QString("system"));
            QCOMPARE(settings.zoom(), 1.0);
            QCOMPARE(settings.sendKey(), QString("enter"));
            QVERIFY(settings.notifications());
            QVERIFY(!settings.firstRunDone());
        }
        QVERIFY(!QFile::exists(path()));
    }

    void changesAreThereAfterARestart() {
        {
            Settings settings;
            settings.load(path());
            settings.setTheme("dark");
            settings.setZoom(1.25);
            settings.setWindowGeometry(QRect(10, -20, 900, 700));
            settings.setValue("shortcuts", QVariantMap{{"palette", "Ctrl+P"}});
        }
        Settings again;
        again.load(path());
        QCOMPARE(again.theme(), QString("dark"));
        QCOMPARE(again.zoom(), 1.25);
        QCOMPARE(again.windowGeometry(), QRect(10, -20, 900, 700));
        QCOMPARE(again.value("shortcuts").toMap().value("palette").toString(), QString("Ctrl+P"));
        QCOMPARE(QFile(path()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList{"desktop.json"});
    }

    void manyChangesAreWrittenOnceAndSoon() {
        Settings settings;
        settings.load(path());
        for (int i = 0; i < 50; ++i)
            settings.setZoom(0.8 + i * 0.01);
        QVERIFY(!QFile::exists(path())); // still waiting for the next change
        QTRY_VERIFY(QFile::exists(path()));
        QCOMPARE(stored().value("zoom").toDouble(), 1.29);
    }

    void membersOfOtherVersionsAreKept() {
        write("{\"theme\": \"light\", \"fromTheFuture\": {\"a\": [1, 2]}}");
        {
            Settings settings;
            settings.load(path());
            settings.setTheme("dark");
            settings.reset();
        }
        QCOMPARE(stored().value("fromTheFuture").toObject().value("a").toArray().size(), 2);
        QVERIFY(!stored().contains("theme"));
    }

    void aBrokenFileIsSetAsideWithANotice() {
        write("{\"theme\": \"dark\", ");
        Settings settings;
        QSignalSpy notices(&settings, &Settings::notice);
        settings.load(path());
        QCOMPARE(settings.theme(), QString("system"));
        QVERIFY(notices.wait());
        QVERIFY2(notices[0][1].toString().contains("desktop.json.broken-1"), qPrintable(notices[0][1].toString()));
        QFile kept(path() + ".broken-1");
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("{\"theme\": \"dark\", "));
        settings.setTheme("light");
        QVERIFY(settings.flush());
        QCOMPARE(stored().value("theme").toString(), QString("light"));
    }

    void valuesThatMeanNothingAreDefaults() {
        write("{\"theme\": \"pink\", \"zoom\": 40, \"language\": 5, \"windowGeometry\": [1], \"showCost\": \"no\"}");
        Settings settings;
        settings.load(path());
        QCOMPARE(settings.theme(), QString("system"));
        QCOMPARE(settings.zoom(), 2.0);
        QCOMPARE(settings.language(), QString("system"));
        QCOMPARE(settings.windowGeometry(), QRect());
        QVERIFY(settings.showCost());
    }

    void everyChangeIsSignalledOnce() {
        Settings settings;
        QSignalSpy themes(&settings, &Settings::themeChanged);
        QSignalSpy values(&settings, &Settings::valueChanged);
        settings.setTheme("dark");
        settings.setTheme("dark");
        QCOMPARE(themes.count(), 1);
        QCOMPARE(values.count(), 1);
        settings.reset();
        QCOMPARE(themes.count(), 2);
        QCOMPARE(settings.theme(), QString("system"));
    }

    void loadingSignalsWhatIsNotTheDefault() {
        write("{\"language\": \"zh_CN\"}");
        Settings settings;
        QSignalSpy languages(&settings, &Settings::languageChanged);
        settings.load(path());
        QCOMPARE(languages.count(), 1);
    }

    void aFileThatCannotBeWrittenIsSaidOnce() {
        QVERIFY(QDir().mkdir(m_folder->filePath("blocked")));
        Settings settings;
        QSignalSpy notices(&settings, &Settings::notice);
        settings.load(m_folder->filePath("blocked/desktop.json"));
        // A folder of the file's name: the rename fails for root too.
        QVERIFY(QDir().mkpath(m_folder->filePath("blocked/desktop.json/x")));
        settings.setTheme("dark");
        QVERIFY(!settings.flush());
        settings.setTheme("light");
        QVERIFY(!settings.flush());
        QCOMPARE(notices.count(), 1);
        QCOMPARE(settings.theme(), QString("light"));
    }

    void screenshotsDoNotTouchTheFile() {
        Settings settings;
        settings.load(path());
        settings.setPersistent(false);
        settings.setTheme("dark");
        settings.flush();
        QVERIFY(!QFile::exists(path()));
    }

private:
    QString path() const { return m_folder->filePath("desktop.json"); }
    void write(const QByteArray& text) const {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QJsonObject stored() const {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings_test.moc"
