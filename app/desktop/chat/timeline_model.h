// The open chat as a flat list, one row per block, the newest row first (ListView.BottomToTop). A reply that streams
// changes only the rows at its end. Older messages are fetched from the store as the view asks for them.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace patchbay {

class ChatPage;

class TimelineModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// The newest messages are being read.
    Q_PROPERTY(bool loading READ loading NOTIFY loadingChanged)
    /// Read, and there is nothing.
    Q_PROPERTY(bool empty READ empty NOTIFY countChanged)
public:
    enum Role {
        KindRole = Qt::UserRole + 1, ///< user, paragraph, heading, code, table, list, quote, rule, math, reasoning, tool,
                                     ///< image, error, footer, day
        MessageIdRole,
        BlockIdRole, ///< stays while the row grows
        RoleRole,    ///< "role": user, assistant, system, tool
        FirstRole,   ///< first row of its message
        HtmlRole,
        PlainRole,
        SourceRole,
        LevelRole,
        MarkerRole,
        LanguageRole,
        CodeRole,
        HighlightedRole,
        TableRole,
        FoldedRole,
        ElapsedTextRole,
        StreamingRole,
        StatusRole, ///< of the message: complete, streaming, stopped, error, interrupted
        ErrorTextRole,
        ErrorHintRole,
        AttachmentsRole,
        VersionIndexRole, ///< 1 … versionCount
        VersionCountRole,
        FooterRole,
        FeedbackRole,
        ToolNameRole,
        ToolArgumentsRole,
        ToolResultRole,
        QuoteDepthRole,
        HighlightedMatchRole,
    };
    Q_ENUM(Role)

    explicit TimelineModel(ChatPage& page);
    ~TimelineModel() override;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return rowCount(); }
    bool loading() const { return m_loading; }
    bool empty() const { return !m_loading && rowCount() == 0; }

    Q_INVOKABLE void setFolded(int row, bool folded);
    /// Colours the code of a row that is on the screen; `highlighted` follows.
    Q_INVOKABLE void requestHighlight(int row);
    /// The first row of a message (the one at its top), or -1 while it is not loaded.
    Q_INVOKABLE int rowOfMessage(const QString& id) const;
    /// What copying the row copies.
    Q_INVOKABLE QString textOf(int row) const;

Q_SIGNALS:
    void countChanged();
    void loadingChanged();

private:
    ChatPage& m_page;
    bool m_loading = false;
};

} // namespace patchbay
