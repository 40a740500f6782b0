// The tables behind latexToText.
#pragma once

#include <QHash>
#include <QString>

namespace patchbay::latex {

/// Commands without arguments that are one symbol; relations and binary operators come with spaces around them.
const QHash<QString, QString>& symbols();
/// sin, log, lim...: written upright, with a space before a letter that follows.
bool isFunctionName(const QString& command);
/// Empty when a character has no small form.
QString superscript(const QString& text);
QString subscript(const QString& text);
/// A double-struck capital letter or digit one; others as they are.
QString blackboard(const QString& text);
/// The combining character of \hat, \vec...; null when the command is no accent.
QChar accent(const QString& command);

} // namespace patchbay::latex
