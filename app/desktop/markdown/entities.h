// Character references of HTML (&amp; &#x4e2d; ...), as Markdown allows them.
#pragma once

#include <QString>
#include <QStringView>

namespace patchbay {

/// The text of one whole reference with its & and ;. An unknown name is returned as it is; a code that is no character
/// becomes U+FFFD.
QString entityText(QStringView reference);

} // namespace patchbay
