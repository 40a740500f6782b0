#include "app/desktop/markdown/code_highlighter.h"

#include <QMetaObject>

namespace patchbay {

struct CodeHighlighter::Private {};

CodePalette CodePalette::light() {
    return {};
}

CodePalette CodePalette::dark() {
    return {};
}

QString plainCodeHtml(const QString& code) {
    return code.toHtmlEscaped();
}

CodeHighlighter::CodeHighlighter(QObject* parent) : QObject(parent), m_private(std::make_unique<Private>()) {}
CodeHighlighter::~CodeHighlighter() = default;
void CodeHighlighter::setPalette(const CodePalette&) {}

void CodeHighlighter::request(const QString& blockId, const QString& code, const QString&, bool) {
    QMetaObject::invokeMethod(
        this, [this, blockId, code] { Q_EMIT ready(blockId, code, plainCodeHtml(code), false); },
        Qt::QueuedConnection);
}

void CodeHighlighter::cancel(const QString&) {}

bool CodeHighlighter::knows(const QString&) {
    return false;
}

} // namespace patchbay
