#include "app/desktop/transfer/attachment.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include "app/desktop/transfer/attachment_pdf.h"
#include "app/desktop/transfer/attachment_picture.h"
#include "app/desktop/transfer/attachment_text.h"

namespace patchbay {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Attachment)
};

void useText(const QByteArray& bytes, Attachment& attachment) {
    const auto text = decodeText(bytes);
    if (!text) {
        attachment.error = Text::tr("This kind of file cannot be attached. Pictures (PNG, JPEG, WebP, GIF), PDF and "
                                    "text files can.");
        return;
    }
    attachment.kind = QStringLiteral("text");
    if (text->trimmed().isEmpty()) {
        attachment.error = Text::tr("This file is empty.");
        return;
    }
    const QString language = fenceLanguage(attachment.name);
    const QByteArray base64 = (language.isEmpty() ? *text : fenced(*text, language)).toUtf8().toBase64();
    attachment.part = FilePart{.source = {.mediaType = "text/plain", .data = std::string(base64.data(), base64.size())},
                               .filename = attachment.name.toStdString()};
}

QString tooLarge(const QString& what, qint64 size, qint64 limit) {
    return Text::tr("%1 of %2 is too large to attach; the limit is %3.").arg(what, sizeText(size), sizeText(limit));
}

QString checkKind(const QFileInfo& info) {
    if (!info.exists())
        return info.isSymLink() ? Text::tr("This link leads to a file that is not there.")
                                : Text::tr("This file is not there any more.");
    if (info.isDir())
        return Text::tr("This is a folder. Attach the files in it.");
    if (!info.isFile())
        return Text::tr("This is not a regular file and cannot be attached.");
    return {};
}

void readInto(Attachment& attachment, const QString& path, const std::atomic<bool>* cancelled) {
    const QFileInfo info(path);
    attachment.error = checkKind(info);
    if (!attachment.error.isEmpty())
        return;
    attachment.size = info.size();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        attachment.error = file.error() == QFileDevice::PermissionsError || info.exists()
                               ? Text::tr("This file cannot be opened: you have no right to read it.")
                               : Text::tr("This file is not there any more.");
        return;
    }
    const QByteArray head = file.peek(1024);
    const bool picture = looksLikePicture(head);
    const bool pdf = head.contains("%PDF-");
    const qint64 limit = picture ? kImageFileLimit : pdf ? kPdfFileLimit : kTextFileLimit;
    // A binary file is refused for what it is, however large; a text for its size.
    if (!picture && !pdf && attachment.size > limit && head.contains('\0') && !decodeText(head)) {
        useText(head, attachment);
        return;
    }
    if (attachment.size > limit) {
        attachment.kind = picture ? QStringLiteral("image") : pdf ? QStringLiteral("pdf") : QStringLiteral("text");
        attachment.error = tooLarge(picture ? Text::tr("A picture")
                                    : pdf   ? Text::tr("A PDF")
                                            : Text::tr("A text file"),
                                    attachment.size, limit);
        return;
    }
    const QByteArray bytes = file.read(limit + 1); // it may have grown
    if (file.error() != QFileDevice::NoError || bytes.size() > limit) {
        attachment.error = Text::tr("This file could not be read to its end.");
        return;
    }
    attachment.size = bytes.size();
    if (picture)
        readPicture(bytes, attachment);
    else if (pdf)
        readPdf(bytes, attachment, cancelled);
    else
        useText(bytes, attachment);
}

} // namespace

Attachment loadAttachment(const QString& path, const std::atomic<bool>* cancelled) {
    Attachment attachment;
    attachment.name = QFileInfo(path).fileName();
    readInto(attachment, path, cancelled);
    if (!attachment.error.isEmpty())
        attachment.part.reset();
    return attachment;
}

Attachment attachmentFromImage(const QImage& image, const QString& name) {
    Attachment attachment;
    attachment.name = name;
    if (image.isNull()) {
        attachment.error = Text::tr("The clipboard's picture cannot be read.");
        return attachment;
    }
    usePicture(image, false, attachment);
    if (const auto* picture = attachment.part ? std::get_if<ImagePart>(&*attachment.part) : nullptr)
        attachment.size = qint64(picture->source.data.size()) * 3 / 4;
    return attachment;
}

QString sizeText(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, bytes < 1000000 ? 0 : 1, QLocale::DataSizeSIFormat);
}

} // namespace patchbay
