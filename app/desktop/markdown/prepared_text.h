// Markdown made ready for md4c. What models write and md4c would misread is replaced by private characters that are put
// back when the text comes out again:
//  - LaTeX ($..$, $$..$$, \(..\), \[..\]) becomes a placeholder, so that its _ * \\ and | mean nothing to Markdown;
//  - an invisible space is put beside * runs between CJK text and punctuation, where CommonMark would see no emphasis
//    ("**注意：**文字");
//  - short delimiter rows of tables (|-|-|) get the three dashes that md4c wants.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringView>

namespace patchbay {

struct MathSpan {
    QString latex; // without its delimiters
    QString source; // with them
    bool display = false;
};

struct PreparedText {
    QByteArray utf8;
    QList<MathSpan> math;

    /// The original of a piece of `utf8`: for code, addresses and source.
    QString restore(QStringView text) const;
};

PreparedText prepareText(QStringView markdown);

/// A placeholder in output text: kMathBegin, hexadecimal digits from kMathDigit on, kMathEnd.
inline constexpr char16_t kMathBegin = 0xF8F0;
inline constexpr char16_t kMathEnd = 0xF8F1;
inline constexpr char16_t kMathDigit = 0xF8E0;
/// A space to md4c, nothing to a reader. Ogham is not lost to anyone: an original one is kept as a plain space.
inline constexpr char16_t kFlankSpace = 0x1680;

/// Reads the placeholder that begins at text[at]; on success `at` is behind it. -1 when it is none.
int readPlaceholder(QStringView text, qsizetype& at);

} // namespace patchbay
