// A whole message for the clipboard and for export: as HTML (tables, lists and code stay what they are when pasted into
// a word processor) and as plain text (no Markdown signs). Raw HTML in the message is shown, never passed on.
#pragma once

#include <QString>

namespace patchbay {

/// A fragment of HTML 4: no scripts, no images, links only to http, https and mailto.
QString blocksToRichHtml(const QString& markdown);
QString plainText(const QString& markdown);

} // namespace patchbay
