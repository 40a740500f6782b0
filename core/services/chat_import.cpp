#include "services/chat_import.h"

#include <boost/asio/this_coro.hpp>

#include "base/worker.h"

namespace patchbay {
namespace {

void note(ImportSummary& summary, ImportSkip skip) {
    ++summary.skipped;
    if (summary.skips.size() < ImportSummary::kMostSkips)
        summary.skips.push_back(std::move(skip));
}

// One entry that the database refuses does not stop the others; a full or broken one stops all.
bool stopsAll(const Error& error) {
    return error.code == ErrorCode::StorageFull || error.code == ErrorCode::Corrupt ||
           error.code == ErrorCode::Unavailable;
}

void count(ImportSummary& summary, const std::string& title, const Result<ImportedAs>& put) {
    if (!put) {
        if (stopsAll(put.error()))
            summary.error = put.error();
        else
            note(summary, {.kind = ImportSkip::Kind::NotStored,
                           .title = title,
                           .reason = "it could not be stored: " + put.error().message});
        return;
    }
    summary.messages += put->messages;
    switch (put->outcome) {
    case ImportedAs::Outcome::Created:
        ++summary.created;
        break;
    case ImportedAs::Outcome::Extended:
        ++summary.extended;
        break;
    case ImportedAs::Outcome::Unchanged:
        ++summary.unchanged;
        break;
    case ImportedAs::Outcome::InTrash:
        ++summary.inTrash;
        break;
    }
}

} // namespace

awaitable<Result<ImportSummary>> ChatImport::importFile(std::string path,
                                                        std::function<void(const ImportProgress&)> report) {
    const bool throws = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    ImportSummary summary;
    auto opened = co_await runInWorker(m_workers, [path] { return ImportReader::open(path); });
    if (!opened) {
        co_await asio::this_coro::throw_if_cancelled(throws);
        co_return opened.error();
    }
    const std::shared_ptr<ImportReader> reader = std::move(*opened);
    while (!summary.error) {
        const auto cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none) {
            summary.cancelled = true;
            break;
        }
        auto next = co_await runInWorker(m_workers, [reader] { return reader->next(); });
        if (!next) {
            summary.error = next.error();
            break;
        }
        if (std::holds_alternative<ImportReader::End>(*next))
            break;
        if (auto* skip = std::get_if<ImportSkip>(&*next)) {
            note(summary, std::move(*skip));
        } else {
            auto& read = std::get<ImportedConversation>(*next);
            const std::string title = read.conversation.title;
            count(summary, title, co_await m_store.put(std::move(read.conversation), std::move(read.messages)));
        }
        if (report)
            report({.bytesRead = reader->bytesRead(),
                    .bytesTotal = reader->bytesTotal(),
                    .conversations = summary.conversations() + summary.skipped});
    }
    summary.source = reader->source();
    co_await asio::this_coro::throw_if_cancelled(throws);
    if (summary.source == ImportSource::Unknown && summary.error && summary.skipped == 0)
        co_return *summary.error;
    if (summary.source == ImportSource::Unknown && !summary.cancelled)
        co_return makeError(ErrorCode::Malformed, "There is no conversation of ChatGPT or Claude in this file.",
                            "Choose the conversations.json of the export, or the .zip in which it came.");
    co_return summary;
}

} // namespace patchbay
