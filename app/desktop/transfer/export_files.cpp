#include "app/desktop/transfer/export_files.h"

#include <QDateTime>
#include <QDir>
#include <QSet>

#include <boost/asio/this_coro.hpp>

#include "app/composition.h"
#include "app/desktop/transfer/file_names.h"
#include "base/os_file.h"
#include "base/worker.h"

namespace patchbay {
namespace {

struct Listed {
    std::string id;
    QString name;
};

QString nameOf(const Conversation& conversation) {
    const QString date = QDateTime::fromMSecsSinceEpoch(conversation.createdAt).toString(u"yyyy-MM-dd");
    return date + u' ' + safeFileName(QString::fromStdString(conversation.title), QStringLiteral("Conversation"));
}

awaitable<Result<std::vector<Listed>>> listAll(HistoryService& history) {
    std::vector<Listed> all;
    ConversationFilter filter{.limit = 500};
    do {
        auto page = co_await history.listConversations(filter);
        if (!page)
            co_return page.error();
        for (const Conversation& conversation : page->items)
            all.push_back({conversation.id, nameOf(conversation)});
        filter.cursor = page->nextCursor;
    } while (!filter.cursor.empty());
    co_return all;
}

QString newFolderIn(const QString& folder) {
    const QString stamp = QDateTime::currentDateTime().toString(u"yyyy-MM-dd HH.mm");
    QString path = QDir(folder).filePath(QStringLiteral("Patchbay %1").arg(stamp));
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = QDir(folder).filePath(QStringLiteral("Patchbay %1 (%2)").arg(stamp).arg(number));
    return path;
}

} // namespace

QString exportEnding(ExportFormat format) {
    switch (format) {
    case ExportFormat::Json:
        return QStringLiteral("json");
    case ExportFormat::Html:
        return QStringLiteral("html");
    case ExportFormat::Markdown:
        break;
    }
    return QStringLiteral("md");
}

awaitable<Result<void>> exportOne(Composition& core, std::string id, ExportFormat format, std::string path) {
    HistoryService* history = core.history();
    if (!history)
        co_return historyOffError();
    auto file = co_await history->exportConversation(std::move(id), format);
    if (!file)
        co_return file.error();
    co_return co_await runInWorker(core.workers(), [path = std::move(path), body = std::move(file->body)] {
        return writeFileAtomically(path, body, FileMode::Private);
    });
}

awaitable<Result<ExportReport>> exportAllInto(Composition& core, std::string folder, ExportFormat format,
                                              std::function<void(ExportReport)> report) {
    co_await asio::this_coro::throw_if_cancelled(false);
    HistoryService* history = core.history();
    if (!history)
        co_return historyOffError();
    auto all = co_await listAll(*history);
    if (!all)
        co_return all.error();
    ExportReport state{.total = static_cast<int>(all->size()), .folder = newFolderIn(QString::fromStdString(folder))};
    QSet<QString> used;
    for (const Listed& one : *all) {
        const auto cancellation = co_await asio::this_coro::cancellation_state;
        state.cancelled = cancellation.cancelled() != asio::cancellation_type::none;
        if (state.cancelled)
            break;
        const QString name = uniqueFileName(one.name, u'.' + exportEnding(format), used);
        auto written = co_await exportOne(core, one.id, format, QDir(state.folder).filePath(name).toStdString());
        const bool disk =
            !written && (written.error().code == ErrorCode::StorageFull ||
                         written.error().code == ErrorCode::Permission || written.error().code == ErrorCode::Storage);
        if (disk)
            co_return written.error();
        ++(written ? state.written : state.failed);
        report(state);
    }
    co_return state;
}

} // namespace patchbay
