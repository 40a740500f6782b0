#include "app/desktop/transfer/attachment_pdf.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPdfDocument>
#include <QPdfSelection>

#include "app/desktop/transfer/attachment_text.h"

namespace patchbay {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Attachment)
};

constexpr qsizetype kTextLimit = 2'000'000; // characters: half a million tokens

QString errorText(QPdfDocument::Error error) {
    if (error == QPdfDocument::Error::IncorrectPassword || error == QPdfDocument::Error::UnsupportedSecurityScheme)
        return Text::tr("This PDF is protected by a password. Save a copy without one and attach that.");
    return Text::tr("This PDF is damaged and cannot be read.");
}

QImage firstPage(QPdfDocument& document) {
    const QSizeF size = document.pagePointSize(0);
    if (size.isEmpty())
        return {};
    const QImage page = document.render(0, size.scaled(kPreviewSide, kPreviewSide, Qt::KeepAspectRatio).toSize());
    if (page.isNull())
        return {};
    // Paper is white; what is rendered has no ground of its own.
    QImage paper(page.size(), QImage::Format_RGB32);
    paper.fill(Qt::white);
    for (int y = 0; y < page.height(); ++y)
        for (int x = 0; x < page.width(); ++x) {
            const QRgb ink = page.pixel(x, y);
            const auto mix = [alpha = qAlpha(ink)](int c) { return (c * alpha + 255 * (255 - alpha)) / 255; };
            paper.setPixel(x, y, qRgb(mix(qRed(ink)), mix(qGreen(ink)), mix(qBlue(ink))));
        }
    return paper;
}

} // namespace

void readPdf(const QByteArray& bytes, Attachment& attachment, const std::atomic<bool>* cancelled) {
    attachment.kind = QStringLiteral("pdf");
    QByteArray data = bytes;
    QBuffer buffer(&data);
    buffer.open(QIODevice::ReadOnly);
    QPdfDocument document;
    document.load(&buffer);
    if (document.status() != QPdfDocument::Status::Ready || document.pageCount() < 1) {
        attachment.error = errorText(document.error());
        return;
    }
    attachment.pages = document.pageCount();
    QString text;
    bool any = false;
    for (int page = 0; page < attachment.pages; ++page) {
        if (cancelled && *cancelled)
            return;
        QString words = document.getAllText(page).text();
        words.replace("\r\n", "\n");
        any = any || !words.trimmed().isEmpty();
        text += QStringLiteral("[Page %1 of %2]\n%3\n\n").arg(page + 1).arg(attachment.pages).arg(words.trimmed());
        if (text.size() > kTextLimit) {
            attachment.error = Text::tr("This PDF has more text than a model can take (%n pages). "
                                        "Attach the pages that matter.",
                                        nullptr, attachment.pages);
            return;
        }
    }
    if (!any) {
        attachment.error = Text::tr("This PDF has no text, only pictures of it (%n pages). Attach the pages as "
                                    "pictures, or run text recognition first.",
                                    nullptr, attachment.pages);
        return;
    }
    attachment.preview = firstPage(document);
    // As text, which every vendor takes; the name says so to the vendors that look at it.
    const QByteArray base64 = text.trimmed().toUtf8().toBase64();
    attachment.part = FilePart{.source = {.mediaType = "text/plain", .data = std::string(base64.data(), base64.size())},
                               .filename = attachment.name.toStdString() + ".txt"};
}

} // namespace patchbay
