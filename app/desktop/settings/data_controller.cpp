#include "app/desktop/settings/data_controller.h"

#include <QCoroTask>
#include <QDateTime>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QPointer>
#include <QStandardPaths>
#include <QUrl>

#include "app/desktop/bridge/engine_bridge.h"
#include "base/os_file.h"
#include "base/worker.h"
#include "storage/sqlite_dialect.h"

namespace patchbay {
namespace {

constexpr int kPageSize = 200;

QString stamp() {
    return QDateTime::currentDateTime().toString("yyyy-MM-dd HH.mm.ss");
}

// Every chat outside the trash, or in it; page by page.
awaitable<Result<std::vector<std::string>>> conversationIds(HistoryService& history, bool trash) {
    std::vector<std::string> ids;
    ConversationFilter filter{.trash = trash, .limit = kPageSize};
    do {
        auto page = co_await history.listConversations(filter);
        if (!page)
            co_return page.error();
        for (const Conversation& conversation : page->items)
            ids.push_back(conversation.id);
        filter.cursor = page->nextCursor;
    } while (!filter.cursor.empty());
    co_return ids;
}

Error noHistory() {
    return makeError(ErrorCode::Unsupported, "the history is switched off", "Set history.enabled = true.");
}

std::string freeFile(const std::string& folder, const std::string& filename, int number) {
    const auto dot = filename.rfind('.');
    // A number in front: titles repeat, and this is the order of the list.
    return folder + "/" + QString::number(number).rightJustified(4, '0').toStdString() + " " +
           filename.substr(0, dot) + (dot == std::string::npos ? "" : filename.substr(dot));
}

awaitable<Result<int>> writeAll(Composition& core, std::string folder) {
    HistoryService* history = core.history();
    if (history == nullptr)
        co_return noHistory();
    const auto ids = co_await conversationIds(*history, false);
    if (!ids)
        co_return ids.error();
    int number = 0;
    for (const std::string& id : *ids) {
        ++number;
        for (const ExportFormat format : {ExportFormat::Json, ExportFormat::Markdown}) {
            auto file = co_await history->exportConversation(id, format);
            if (!file)
                co_return file.error();
            const auto written = co_await runInWorker(
                core.workers(), [path = freeFile(folder, file->filename, number), body = std::move(file->body)] {
                    return writeFileAtomically(path, body, FileMode::Private);
                });
            if (!written)
                co_return written.error();
        }
    }
    co_return number;
}

awaitable<Result<int>> purgeAll(Composition& core) {
    HistoryService* history = core.history();
    if (history == nullptr)
        co_return noHistory();
    const auto ids = co_await conversationIds(*history, true);
    if (!ids)
        co_return ids.error();
    for (const std::string& id : *ids)
        if (const auto purged = co_await history->purgeConversation(id); !purged)
            co_return purged.error();
    co_return static_cast<int>(ids->size());
}

template <class Job> awaitable<Result<void>> onDatabase(Composition& core, Job job) {
    if (core.storage() == nullptr)
        co_return makeError(ErrorCode::Unsupported, "there is no database", {});
    co_return co_await core.storage()->database->run(std::move(job));
}

} // namespace

DataController::DataController(EngineBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {
}

void DataController::refresh() {
    look();
}

QCoro::Task<> DataController::look() {
    const QPointer<DataController> self(this);
    struct Seen {
        Places places;
        int trash = 0;
    };
    auto seen = co_await m_bridge.ask<Seen>([](Composition& core) -> awaitable<Result<Seen>> {
        Seen now{.places = core.places(), .trash = 0};
        if (HistoryService* history = core.history())
            if (const auto ids = co_await conversationIds(*history, true))
                now.trash = static_cast<int>(ids->size());
        co_return now;
    });
    if (!self || !seen)
        co_return;
    m_dataFolder = QString::fromStdString(seen->places.dataDir);
    m_configFolder = QString::fromStdString(seen->places.configDir);
    m_trashCount = seen->trash;
    qint64 bytes = 0;
    for (const char* name : {"patchbay.db", "patchbay.db-wal"})
        bytes += QFileInfo(m_dataFolder + "/" + QLatin1String(name)).size();
    m_size = QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
    Q_EMIT placesChanged();
}

QCoro::Task<> DataController::act(QString action, std::function<awaitable<Result<Done>>(Composition&)> work) {
    if (!m_running.isEmpty())
        co_return;
    const QPointer<DataController> self(this);
    m_running = action;
    m_message.clear();
    m_hint.clear();
    m_made.clear();
    m_failed = false;
    Q_EMIT runningChanged();
    auto done = co_await m_bridge.ask<Done>(std::move(work));
    if (!self)
        co_return;
    m_running.clear();
    m_lastAction = action;
    m_failed = !done;
    m_message = done ? done->text : QString::fromStdString(done.error().message);
    m_hint = done ? QString() : QString::fromStdString(done.error().hint);
    m_made = done ? done->made : QString();
    Q_EMIT runningChanged();
    co_await look();
}

void DataController::backUp() {
    const QString name = "patchbay " + stamp() + ".db";
    act("backup", [name](Composition& core) -> awaitable<Result<Done>> {
        const QString folder = QString::fromStdString(core.places().dataDir) + "/backups";
        const std::string target = (folder + "/" + name).toStdString();
        const auto written = co_await onDatabase(core, [folder, target](Connection& connection) -> Result<void> {
            if (!QDir().mkpath(folder))
                return makeError(ErrorCode::Permission, "the folder " + folder.toStdString() + " cannot be made",
                                 "Check who may write there.");
            return patchbay::backUp(connection, target);
        });
        if (!written)
            co_return written.error();
        co_return Done{tr("A copy was written. To use it, close Patchbay and put it in the place of patchbay.db."),
                       QString::fromStdString(target)};
    });
}

void DataController::verify() {
    act("verify", [](Composition& core) -> awaitable<Result<Done>> {
        const auto sound =
            co_await onDatabase(core, [](Connection& connection) { return checkIntegrity(connection, true); });
        if (!sound)
            co_return sound.error();
        co_return Done{tr("The database is sound."), {}};
    });
}

void DataController::emptyTrash() {
    act("trash", [](Composition& core) -> awaitable<Result<Done>> {
        const auto count = co_await purgeAll(core);
        if (!count)
            co_return count.error();
        co_return Done{tr("%n chats removed for good.", nullptr, *count), {}};
    });
}

void DataController::exportAll(const QString& folder) {
    const QString parent =
        folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DownloadLocation) : folder;
    const QString target = parent + "/" + tr("Patchbay chats") + " " + stamp();
    act("export", [target](Composition& core) -> awaitable<Result<Done>> {
        const auto count = co_await writeAll(core, target.toStdString());
        if (!count)
            co_return count.error();
        co_return Done{tr("%n chats written, each as JSON and Markdown.", nullptr, *count),
                       *count > 0 ? target : QString()};
    });
}

void DataController::show(const QString& path) const {
    const QFileInfo info(path);
    QDesktopServices::openUrl(QUrl::fromLocalFile(info.isDir() ? path : info.absolutePath()));
}

} // namespace patchbay
