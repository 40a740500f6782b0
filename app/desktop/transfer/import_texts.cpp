#include "app/desktop/transfer/import_texts.h"

#include <QCoreApplication>
#include <QStringList>

namespace patchbay {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Import)
};

QString reasonOf(const ImportSkip& skip) {
    switch (skip.kind) {
    case ImportSkip::Kind::NoMessages:
        return Text::tr("has no messages");
    case ImportSkip::Kind::NoId:
        return Text::tr("has no id, so it could not be recognised again");
    case ImportSkip::Kind::Malformed:
        return Text::tr("is damaged");
    case ImportSkip::Kind::TooLarge:
        return Text::tr("is too large");
    case ImportSkip::Kind::Unknown:
        return Text::tr("is not a conversation of ChatGPT or Claude");
    case ImportSkip::Kind::NotStored:
        return Text::tr("could not be stored");
    }
    return {};
}

QString headlineOf(const ImportSummary& summary) {
    if (summary.created > 0)
        return Text::tr("%n conversations imported", nullptr, summary.created);
    if (summary.extended > 0)
        return Text::tr("%n conversations brought up to date", nullptr, summary.extended);
    return Text::tr("Nothing new in this file");
}

QStringList linesOf(const ImportSummary& summary) {
    QStringList lines;
    if (summary.messages > 0)
        lines << Text::tr("%n messages", nullptr, summary.messages);
    if (summary.extended > 0 && summary.created > 0)
        lines << Text::tr("%n conversations were here already and got their new messages", nullptr, summary.extended);
    if (summary.unchanged > 0)
        lines << Text::tr("%n conversations were here already", nullptr, summary.unchanged);
    if (summary.inTrash > 0)
        lines << Text::tr("%n conversations are in the trash and stay there", nullptr, summary.inTrash);
    if (summary.skipped > 0)
        lines << Text::tr("%n entries were skipped", nullptr, summary.skipped);
    return lines;
}

} // namespace

QVariantMap importSummaryMap(const ImportSummary& summary) {
    QVariantList skips;
    for (const ImportSkip& skip : summary.skips)
        skips.append(QVariantMap{
            {"what", skip.title.empty() ? Text::tr("Entry %1").arg(skip.number) : QString::fromStdString(skip.title)},
            {"reason", reasonOf(skip)}});
    const Error error = summary.error.value_or(Error{});
    return {{"source", QString::fromUtf8(importSourceName(summary.source).data())},
            {"created", summary.created},
            {"extended", summary.extended},
            {"unchanged", summary.unchanged},
            {"inTrash", summary.inTrash},
            {"messages", summary.messages},
            {"skipped", summary.skipped},
            {"cancelled", summary.cancelled},
            {"headline", headlineOf(summary)},
            {"lines", linesOf(summary)},
            {"skips", skips},
            {"error", QString::fromStdString(error.message)},
            {"hint", QString::fromStdString(error.hint)}};
}

} // namespace patchbay
