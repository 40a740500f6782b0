// Names people write behind a code fence -> names of highlight.js.
#pragma once

#include <QString>
#include <QStringList>

namespace patchbay {

/// The name to ask highlight.js for; it has aliases of its own for what is not in our table.
QString highlightLanguage(const QString& name);
/// Whether `name` is one of the languages that are known to be coloured, or an alias of one.
bool isKnownLanguage(const QString& name);

} // namespace patchbay
