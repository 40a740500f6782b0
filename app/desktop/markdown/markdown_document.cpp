#include "app/desktop/markdown/markdown_document.h"

namespace patchbay {

MarkdownDocument::MarkdownDocument(QStringView markdown) {
    append(markdown);
    finish();
}

BlockChange MarkdownDocument::append(QStringView delta) {
    m_text += delta;
    const int before = count();
    m_blocks.clear();
    Block block;
    block.plain = m_text;
    block.html = m_text.toHtmlEscaped();
    block.markdown = m_text;
    m_blocks.append(block);
    return {0, before, count()};
}

BlockChange MarkdownDocument::finish() {
    return {count(), 0, 0};
}

} // namespace patchbay
