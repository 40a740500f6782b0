// Names for files that every system takes: Windows is the strictest of them.
#pragma once

#include <QSet>
#include <QString>

namespace patchbay {

/// The title without what a file's name may not have, at most 100 characters and 200 bytes; `fallback` where nothing is
/// left. Without an ending.
QString safeFileName(const QString& title, const QString& fallback);

/// `name` + `ending`, with " (2)", " (3)" … where it was given out before. Upper and lower case are the same name.
QString uniqueFileName(const QString& name, const QString& ending, QSet<QString>& used);

} // namespace patchbay
