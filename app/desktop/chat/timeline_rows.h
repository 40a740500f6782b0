// From a stored message to the rows of the timeline. A message that is complete keeps its rows and drops its text (the
// rows have it); the text of the whole message is read from the store when it is copied.
#pragma once

#include <memory>
#include <vector>

#include <QDate>
#include <QElapsedTimer>
#include <QString>
#include <QVariant>

#include "app/desktop/markdown/block.h"
#include "storage/records.h"

namespace patchbay {

struct TimelineMessage {
    MessageRecord record; ///< its parts are empty once the rows are made
    QString id;
    QDate day;
    int version = 1;
    int versions = 1;
    QString userText;         ///< of a user's message
    QVariantList attachments; ///< of a user's message
    bool growing = false;
    bool gone = false; ///< about to be removed
};

enum class RowKind : quint8 { User, Block, Reasoning, Tool, Image, Error, Footer, Day };

struct TimelineRow {
    TimelineMessage* message = nullptr; ///< a day row belongs to the message below it
    RowKind kind = RowKind::Block;
    bool first = false; ///< of its message
    bool folded = false;
    int part = 0;  ///< of the message's content
    int index = 0; ///< within the part
    Block block;   ///< Block rows; Reasoning: its `plain`; Tool: name in `language`, arguments in `code`
    QString toolCallId;
    QVariantMap image;   ///< Image rows: an attachment
    QString elapsed;     ///< Reasoning rows: how long it took, where that is known
    QString highlighted; ///< code as html
    bool wantsColours = false;

    /// Stable while the row grows.
    QString blockId() const;
    QString kindName() const;
};

/// Takes what the rows need out of the record.
std::unique_ptr<TimelineMessage> makeTimelineMessage(PathMessage message);
/// All rows of a message, oldest first. Leaves the message without its parts.
std::vector<TimelineRow> makeRows(TimelineMessage& message);
/// Rows for one part of an assistant's message; nothing for what is not shown.
std::vector<TimelineRow> rowsOfPart(TimelineMessage& message, int part, const ContentPart& content);
/// The rows below the content: error, then footer.
std::vector<TimelineRow> closingRows(TimelineMessage& message);
/// What a reader sees of tool results: text, or what kind of thing it is.
QString toolResultText(const ToolResultPart& result);
/// {model, provider, tokens, inputTokens, outputTokens, cost, firstToken, speed, duration, finish, time, traceId};
/// texts that are not known are empty.
QVariantMap footerOf(const TimelineMessage& message);

} // namespace patchbay
