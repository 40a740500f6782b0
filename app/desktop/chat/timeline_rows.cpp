#include "app/desktop/chat/timeline_rows.h"

#include <QCoreApplication>
#include <QLocale>

#include "app/desktop/chat/display_text.h"
#include "app/desktop/markdown/markdown_document.h"
#include "app/desktop/transfer/attachment_images.h"

namespace patchbay {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("Timeline", text);
}

QString finishText(const MessageRecord& record) {
    switch (record.status) {
    case MessageStatus::Stopped:
        return translated(QT_TRANSLATE_NOOP("Timeline", "Stopped"));
    case MessageStatus::Interrupted:
        return translated(QT_TRANSLATE_NOOP("Timeline", "Interrupted: the program ended while this was written"));
    case MessageStatus::Error:
        return translated(QT_TRANSLATE_NOOP("Timeline", "Broke off"));
    default:
        break;
    }
    if (record.finishReason == "length")
        return translated(QT_TRANSLATE_NOOP("Timeline", "Cut off at the length limit"));
    if (record.finishReason == "content_filter")
        return translated(QT_TRANSLATE_NOOP("Timeline", "Ended by the content filter"));
    if (record.finishReason == "tool_calls")
        return translated(QT_TRANSLATE_NOOP("Timeline", "Waits for a tool"));
    if (record.finishReason.empty() || record.finishReason == "stop")
        return {};
    return toQt(record.finishReason);
}

QString tokenTextOf(const Usage& usage) {
    const auto text = [](std::optional<std::int64_t> count) {
        return count ? tokensText(*count) : QStringLiteral("?");
    };
    if (!usage.inputTotal && !usage.outputTotal)
        return {};
    return translated(QT_TRANSLATE_NOOP("Timeline", "%1 in, %2 out"))
        .arg(text(usage.inputTotal), text(usage.outputTotal));
}

TimelineRow rowOf(TimelineMessage& message, RowKind kind, int part = 0) {
    TimelineRow row;
    row.message = &message;
    row.kind = kind;
    row.part = part;
    row.folded = kind == RowKind::Reasoning || kind == RowKind::Tool;
    return row;
}

bool isUsers(const MessageRecord& record) {
    return record.message.role != Role::Assistant && record.message.role != Role::Tool;
}

} // namespace

QString TimelineRow::blockId() const {
    switch (kind) {
    case RowKind::Day:
        return message->id + QStringLiteral(":day");
    case RowKind::User:
        return message->id;
    case RowKind::Error:
        return message->id + QStringLiteral(":error");
    case RowKind::Footer:
        return message->id + QStringLiteral(":footer");
    default:
        return QStringLiteral("%1:%2:%3").arg(message->id).arg(part).arg(index);
    }
}

QString TimelineRow::kindName() const {
    switch (kind) {
    case RowKind::User:
        return QStringLiteral("user");
    case RowKind::Block:
        return blockKindName(block.kind);
    case RowKind::Reasoning:
        return QStringLiteral("reasoning");
    case RowKind::Tool:
        return QStringLiteral("tool");
    case RowKind::Image:
        return QStringLiteral("image");
    case RowKind::Error:
        return QStringLiteral("error");
    case RowKind::Footer:
        return QStringLiteral("footer");
    case RowKind::Day:
        return QStringLiteral("day");
    }
    return {};
}

std::unique_ptr<TimelineMessage> makeTimelineMessage(PathMessage message) {
    auto made = std::make_unique<TimelineMessage>();
    made->record = std::move(message.record);
    made->id = toQt(made->record.id);
    made->day = fromMilliseconds(made->record.createdAt).date();
    made->version = message.version;
    made->versions = message.versions;
    if (isUsers(made->record)) {
        made->userText = toQt(textOf(made->record.message));
        made->attachments = attachmentsOf(made->record);
        made->record.message.parts.clear();
    }
    return made;
}

std::vector<TimelineRow> rowsOfPart(TimelineMessage& message, int part, const ContentPart& content) {
    std::vector<TimelineRow> rows;
    const auto addText = [&](const std::string& text) {
        const MarkdownDocument document(toQt(text));
        for (const Block& block : document.blocks()) {
            TimelineRow row = rowOf(message, RowKind::Block, part);
            row.index = static_cast<int>(rows.size());
            row.block = block;
            rows.push_back(std::move(row));
        }
    };
    if (const auto* text = std::get_if<TextPart>(&content))
        addText(text->text);
    else if (const auto* refusal = std::get_if<RefusalPart>(&content))
        addText(refusal->text);
    else if (const auto* reasoning = std::get_if<ReasoningPart>(&content)) {
        if (reasoning->text.empty())
            return rows; // redacted, or a signature only
        TimelineRow row = rowOf(message, RowKind::Reasoning, part);
        row.block.plain = toQt(reasoning->text);
        rows.push_back(std::move(row));
    } else if (const auto* call = std::get_if<ToolCallPart>(&content)) {
        TimelineRow row = rowOf(message, RowKind::Tool, part);
        row.block.language = toQt(call->name);
        row.block.code = toQt(call->arguments);
        row.toolCallId = toQt(call->id);
        rows.push_back(std::move(row));
    } else if (QVariantMap image = attachmentOf(content, message.id, part); !image.isEmpty()) {
        TimelineRow row = rowOf(message, RowKind::Image, part);
        row.image = std::move(image);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<TimelineRow> closingRows(TimelineMessage& message) {
    std::vector<TimelineRow> rows;
    if (message.record.error && !message.growing)
        rows.push_back(rowOf(message, RowKind::Error));
    rows.push_back(rowOf(message, RowKind::Footer));
    return rows;
}

std::vector<TimelineRow> makeRows(TimelineMessage& message) {
    std::vector<TimelineRow> rows;
    if (isUsers(message.record)) {
        rows.push_back(rowOf(message, RowKind::User));
    } else if (message.record.message.role == Role::Assistant) {
        const std::vector<ContentPart>& parts = message.record.message.parts;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            auto more = rowsOfPart(message, static_cast<int>(i), parts[i]);
            rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
        }
        for (TimelineRow& row : closingRows(message))
            rows.push_back(std::move(row));
    }
    message.record.message.parts = {};
    if (!rows.empty())
        rows.front().first = true;
    return rows;
}

QString toolResultText(const ToolResultPart& result) {
    QStringList pieces;
    for (const auto& content : result.content) {
        if (const auto* text = std::get_if<TextPart>(&content))
            pieces += toQt(text->text);
        else if (std::holds_alternative<ImagePart>(content))
            pieces += translated(QT_TRANSLATE_NOOP("Timeline", "[picture]"));
        else
            pieces += translated(QT_TRANSLATE_NOOP("Timeline", "[file]"));
    }
    return pieces.join(QLatin1Char('\n'));
}

QVariantMap footerOf(const TimelineMessage& message) {
    const MessageRecord& record = message.record;
    const QLocale locale;
    QVariantMap footer;
    footer["model"] = toQt(record.model);
    footer["provider"] = toQt(record.provider);
    footer["traceId"] = toQt(record.traceId);
    footer["tokens"] = tokenTextOf(record.usage);
    footer["estimated"] = record.usage.estimated;
    footer["inputTokens"] = static_cast<double>(record.usage.inputTotal.value_or(0));
    footer["outputTokens"] = static_cast<double>(record.usage.outputTotal.value_or(0));
    footer["cost"] = record.costNanoUsd ? moneyText(*record.costNanoUsd) : QString();
    footer["firstToken"] = record.firstTokenMs ? durationText(*record.firstTokenMs) : QString();
    footer["duration"] = record.durationMs ? durationText(*record.durationMs) : QString();
    footer["time"] = locale.toString(fromMilliseconds(record.createdAt).time(), QLocale::ShortFormat);
    footer["finish"] = finishText(record);
    QString speed;
    if (record.firstTokenMs && record.durationMs && record.usage.outputTotal && *record.usage.outputTotal > 1 &&
        *record.durationMs > *record.firstTokenMs) {
        const double seconds = static_cast<double>(*record.durationMs - *record.firstTokenMs) / 1000;
        const double rate = static_cast<double>(*record.usage.outputTotal) / seconds;
        speed =
            translated(QT_TRANSLATE_NOOP("Timeline", "%1 tokens/s")).arg(locale.toString(rate, 'f', rate < 10 ? 1 : 0));
    }
    footer["speed"] = speed;
    return footer;
}

} // namespace patchbay
