#include "app/desktop/transfer/transfer_controller.h"

#include <chrono>

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>

#include "app/desktop/transfer/file_names.h"
#include "app/desktop/transfer/import_texts.h"

namespace patchbay {
namespace {

constexpr std::chrono::milliseconds kBetweenReports{50};

/// What the work on the engine says, carried to the window's thread; not while the last report is fresh.
template <class T> class Reporter {
public:
    Reporter(EngineBridge& bridge, std::function<void(const T&)> show) : m_bridge(bridge), m_show(std::move(show)) {}
    void operator()(const T& progress) {
        const auto now = std::chrono::steady_clock::now();
        if (now - m_last < kBetweenReports)
            return;
        m_last = now;
        m_bridge.post([show = m_show, progress] { show(progress); });
    }

private:
    EngineBridge& m_bridge;
    std::function<void(const T&)> m_show;
    std::chrono::steady_clock::time_point m_last{};
};

/// Runs to its end whatever happens; the outcome is told on the window's thread.
template <class T>
awaitable<void> finishWith(EngineBridge& bridge, awaitable<Result<T>> work, std::function<void(Result<T>)> done) {
    Result<T> outcome = makeError(ErrorCode::Internal, "Internal error.", "Try again; if it comes back, report it.");
    try {
        outcome = co_await std::move(work);
    } catch (const boost::system::system_error&) {
        outcome = makeError(ErrorCode::Cancelled, "Stopped.");
    } catch (const std::exception& failure) {
        outcome = makeError(ErrorCode::Internal, std::string("Internal error: ") + failure.what(),
                            "Try again; if it comes back, please report it.");
    }
    bridge.post([done = std::move(done), outcome = std::move(outcome)] { done(outcome); });
}

awaitable<Result<ImportSummary>> importChats(Composition& core, std::string path,
                                             std::function<void(const ImportProgress&)> report) {
    if (!core.history() || !core.storage())
        co_return historyOffError();
    ChatImport chatImport(*core.storage()->database, core.workers());
    co_return co_await chatImport.importFile(std::move(path), std::move(report));
}

} // namespace

TransferController::TransferController(EngineBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {
}

bool TransferController::begin(const QString& activity) {
    if (busy()) {
        Q_EMIT failed(tr("Another import or export is running."), tr("Wait for it, or cancel it."));
        return false;
    }
    reset();
    if (!m_bridge.ready()) {
        m_errorText = tr("Patchbay is still starting, or could not start.");
        Q_EMIT stateChanged();
        Q_EMIT failed(m_errorText, {});
        return false;
    }
    m_activity = activity;
    Q_EMIT stateChanged();
    return true;
}

void TransferController::end() {
    m_activity.clear();
    m_call.reset();
    Q_EMIT stateChanged();
}

void TransferController::reset() {
    if (busy())
        return;
    m_summary.clear();
    m_errorText.clear();
    m_errorHint.clear();
    m_progress = 0;
    m_progressText.clear();
    Q_EMIT progressChanged();
    Q_EMIT stateChanged();
}

void TransferController::cancel() {
    EngineCall::cancel(m_call);
}

void TransferController::showProgress(double share, int conversations) {
    if (!busy())
        return;
    m_progress = std::clamp(share, 0.0, 1.0);
    m_progressText = tr("%n conversations", nullptr, conversations);
    Q_EMIT progressChanged();
}

void TransferController::showError(const Error& error) {
    if (error.code == ErrorCode::StorageFull && m_activity != u"import") {
        m_errorText = tr("The disk is full.");
        m_errorHint = tr("Make room, or choose another disk, and export again.");
    } else {
        m_errorText = QString::fromStdString(error.message);
        m_errorHint = QString::fromStdString(error.hint);
    }
    end();
    Q_EMIT failed(m_errorText, m_errorHint);
}

void TransferController::importFile(const QUrl& file) {
    if (!begin(QStringLiteral("import")))
        return;
    if (!file.isLocalFile()) {
        showError(
            makeError(ErrorCode::InvalidRequest, tr("Only files on this computer can be imported.").toStdString()));
        return;
    }
    const QPointer<TransferController> self(this);
    auto report =
        [reporter = std::make_shared<Reporter<ImportProgress>>(m_bridge, [self](const ImportProgress& progress) {
             if (self && progress.bytesTotal > 0)
                 self->showProgress(double(progress.bytesRead) / double(progress.bytesTotal), progress.conversations);
         })](const ImportProgress& progress) { (*reporter)(progress); };
    const auto done = [self](const Result<ImportSummary>& outcome) {
        if (self)
            self->showImport(outcome);
    };
    m_call =
        m_bridge.run([&bridge = m_bridge, path = file.toLocalFile().toStdString(), report, done](Composition& core) {
            return finishWith<ImportSummary>(bridge, importChats(core, path, report), done);
        });
}

void TransferController::showImport(const Result<ImportSummary>& outcome) {
    if (!outcome) {
        showError(outcome.error());
        return;
    }
    m_summary = importSummaryMap(*outcome);
    m_progress = 1;
    end();
    Q_EMIT progressChanged();
    Q_EMIT imported(outcome->created + outcome->extended, outcome->messages);
}

void TransferController::exportConversation(const QString& id, const QString& format, const QUrl& file) {
    if (!begin(QStringLiteral("export")))
        return;
    const auto kind = exportFormatFromName(format.toStdString());
    if (!kind || !file.isLocalFile()) {
        showError(makeError(ErrorCode::InvalidRequest, tr("Choose a file on this computer.").toStdString()));
        return;
    }
    const QString path = file.toLocalFile();
    const QPointer<TransferController> self(this);
    const auto done = [self, path](const Result<void>& outcome) {
        if (self)
            self->showExport(path, outcome);
    };
    m_call = m_bridge.run(
        [&bridge = m_bridge, id = id.toStdString(), kind, path = path.toStdString(), done](Composition& core) {
            return finishWith<void>(bridge, exportOne(core, id, *kind, path), done);
        });
}

void TransferController::showExport(const QString& file, const Result<void>& outcome) {
    if (!outcome) {
        showError(outcome.error());
        return;
    }
    m_summary = {{"written", 1},
                 {"failed", 0},
                 {"cancelled", false},
                 {"folder", QFileInfo(file).path()},
                 {"headline", tr("Saved as %1").arg(QFileInfo(file).fileName())},
                 {"lines", QStringList{QDir::toNativeSeparators(QFileInfo(file).path())}}};
    end();
    Q_EMIT exported(QUrl::fromLocalFile(file), 1);
}

void TransferController::exportAll(const QUrl& folder, const QString& format) {
    if (!begin(QStringLiteral("exportAll")))
        return;
    const auto kind = exportFormatFromName(format.toStdString());
    if (!kind || !folder.isLocalFile()) {
        showError(makeError(ErrorCode::InvalidRequest, tr("Choose a folder on this computer.").toStdString()));
        return;
    }
    const QPointer<TransferController> self(this);
    auto report = [reporter = std::make_shared<Reporter<ExportReport>>(m_bridge, [self](const ExportReport& progress) {
                       if (self)
                           self->showProgress(double(progress.written + progress.failed) / std::max(progress.total, 1),
                                              progress.written);
                   })](const ExportReport& progress) { (*reporter)(progress); };
    const auto done = [self](const Result<ExportReport>& outcome) {
        if (self)
            self->showExportAll(outcome);
    };
    m_call = m_bridge.run(
        [&bridge = m_bridge, path = folder.toLocalFile().toStdString(), kind, report, done](Composition& core) {
            return finishWith<ExportReport>(bridge, exportAllInto(core, path, *kind, report), done);
        });
}

void TransferController::showExportAll(const Result<ExportReport>& outcome) {
    if (!outcome) {
        showError(outcome.error());
        return;
    }
    QStringList lines;
    if (outcome->written > 0)
        lines << QDir::toNativeSeparators(outcome->folder);
    if (outcome->failed > 0)
        lines << tr("%n conversations could not be read", nullptr, outcome->failed);
    m_summary = {{"written", outcome->written},
                 {"failed", outcome->failed},
                 {"cancelled", outcome->cancelled},
                 {"folder", outcome->folder},
                 {"headline", outcome->total == 0 ? tr("There are no conversations to export")
                                                  : tr("%n conversations saved", nullptr, outcome->written)},
                 {"lines", lines}};
    m_progress = 1;
    end();
    Q_EMIT progressChanged();
    Q_EMIT exported(QUrl::fromLocalFile(outcome->folder), outcome->written);
}

QString TransferController::suggestedFileName(const QString& title, const QString& format) const {
    const auto kind = exportFormatFromName(format.toStdString()).value_or(ExportFormat::Markdown);
    return safeFileName(title, tr("Conversation")) + u'.' + exportEnding(kind);
}

QUrl TransferController::suggestedFile(const QString& title, const QString& format) const {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QUrl::fromLocalFile(QDir(folder).filePath(suggestedFileName(title, format)));
}

QUrl TransferController::localUrl(const QString& path) const {
    return QUrl::fromLocalFile(path);
}

} // namespace patchbay
