#include "app/desktop/chat/timeline_model.h"

#include "app/desktop/chat/chat_page.h"

namespace patchbay {

TimelineModel::TimelineModel(ChatPage& page) : m_page(page) {
}

TimelineModel::~TimelineModel() = default;

QVariant TimelineModel::data(const QModelIndex&, int) const {
    return {};
}

void TimelineModel::setFolded(int, bool) {
}

void TimelineModel::requestHighlight(int) {
}

int TimelineModel::rowOfMessage(const QString&) const {
    return -1;
}

QString TimelineModel::textOf(int) const {
    return {};
}

QHash<int, QByteArray> TimelineModel::roleNames() const {
    return {
        {KindRole, "kind"},
        {MessageIdRole, "messageId"},
        {BlockIdRole, "blockId"},
        {RoleRole, "role"},
        {FirstRole, "first"},
        {HtmlRole, "html"},
        {PlainRole, "plain"},
        {SourceRole, "source"},
        {LevelRole, "level"},
        {MarkerRole, "marker"},
        {LanguageRole, "language"},
        {CodeRole, "code"},
        {HighlightedRole, "highlighted"},
        {TableRole, "table"},
        {FoldedRole, "folded"},
        {ElapsedTextRole, "elapsedText"},
        {StreamingRole, "streaming"},
        {StatusRole, "status"},
        {ErrorTextRole, "errorText"},
        {ErrorHintRole, "errorHint"},
        {AttachmentsRole, "attachments"},
        {VersionIndexRole, "versionIndex"},
        {VersionCountRole, "versionCount"},
        {FooterRole, "footer"},
        {FeedbackRole, "feedback"},
        {ToolNameRole, "toolName"},
        {ToolArgumentsRole, "toolArguments"},
        {ToolResultRole, "toolResult"},
        {QuoteDepthRole, "quoteDepth"},
        {HighlightedMatchRole, "highlightedMatch"},
    };
}

} // namespace patchbay
