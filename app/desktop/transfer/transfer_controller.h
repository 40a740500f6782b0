// What goes in and out as files: import of other programs' exports, export of one conversation or of all. One of them
// runs at a time; dialogs show `activity`, `progress` and at the end `summary` or `errorText`.
#pragma once

#include <memory>

#include <QObject>
#include <QString>
#include <QUrl>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#ifndef Q_MOC_RUN
#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/transfer/export_files.h"
#include "services/chat_import.h"
#endif

namespace patchbay {

class TransferController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    Q_PROPERTY(bool busy READ busy NOTIFY stateChanged)
    /// "import", "export", "exportAll"; empty while nothing runs.
    Q_PROPERTY(QString activity READ activity NOTIFY stateChanged)
    /// 0 to 1.
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
    /// "125 conversations"
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged)
    /// Of the last import: {source, created, extended, unchanged, inTrash, messages, skipped, cancelled, headline,
    /// lines (list of texts), skips (list of {what, reason}), error, hint}. Of the last export: {written, failed,
    /// folder, cancelled, headline, lines}. Empty until one has ended, and after reset().
    Q_PROPERTY(QVariantMap summary READ summary NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    Q_PROPERTY(QString errorHint READ errorHint NOTIFY stateChanged)
public:
    /// `bridge` outlives it.
    explicit TransferController(EngineBridge& bridge, QObject* parent = nullptr);

    bool busy() const { return !m_activity.isEmpty(); }
    QString activity() const { return m_activity; }
    double progress() const { return m_progress; }
    QString progressText() const { return m_progressText; }
    QVariantMap summary() const { return m_summary; }
    QString errorText() const { return m_errorText; }
    QString errorHint() const { return m_errorHint; }

    /// A .json or .zip of ChatGPT or Claude.
    Q_INVOKABLE void importFile(const QUrl& file);
    /// `format` is "md", "json" or "html".
    Q_INVOKABLE void exportConversation(const QString& id, const QString& format, const QUrl& file);
    /// Into a new folder inside `folder`.
    Q_INVOKABLE void exportAll(const QUrl& folder, const QString& format);
    /// What was taken over or written until then stays.
    Q_INVOKABLE void cancel();
    /// Forgets the last summary and error: for a dialog that opens anew.
    Q_INVOKABLE void reset();

    /// "Title of the chat.md"
    Q_INVOKABLE QString suggestedFileName(const QString& title, const QString& format) const;
    /// The same in the folder for documents, for a file dialog.
    Q_INVOKABLE QUrl suggestedFile(const QString& title, const QString& format) const;
    /// A path of `summary`, to be opened for the user.
    Q_INVOKABLE QUrl localUrl(const QString& path) const;

Q_SIGNALS:
    void stateChanged();
    void progressChanged();
    /// There are new conversations or messages: load the list again.
    void imported(int conversations, int messages);
    /// `place` is the file, or the folder of all files.
    void exported(const QUrl& place, int conversations);
    void failed(const QString& message, const QString& hint);

private:
    bool begin(const QString& activity);
    void end();
    void showProgress(double share, int conversations);
    void showError(const Error& error);
    void showImport(const Result<ImportSummary>& outcome);
    void showExport(const QString& file, const Result<void>& outcome);
    void showExportAll(const Result<ExportReport>& outcome);

    EngineBridge& m_bridge;
    std::shared_ptr<EngineCall> m_call;
    QString m_activity;
    double m_progress = 0;
    QString m_progressText;
    QVariantMap m_summary;
    QString m_errorText;
    QString m_errorHint;
};

} // namespace patchbay
