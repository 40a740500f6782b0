// Pictures made fit for models: upright, in sRGB, no larger than vendors take them, and without what cameras write
// beside the picture (place, time, device).
#pragma once

#include <optional>

#include <QByteArray>
#include <QImage>
#include <QString>

#include "app/desktop/transfer/attachment.h"

namespace patchbay {

/// Whether the bytes begin like a PNG, JPEG, GIF or WebP.
bool looksLikePicture(const QByteArray& head);
/// Sets part and preview, or error. `bytes` are the whole file.
void readPicture(const QByteArray& bytes, Attachment& attachment);
/// The same for a picture that is there already.
void usePicture(QImage image, bool preferJpeg, Attachment& attachment);

} // namespace patchbay
