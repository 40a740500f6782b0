#include "app/desktop/markdown/block.h"

namespace patchbay {

QString blockKindName(BlockKind kind) {
    switch (kind) {
    case BlockKind::Paragraph:
        return QStringLiteral("paragraph");
    case BlockKind::Heading:
        return QStringLiteral("heading");
    case BlockKind::Code:
        return QStringLiteral("code");
    case BlockKind::Table:
        return QStringLiteral("table");
    case BlockKind::ListItem:
        return QStringLiteral("list");
    case BlockKind::Quote:
        return QStringLiteral("quote");
    case BlockKind::Rule:
        return QStringLiteral("rule");
    case BlockKind::Math:
        return QStringLiteral("math");
    case BlockKind::Image:
        return QStringLiteral("image");
    }
    return {};
}

QString Block::source() const {
    if (kind != BlockKind::Code)
        return markdown;
    // Built when asked for: a code block that streams must not be kept twice. The fence is longer than any in the code.
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar character : code) {
        run = character == u'`' ? run + 1 : 0;
        longest = qMax(longest, run);
    }
    const QString fence(qMax<qsizetype>(3, longest + 1), u'`');
    return fence + language + u'\n' + code + (code.isEmpty() ? QString() : QStringLiteral("\n")) + fence;
}

QString withCodeColor(QString html, const QString& color) {
    if (!html.contains(QLatin1String("<code>")))
        return html;
    html.replace(QLatin1String("<code>"), QStringLiteral("<code><font color=\"%1\">").arg(color));
    html.replace(QLatin1String("</code>"), QLatin1String("</font></code>"));
    return html;
}

} // namespace patchbay
