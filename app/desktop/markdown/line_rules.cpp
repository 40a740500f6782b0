#include "app/desktop/markdown/line_rules.h"

namespace patchbay {

bool isBlankLine(QStringView line) {
    for (const QChar c : line)
        if (c != u' ' && c != u'\t' && c != u'\n')
            return false;
    return true;
}

int indentOf(QStringView line) {
    int columns = 0;
    for (const QChar c : line) {
        if (c == u' ')
            ++columns;
        else if (c == u'\t')
            columns = (columns + 4) & ~3;
        else
            break;
    }
    return columns;
}

QStringView withoutIndent(QStringView line) {
    qsizetype at = 0;
    while (at < line.size() && (line[at] == u' ' || line[at] == u'\t'))
        ++at;
    return line.mid(at);
}

QStringView withoutColumns(QStringView line, int columns) {
    qsizetype at = 0;
    while (at < line.size() && columns > 0 && line[at] == u' ') {
        ++at;
        --columns;
    }
    return line.mid(at);
}

Fence openingFence(QStringView line) {
    const QStringView text = withoutIndent(line);
    if (text.isEmpty() || (text[0] != u'`' && text[0] != u'~'))
        return {};
    Fence fence{text[0], 0, indentOf(line), {}};
    while (fence.length < text.size() && text[fence.length] == fence.mark)
        ++fence.length;
    const QStringView info = text.mid(fence.length);
    if (fence.length < 3 || (fence.mark == u'`' && info.contains(u'`')))
        return {};
    fence.info = info.trimmed().toString();
    return fence;
}

bool closesFence(QStringView line, const Fence& fence) {
    if (indentOf(line) > 3)
        return false;
    const QStringView text = withoutIndent(line);
    int length = 0;
    while (length < text.size() && text[length] == fence.mark)
        ++length;
    return length >= fence.length && isBlankLine(text.mid(length));
}

bool isAtxHeading(QStringView line) {
    const QStringView text = withoutIndent(line);
    qsizetype level = 0;
    while (level < text.size() && text[level] == u'#')
        ++level;
    return level >= 1 && level <= 6 &&
           (level == text.size() || text[level] == u' ' || text[level] == u'\t' || text[level] == u'\n');
}

bool isThematicBreak(QStringView line) {
    const QStringView text = withoutIndent(line);
    if (text.isEmpty() || (text[0] != u'-' && text[0] != u'_' && text[0] != u'*'))
        return false;
    int count = 0;
    for (const QChar c : text) {
        if (c == text[0])
            ++count;
        else if (c != u' ' && c != u'\t' && c != u'\n')
            return false;
    }
    return count >= 3;
}

bool isSetextUnderline(QStringView line) {
    const QStringView text = withoutIndent(line);
    if (text.isEmpty() || (text[0] != u'=' && text[0] != u'-'))
        return false;
    qsizetype at = 0;
    while (at < text.size() && text[at] == text[0])
        ++at;
    return isBlankLine(text.mid(at));
}

bool isDelimiterRow(QStringView line) {
    bool pipe = false;
    bool dash = false;
    for (const QChar c : line) {
        pipe = pipe || c == u'|';
        dash = dash || c == u'-';
        if (c != u'|' && c != u'-' && c != u':' && c != u' ' && c != u'\t' && c != u'\n')
            return false;
    }
    return pipe && dash;
}

ListMark listMark(QStringView line, bool ended) {
    ListMark result;
    const QStringView text = withoutIndent(line);
    qsizetype width = 0;
    int number = 0;
    while (width < text.size() && width < 9 && text[width] >= u'0' && text[width] <= u'9')
        number = number * 10 + (text[width++].unicode() - u'0');
    if (width >= text.size())
        return {};
    const QChar mark = text[width];
    if (width > 0 ? (mark != u'.' && mark != u')') : (mark != u'-' && mark != u'+' && mark != u'*'))
        return {};
    result.number = width > 0 ? number : -1;
    ++width;
    const QStringView rest = text.mid(width);
    if (rest.isEmpty() ? !ended : (rest[0] != u' ' && rest[0] != u'\t' && rest[0] != u'\n'))
        return {};
    result.mark = mark;
    result.indent = indentOf(line);
    result.empty = isBlankLine(rest);
    result.bare = rest.isEmpty() || rest[0] == u'\n';
    const int after = result.indent + int(width);
    int spaces = 0;
    qsizetype skipped = 0;
    for (; skipped < rest.size() && (rest[skipped] == u' ' || rest[skipped] == u'\t'); ++skipped)
        spaces = rest[skipped] == u' ' ? spaces + 1 : ((after + spaces + 4) & ~3) - after;
    result.contentIndent = after + (result.empty ? 1 : spaces <= 4 ? spaces : 1);
    result.contentBegin = line.size() - rest.size() + skipped;
    return result;
}

QString openingMath(QStringView line) {
    const QStringView text = withoutIndent(line);
    const bool dollars = text.startsWith(QLatin1String("$$"));
    if (!dollars && !text.startsWith(QLatin1String("\\[")))
        return {};
    const QString close = dollars ? QStringLiteral("$$") : QStringLiteral("\\]");
    return text.indexOf(close, 2) >= 0 ? QString() : close;
}

bool isUndecided(QStringView partialLine) {
    if (partialLine.size() > 200)
        return false;
    for (const QChar c : partialLine)
        if (!QStringView(u"-=*_+`~#>|:.)$[! \t\\").contains(c) && !(c >= u'0' && c <= u'9'))
            return false;
    return true;
}

} // namespace patchbay
