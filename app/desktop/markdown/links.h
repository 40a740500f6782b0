// Which addresses of a reply may be opened, and what is shown so that nobody is led elsewhere than he reads.
#pragma once

#include <QString>

namespace patchbay {

/// The address, encoded, when it is http, https (with a host) or mailto; empty for everything else.
QString openableUrl(const QString& address);
/// The host of `url` when the label claims to be an address of another one; else empty.
QString hiddenHost(const QString& label, const QString& url);
/// Without control characters and without the characters that turn the direction of what follows.
QString withoutDirectionTricks(const QString& text);

} // namespace patchbay
