// Bytes of unknown text to Unicode, and how a text file is shown to a model.
#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

namespace patchbay {

/// UTF-8, UTF-16 and UTF-32 by their marks; then valid UTF-8; then UTF-16 without a mark; then GB18030 where it reads
/// as Chinese; then Latin-1 (Windows-1252). nullopt where it is no text. Line ends become "\n".
std::optional<QString> decodeText(const QByteArray& bytes);

/// The name after ``` for a file of code or data ("python" for "main.py"); empty for prose and unknown names.
QString fenceLanguage(const QString& fileName);

/// The text in a fence longer than any inside it.
QString fenced(const QString& text, const QString& language);

} // namespace patchbay
