// The parts of a reply that streams: how much of each the timeline has taken already, and the documents that parse only
// what is new.
#pragma once

#include <memory>
#include <vector>

#include <QElapsedTimer>
#include <QStringDecoder>

#include "app/desktop/chat/timeline_rows.h"
#include "app/desktop/markdown/markdown_document.h"

namespace patchbay {

struct GrowingPart {
    std::size_t taken = 0;                        ///< bytes
    QStringDecoder decoder{QStringDecoder::Utf8}; ///< a delta may end inside a character
    MarkdownDocument document;
    QElapsedTimer since;
    std::size_t rows = 0;

    /// What of `text` is new.
    QString take(const std::string& text);
};

struct GrowingReply {
    TimelineMessage* message = nullptr;
    std::vector<std::unique_ptr<GrowingPart>> parts;
    bool waiting = false; ///< nothing came yet: there is only a footer that says so
};

} // namespace patchbay
