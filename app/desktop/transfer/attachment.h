// A file that goes to the model with a message: a picture, a text or the text of a PDF, ready to be sent. Loading is
// plain blocking code without any state, made to run off the window's thread; AttachmentList does that.
#pragma once

#include <atomic>
#include <optional>

#include <QImage>
#include <QString>

#include "chat/content.h"

namespace patchbay {

struct Attachment {
    QString name;                    ///< as a person knows it: "report.pdf"
    QString kind;                    ///< "image", "text", "pdf"; empty where it is none of them
    qint64 size = 0;                 ///< bytes of the file as it was chosen
    int pages = 0;                   ///< of a PDF
    QImage preview;                  ///< small; of pictures and of a PDF's first page
    std::optional<ContentPart> part; ///< what is sent; nullopt when there is an error
    QString error;                   ///< for a person, with what to do; empty = fine
};

/// Limits, said in the errors.
inline constexpr qint64 kTextFileLimit = 1000000;
inline constexpr qint64 kImageFileLimit = qint64{50} << 20;
inline constexpr qint64 kPdfFileLimit = qint64{50} << 20;
inline constexpr int kImageSideLimit = 2048;          ///< pixels; larger pictures are scaled down
inline constexpr qint64 kImageBytesLimit = 3'700'000; ///< of the encoded picture: base64 of it stays under 5 MB
inline constexpr int kPreviewSide = 192;              ///< pixels

/// Reads a file of any kind. Never follows a name into a device or a pipe. `cancelled` is looked at between pages of a
/// PDF; may be null.
Attachment loadAttachment(const QString& path, const std::atomic<bool>* cancelled = nullptr);
/// A picture without a file: from the clipboard.
Attachment attachmentFromImage(const QImage& image, const QString& name);

/// "12 KB", "3.4 MB" in the window's language.
QString sizeText(qint64 bytes);

} // namespace patchbay
