// One row of a reply as the chat shows it: a paragraph, a list item, a code block, a table... A reply is a flat list of
// them: nesting is kept as depths, so that a view needs no tree and a list that grows changes only its last row.
//
// `html` holds only what Text.StyledText understands: <b> <i> <u> <s> <br> <a href> and the entities lt, gt, amp, quot
// and nbsp; never an image. Inline code is marked with <code>, which Text ignores: see withCodeColor.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace patchbay {

enum class BlockKind { Paragraph, Heading, Code, Table, ListItem, Quote, Rule, Math, Image };
enum class TaskState { None, Open, Done };
enum class CellAlign { Default, Left, Center, Right };

/// The name of the role `kind` of the timeline: "paragraph", "heading", "code", "table", "list", "quote", "rule",
/// "math" or "image".
QString blockKindName(BlockKind kind);

struct BlockTable {
    QStringList header; // html of each cell
    QList<QStringList> rows; // each as long as the header
    QList<CellAlign> align;
    QStringList plainHeader;
    QList<QStringList> plainRows;
    bool continued = false; // a very long table goes on in a second block, with the same header

    bool operator==(const BlockTable&) const = default;
};

struct Block {
    BlockKind kind = BlockKind::Paragraph;
    int level = 0; // heading: 1-6; list item: depth, from 1
    int listDepth = 0; // how many lists it stands in, for any kind (a code block in a list item has 1)
    int quoteDepth = 0;
    bool ordered = false; // list item
    int number = 0; // ordered list item
    TaskState task = TaskState::None;
    QString marker; // list item: "•", "3.", "☑", "☐"; empty on its second and later paragraphs
    QString html;
    QString plain;
    QString language; // code: first word after the fence, lower case
    QString code; // code: the text without the last newline; math: the LaTeX
    QString url; // image: where it is (never fetched)
    BlockTable table;
    QString markdown; // use source()
    bool open = false; // a code or math block whose end has not come yet

    bool operator==(const Block&) const = default;

    /// Its Markdown, without a newline at the end.
    QString source() const;
};

/// `html` with inline code in this colour ("#rrggbb").
QString withCodeColor(QString html, const QString& color);

} // namespace patchbay
