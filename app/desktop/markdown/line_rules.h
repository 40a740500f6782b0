// What a line of Markdown begins, as CommonMark and md4c see it: just enough to find where one top-level block ends and
// the next begins, without parsing what is inside.
#pragma once

#include <QString>
#include <QStringView>

namespace patchbay {

struct Fence {
    QChar mark; // ` or ~; null: none
    int length = 0;
    int indent = 0;
    QString info;

    bool isOpen() const { return length > 0; }
};

struct ListMark {
    QChar mark; // - + * . ) ; null: none
    int number = -1; // ordered lists
    int indent = 0;
    int contentIndent = 0; // columns a line must be indented by to belong to the item
    bool empty = false; // nothing behind the mark, or spaces only
    bool bare = false; // not even a space: cannot interrupt a paragraph
    qsizetype contentBegin = 0; // in the line

    bool isValid() const { return !mark.isNull(); }
    bool isOrdered() const { return number >= 0; }
    bool sameList(const ListMark& other) const { return mark == other.mark; }
};

bool isBlankLine(QStringView line);
/// In columns; a tab goes to the next multiple of four.
int indentOf(QStringView line);
QStringView withoutIndent(QStringView line);
/// `line` without up to `columns` columns of leading space.
QStringView withoutColumns(QStringView line, int columns);

/// For a line of any indent; the caller decides whether the indent allows it.
Fence openingFence(QStringView line);
bool closesFence(QStringView line, const Fence& fence);
bool isAtxHeading(QStringView line);
bool isThematicBreak(QStringView line);
bool isSetextUnderline(QStringView line);
bool isDelimiterRow(QStringView line);
/// `ended`: a newline follows; a mark at the very end of the text is none.
ListMark listMark(QStringView line, bool ended);

/// The sign that must close it when a display formula opens the line ("$$", "\\]") and is not closed in it; else empty.
QString openingMath(QStringView line);

/// Nothing but signs that can still become many things ("-", "2.", "``"): not worth showing yet.
bool isUndecided(QStringView partialLine);

} // namespace patchbay
