#include "app/desktop/markdown/code_palette.h"

namespace patchbay {

namespace {

CodePalette paletteOf(std::initializer_list<std::pair<CodeToken, const char*>> colors) {
    CodePalette palette;
    for (const auto& [token, color] : colors)
        palette.colors[size_t(token)] = QString::fromLatin1(color);
    return palette;
}

bool isSpace(QChar c) {
    return c.isSpace();
}

} // namespace

CodePalette CodePalette::light() {
    return paletteOf({{CodeToken::Comment, "#5F6368"},
                      {CodeToken::Keyword, "#8A1C7C"},
                      {CodeToken::String, "#1B6B3A"},
                      {CodeToken::Number, "#8A4600"},
                      {CodeToken::Literal, "#8A4600"},
                      {CodeToken::Type, "#0B6070"},
                      {CodeToken::Function, "#1F4FC4"},
                      {CodeToken::Variable, "#8B2C00"},
                      {CodeToken::Attribute, "#734700"},
                      {CodeToken::Tag, "#A11D2E"},
                      {CodeToken::Meta, "#555900"},
                      {CodeToken::Addition, "#1B6B3A"},
                      {CodeToken::Deletion, "#B3261E"},
                      {CodeToken::Heading, "#1F4FC4"},
                      {CodeToken::Link, "#1F4FC4"}});
}

CodePalette CodePalette::dark() {
    return paletteOf({{CodeToken::Comment, "#9297A0"},
                      {CodeToken::Keyword, "#D8A6F0"},
                      {CodeToken::String, "#8FD19E"},
                      {CodeToken::Number, "#F0B67F"},
                      {CodeToken::Literal, "#F0B67F"},
                      {CodeToken::Type, "#7FD1DE"},
                      {CodeToken::Function, "#8AB0FF"},
                      {CodeToken::Variable, "#F2A98C"},
                      {CodeToken::Attribute, "#E5C07B"},
                      {CodeToken::Tag, "#FF9B9B"},
                      {CodeToken::Meta, "#C5C98A"},
                      {CodeToken::Addition, "#8FD19E"},
                      {CodeToken::Deletion, "#FF8F85"},
                      {CodeToken::Heading, "#8AB0FF"},
                      {CodeToken::Link, "#8AB0FF"}});
}

QString styledCode(QStringView code, const QList<CodeRun>& runs, const CodePalette& palette) {
    QString html;
    html.reserve(code.size() * 2);
    qsizetype run = -1;
    qsizetype runEnd = 0;
    bool colored = false;
    int column = 0;
    for (qsizetype i = 0; i < code.size(); ++i) {
        while (i >= runEnd) { // the next run; empty ones are passed over
            if (colored)
                html += QLatin1String("</font>");
            colored = false;
            if (++run >= runs.size()) {
                runEnd = code.size();
                break;
            }
            runEnd += runs[run].length;
            const QString& color = palette.colors[size_t(runs[run].token)];
            if (runs[run].length > 0 && !color.isEmpty()) {
                html += QStringLiteral("<font color=\"") + color + QStringLiteral("\">");
                colored = true;
            }
        }
        const QChar c = code[i];
        ++column;
        switch (c.unicode()) {
        case u'\n':
            html += QLatin1String("<br>");
            column = 0;
            break;
        case u'\t':
            html += QLatin1String("&nbsp;");
            for (; column % 4 != 0; ++column)
                html += QLatin1String("&nbsp;");
            break;
        case u'<':
            html += QLatin1String("&lt;");
            break;
        case u'>':
            html += QLatin1String("&gt;");
            break;
        case u'&':
            html += QLatin1String("&amp;");
            break;
        case u'"':
            html += QLatin1String("&quot;");
            break;
        case 0:
            html += QChar(QChar::ReplacementCharacter);
            break;
        case 0x3000:
            html += QLatin1String("&nbsp;&nbsp;");
            ++column;
            break;
        default:
            if (!isSpace(c)) {
                html += c;
            } else {
                // A single space between words stays one: lines may be broken there.
                const bool alone = c == u' ' && i > 0 && i + 1 < code.size() && !isSpace(code[i - 1]) && !isSpace(code[i + 1]);
                html += alone ? QStringLiteral(" ") : QStringLiteral("&nbsp;");
            }
        }
    }
    if (colored)
        html += QLatin1String("</font>");
    return html;
}

QString plainCodeHtml(const QString& code) {
    return styledCode(code, {}, {});
}

} // namespace patchbay
