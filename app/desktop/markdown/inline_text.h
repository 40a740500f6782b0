// What md4c reports about the text inside a block -> StyledText html and plain text.
#pragma once

#include <QList>
#include <QString>

#include <md4c.h>

#include "app/desktop/markdown/prepared_text.h"

namespace patchbay {

/// `text` for StyledText: signs escaped, runs of spaces kept.
QString escapedText(QStringView text);
QString attributeText(const MD_ATTRIBUTE& attribute, const PreparedText& prepared);

class InlineText {
public:
    explicit InlineText(const PreparedText& prepared) : m_prepared(prepared) {}

    void enter(MD_SPANTYPE type, const void* detail);
    void leave(MD_SPANTYPE type);
    void add(MD_TEXTTYPE type, QStringView text);
    void addMath(const MathSpan& math);

    bool isEmpty() const { return m_html.isEmpty() && m_plain.isEmpty(); }
    bool inSpan() const { return !m_spans.isEmpty(); }
    /// The one thing in it is an image: its address, also one that may not be opened. Else empty.
    QString onlyImage() const { return m_pieces == 1 ? m_imageAddress : QString(); }

    QString html() const;
    QString plain() const;
    void clear();

private:
    struct Span {
        MD_SPANTYPE type;
        QString url; // openable; else empty
        QString address; // as written
        qsizetype plainBegin; // where its label begins
    };

    void append(const QString& text);
    void lineBreak();

    const PreparedText& m_prepared;
    QString m_html;
    QString m_plain;
    QList<Span> m_spans;
    int m_images = 0; // nested image labels: their text only
    int m_links = 0;
    int m_pieces = 0; // things outside any span
    QString m_imageAddress;
};

} // namespace patchbay
