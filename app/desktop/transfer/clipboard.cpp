#include "app/desktop/transfer/clipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTextDocumentFragment>
#include <QUrl>

#include "app/desktop/markdown/rich_html.h"

namespace patchbay {
namespace {

const QString kMarkdownType = QStringLiteral("text/markdown");

} // namespace

std::unique_ptr<QMimeData> Clipboard::mimeData(const QString& as, const QString& markdown) {
    auto data = std::make_unique<QMimeData>();
    if (as == u"text") {
        data->setText(plainText(markdown));
        return data;
    }
    data->setData(kMarkdownType, markdown.toUtf8());
    if (as == u"rich") {
        // Programs that are not told guess the encoding.
        data->setHtml(QStringLiteral("<meta charset=\"utf-8\">") + blocksToRichHtml(markdown));
        data->setText(plainText(markdown));
    } else {
        data->setText(markdown);
    }
    return data;
}

void Clipboard::copyText(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
}

void Clipboard::copyMarkdown(const QString& markdown) {
    copyAs(QStringLiteral("markdown"), markdown);
}

void Clipboard::copyRich(const QString& markdown) {
    copyAs(QStringLiteral("rich"), markdown);
}

void Clipboard::copyPlain(const QString& markdown) {
    copyAs(QStringLiteral("text"), markdown);
}

void Clipboard::copyAs(const QString& as, const QString& markdown) {
    QGuiApplication::clipboard()->setMimeData(mimeData(as, markdown).release());
}

QString Clipboard::textOf(const QMimeData& data) {
    // Qt makes a text of copied addresses; a text of the program's own is asked for first.
    if (data.hasFormat(QStringLiteral("text/plain")) || (data.hasText() && !data.hasUrls()))
        return data.text();
    if (data.hasHtml())
        return QTextDocumentFragment::fromHtml(data.html()).toPlainText();
    QStringList lines;
    for (const QUrl& url : data.urls())
        lines.append(url.isLocalFile() ? url.toLocalFile() : url.toString());
    return lines.join(u'\n');
}

QString Clipboard::text() const {
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    return data ? textOf(*data) : QString();
}

bool Clipboard::hasText() const {
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    return data && (data->hasText() || data->hasHtml());
}

} // namespace patchbay
