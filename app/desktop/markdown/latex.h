// LaTeX formulas as readable text: Greek, operators, sums, roots, fractions as a/b, indices with the small characters
// Unicode has and ^(..) or _(..) where it has none. It is a reading aid, not a layout; what it does not know stays as
// it is written.
#pragma once

#include <QString>
#include <QStringView>

namespace patchbay {

/// `display`: a formula on its own lines; rows of aligned and cases get lines of their own, else they are joined by ;
QString latexToText(QStringView latex, bool display = false);

} // namespace patchbay
