#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "base/os_file.h"

#ifndef Q_OS_WIN
#include <sys/stat.h>
#endif

using namespace patchbay;

class OsFileTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void whatIsWrittenIsRead() {
        const std::string path = file("sub/dir/a");
        QVERIFY(writeFileAtomically(path, std::string_view("one\0two", 7), FileMode::Private).has_value());
        QCOMPARE(readFile(path).value(), std::string("one\0two", 7));
        QVERIFY(writeFileAtomically(path, "", FileMode::Private).has_value());
        QCOMPARE(readFile(path).value(), std::string());
    }

    void permissionsAreAsAskedFor() {
        QVERIFY(writeFileAtomically(file("private"), "x", FileMode::Private).has_value());
        QVERIFY(writeFileAtomically(file("shared"), "x", FileMode::Shared).has_value());
        QVERIFY(fileReaders(file("private")) == FileReaders::OwnerOnly);
        QVERIFY(fileReaders(file("shared")) == FileReaders::Everyone);
        QVERIFY(QFile::setPermissions(QString::fromStdString(file("shared")), QFile::ReadOwner | QFile::ReadGroup));
        QVERIFY(fileReaders(file("shared")) == FileReaders::Group);
    }

    void nothingIsLeftBeside() {
        for (int i = 0; i < 3; ++i)
            QVERIFY(writeFileAtomically(file("a"), "x", FileMode::Private).has_value());
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList{"a"});
    }

    void aFailedWriteKeepsTheOldBytes() {
        QVERIFY(QDir(m_folder->path()).mkdir("target"));
        const auto written = writeFileAtomically(file("target"), "x", FileMode::Private);
        QVERIFY(!written);
        QVERIFY(written.error().message.find(file("target")) != std::string::npos);
        QVERIFY(QFileInfo(QString::fromStdString(file("target"))).isDir());
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    }

    void aLinkKeepsItsPlace() {
        QVERIFY(writeFileAtomically(file("real"), "old", FileMode::Private).has_value());
        QVERIFY(QFile::link(QString::fromStdString(file("real")), QString::fromStdString(file("link"))));
        QVERIFY(writeFileAtomically(file("link"), "new", FileMode::Private).has_value());
        QVERIFY(QFileInfo(QString::fromStdString(file("link"))).isSymLink());
        QCOMPARE(readFile(file("real")).value(), std::string("new"));
    }

    void readingFailsWithTheReason() {
        QVERIFY(readFile(file("none")).error().code == ErrorCode::NotFound);
        QVERIFY(!readFile(m_folder->path().toStdString()));
        QVERIFY(writeFileAtomically(file("big"), std::string(100, 'x'), FileMode::Private).has_value());
        QVERIFY(readFile(file("big"), 99).error().code == ErrorCode::TooLarge);
        QVERIFY(readFile(file("big"), 100).has_value());
    }

#ifndef Q_OS_WIN
    void specialFilesAreRefusedAtOnce() {
        const std::string fifo = file("fifo");
        QCOMPARE(mkfifo(fifo.c_str(), 0600), 0);
        const auto read = readFile(fifo); // nobody writes to it: a blocking open would wait for ever
        QVERIFY(!read);
        QVERIFY(read.error().message.find(fifo + ": it is a FIFO") != std::string::npos);
        QVERIFY(!readFile("/dev/zero", 100));
        QCOMPARE(readFile("/dev/null").value(), std::string());
    }
#endif

    void stampsChangeWithTheFile() {
        QVERIFY(!fileStamp(file("a")));
        QVERIFY(writeFileAtomically(file("a"), "x", FileMode::Private).has_value());
        const auto first = fileStamp(file("a"));
        QVERIFY(first.has_value());
        QVERIFY(fileStamp(file("a")) == first);
        QVERIFY(writeFileAtomically(file("a"), "y", FileMode::Private).has_value());
        QVERIFY(fileStamp(file("a")) != first);
    }

    void pathsAreJoined() {
        QCOMPARE(joinPath("/etc/patchbay", "key"), std::string("/etc/patchbay/key"));
        QCOMPARE(joinPath("/etc/patchbay", "/run/key"), std::string("/run/key"));
        QCOMPARE(parentPath("/etc/patchbay/a.toml"), std::string("/etc/patchbay"));
        QCOMPARE(parentPath("a.toml"), std::string("."));
    }

private:
    std::string file(const char* name) const { return m_folder->filePath(name).toStdString(); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_APPLESS_MAIN(OsFileTest)
#include "os_file_test.moc"
