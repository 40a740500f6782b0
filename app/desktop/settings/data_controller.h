// What the Settings page can do with the person's data: say where it lies and how large it is, copy it, check it, empty
// the trash, and write every chat out as files. One thing at a time.
#pragma once

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

#ifndef Q_MOC_RUN
#include <functional>

#include <QCoroTask>

#include "base/async.h"
#include "base/error.h"
#endif

namespace patchbay {

class Composition;
class EngineBridge;

class DataController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    Q_PROPERTY(QString dataFolder READ dataFolder NOTIFY placesChanged)
    Q_PROPERTY(QString configFolder READ configFolder NOTIFY placesChanged)
    /// Of the database, "12.3 MB"; empty = not known yet.
    Q_PROPERTY(QString size READ size NOTIFY placesChanged)
    /// Chats in the trash; -1 = not known yet.
    Q_PROPERTY(int trashCount READ trashCount NOTIFY placesChanged)
    /// "backup", "verify", "trash", "export", or empty.
    Q_PROPERTY(QString running READ running NOTIFY runningChanged)
    /// What the last action gave, for which one; empty before.
    Q_PROPERTY(QString lastAction READ lastAction NOTIFY runningChanged)
    Q_PROPERTY(QString message READ message NOTIFY runningChanged)
    Q_PROPERTY(QString hint READ hint NOTIFY runningChanged)
    Q_PROPERTY(bool failed READ failed NOTIFY runningChanged)
    /// A file or folder that the last action made.
    Q_PROPERTY(QString made READ made NOTIFY runningChanged)
public:
    explicit DataController(EngineBridge& bridge, QObject* parent = nullptr);

    QString dataFolder() const { return m_dataFolder; }
    QString configFolder() const { return m_configFolder; }
    QString size() const { return m_size; }
    int trashCount() const { return m_trashCount; }
    QString running() const { return m_running; }
    QString lastAction() const { return m_lastAction; }
    QString message() const { return m_message; }
    QString hint() const { return m_hint; }
    bool failed() const { return m_failed; }
    QString made() const { return m_made; }

    /// Looks again at folder, size and trash; when the page is shown.
    Q_INVOKABLE void refresh();
    /// A consistent copy of the database in the data folder's "backups".
    Q_INVOKABLE void backUp();
    /// Reads the whole database and compares its indexes.
    Q_INVOKABLE void verify();
    /// Removes what is in the trash for good.
    Q_INVOKABLE void emptyTrash();
    /// Every chat as JSON and Markdown, below `folder` (empty = the downloads).
    Q_INVOKABLE void exportAll(const QString& folder = {});
    /// Shows a folder, or the folder of a file, in the system's file manager.
    Q_INVOKABLE void show(const QString& path) const;

Q_SIGNALS:
    void placesChanged();
    void runningChanged();

private:
#ifndef Q_MOC_RUN
    struct Done {
        QString text;
        QString made;
    };
    QCoro::Task<> look();
    QCoro::Task<> act(QString action, std::function<awaitable<Result<Done>>(Composition&)> work);
#endif

    EngineBridge& m_bridge;
    QString m_dataFolder;
    QString m_configFolder;
    QString m_size;
    QString m_running;
    QString m_lastAction;
    QString m_message;
    QString m_hint;
    QString m_made;
    int m_trashCount = -1;
    bool m_failed = false;
};

} // namespace patchbay
