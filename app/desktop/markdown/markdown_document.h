// A reply as it grows. append() parses only the last top-level block that is not finished, so a token costs the same at
// the end of a long reply as at its beginning; what came of it is the same as if the whole text had come at once.
//
//     MarkdownDocument document;
//     BlockChange change = document.append(delta); // then dataChanged / insertRows / removeRows for these rows
//     change = document.finish();                  // the reply is complete
//
// Block i is the same block for good once a later one has begun, so "message id + index" identifies it. (One exception:
// a link reference definition that comes late renews the blocks that use it, with the same count.)
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringView>

#include "app/desktop/markdown/block.h"

namespace patchbay {

/// Rows first..first+removed-1 were replaced by first..first+added-1. Rows in common changed; all others did not.
struct BlockChange {
    int first = 0;
    int removed = 0;
    int added = 0;

    bool isEmpty() const { return removed == 0 && added == 0; }
};

class MarkdownDocument {
public:
    MarkdownDocument() = default;
    /// The whole text at once, finished.
    explicit MarkdownDocument(QStringView markdown);

    /// Adds what came. Line ends may be CR, LF or both; a delta may end anywhere, in a surrogate pair too.
    BlockChange append(QStringView delta);
    /// No more will come: what was held back (a lone `-` that could become anything) is shown. append() after it
    /// continues the text.
    BlockChange finish();

    const QList<Block>& blocks() const { return m_blocks; }
    int count() const { return int(m_blocks.size()); }
    const Block& block(int index) const { return m_blocks.at(index); }
    /// All that came, with LF line ends.
    const QString& text() const { return m_text; }
    /// Bytes that were given to the parser so far: what appending costs.
    qint64 parsedBytes() const { return m_parsedBytes; }

private:
    QString m_text;
    QList<Block> m_blocks;
    qint64 m_parsedBytes = 0;
};

} // namespace patchbay
