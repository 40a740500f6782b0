// The text of a PDF, through Qt PDF. PDFium works on one document at a time, in any thread.
#pragma once

#include <atomic>

#include <QByteArray>

#include "app/desktop/transfer/attachment.h"

namespace patchbay {

/// Sets part, pages and preview, or error. `bytes` are the whole file.
void readPdf(const QByteArray& bytes, Attachment& attachment, const std::atomic<bool>* cancelled);

} // namespace patchbay
