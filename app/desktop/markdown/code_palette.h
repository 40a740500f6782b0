// What code can be and its colours; runs of tokens -> StyledText html.
#pragma once

#include <QList>
#include <QString>

namespace patchbay {

/// What a piece of code can be; each has a colour in a palette.
enum class CodeToken {
    Text,
    Comment,
    Keyword,
    String,
    Number,
    Literal,
    Type,
    Function,
    Variable,
    Attribute,
    Tag,
    Meta,
    Addition,
    Deletion,
    Heading,
    Link,
    Count
};

struct CodePalette {
    QString colors[size_t(CodeToken::Count)]; // "#rrggbb"; an empty one leaves the colour of the text

    /// All of at least 4.5:1 on the sunken surfaces #F3F3F1 and #131416.
    static CodePalette light();
    static CodePalette dark();
    bool operator==(const CodePalette&) const = default;
};

struct CodeRun {
    int length = 0; // in UTF-16 units
    CodeToken token = CodeToken::Text;
};

/// StyledText for `code`. Spaces and lines are kept (StyledText would merge them); a tab goes to the next multiple of
/// four columns. Runs may end before the code does.
QString styledCode(QStringView code, const QList<CodeRun>& runs, const CodePalette& palette);

/// The code without colours: what to show until they are found.
QString plainCodeHtml(const QString& code);

} // namespace patchbay
