// A piece of Markdown -> its blocks, in one run of md4c (GitHub's dialect; raw HTML is text).
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

#include "app/desktop/markdown/block.h"

namespace patchbay {

struct ParseInput {
    QStringView markdown;
    /// Put in front to give the piece its surroundings (link definitions, the head of a table that goes on). Ends with
    /// a newline, or is empty.
    QString context;
    /// Rows that only come from the context.
    int skippedRows = 0;
    /// The number of the first item when the piece begins with an ordered list, or -1: as it is written.
    int firstNumber = -1;
};

struct ParseOutput {
    QList<Block> blocks;
    qint64 bytes = 0; // what md4c read
};

ParseOutput parseBlocks(const ParseInput& input);

/// "{.python}", "Python title=x", "python:file.py" -> "python".
QString languageOf(const QString& info);

} // namespace patchbay
