#include "app/desktop/markdown/rich_html.h"

#include "app/desktop/markdown/markdown_document.h"

namespace patchbay {

QString blocksToRichHtml(const QString& markdown) {
    return markdown.toHtmlEscaped();
}

QString plainText(const QString& markdown) {
    return markdown;
}

} // namespace patchbay
