// The open chat as a flat list, one row per block, the newest row first (ListView.BottomToTop). A reply that streams
// changes only the rows at its end. Older messages are fetched from the store as the view asks for them.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include <QAbstractListModel>
#include <QHash>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/chat/timeline_rows.h"

#ifndef Q_MOC_RUN
#include <QCoroTask>

#include "app/desktop/chat/growing_reply.h"
#include "app/desktop/markdown/code_highlighter.h"
#endif

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
    /// Which colours code gets; the page binds it to the theme.
    Q_PROPERTY(bool darkCode READ darkCode WRITE setDarkCode NOTIFY darkCodeChanged)
    /// Colour of code inside text ("#rrggbb"), which is part of `html`.
    Q_PROPERTY(QString inlineCodeColor READ inlineCodeColor WRITE setInlineCodeColor NOTIFY inlineCodeColorChanged)
public:
    enum Role {
        KindRole = Qt::UserRole + 1, ///< user, paragraph, heading, code, table, list, quote, rule, math, reasoning,
                                     ///< tool, image, error, footer, day
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

    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    int count() const { return static_cast<int>(m_rows.size()); }
    bool loading() const { return m_loading; }
    bool empty() const { return !m_loading && m_rows.empty(); }
    bool darkCode() const { return m_darkCode; }
    void setDarkCode(bool dark);
    QString inlineCodeColor() const { return m_inlineCodeColor; }
    void setInlineCodeColor(const QString& color);

    Q_INVOKABLE void setFolded(int row, bool folded);
    /// Colours the code of a row that is on the screen; `highlighted` follows.
    Q_INVOKABLE void requestHighlight(int row);
    /// The first row of a message (the one at its top), or -1 while it is not loaded.
    Q_INVOKABLE int rowOfMessage(const QString& id) const;
    /// What copying the row copies.
    Q_INVOKABLE QString textOf(int row) const;

    // For the controller.
    static constexpr int kPage = 40; ///< messages that are read at a time, fewer where they are long
    /// Cuts a page where its text gets long, so that no frame waits for it.
    static void limitText(PathPage& page);
    void clear();
    void setLoading(bool loading);
    /// Shows another chat: its newest messages.
    void show(PathPage page);
    /// Makes the end of what is shown equal to the end of the path that the store has now; what is common to both stays
    /// untouched. False where the page does not reach back to anything that is shown.
    bool sync(PathPage page);
    /// Adds messages that are not in the store.
    void add(PathMessage message) { append(std::move(message)); }
    /// The reply that is the newest message has grown to this.
    void grow(const QString& messageId, const Message& soFar);
    /// The reply is complete, or stopped, or broke off.
    void finish(PathMessage message);
    void setFeedback(const QString& messageId, int feedback);
    /// Words to mark in all rows; empty = none.
    void setMatch(const QString& text);
    /// Reads older messages until that one is there; false where the path does not have it.
    QCoro::Task<bool> loadUntil(QString messageId);
    /// Row of the message that contains the text; its first row where none does.
    int rowOfMatch(const QString& messageId, const QString& text) const;

    const TimelineMessage* message(const QString& id) const;
    /// The newest message of that role; nullptr where none is loaded.
    const TimelineMessage* newest(patchbay::Role role) const;
    const std::deque<std::unique_ptr<TimelineMessage>>& messages() const { return m_messages; } ///< oldest first
    QString lastCodeBlock() const;

Q_SIGNALS:
    void countChanged();
    void loadingChanged();
    void darkCodeChanged();
    void inlineCodeColorChanged();

private:
    using Rows = std::vector<TimelineRow>;
    int modelRow(std::size_t at) const { return static_cast<int>(m_rows.size() - 1 - at); }
    const TimelineRow& at(int row) const { return m_rows[m_rows.size() - 1 - static_cast<std::size_t>(row)]; }
    TimelineRow& at(int row) { return m_rows[m_rows.size() - 1 - static_cast<std::size_t>(row)]; }
    /// Where the message's first row is in m_rows; the size where it has none.
    std::size_t firstRowOf(const TimelineMessage* message) const;
    void append(PathMessage message);
    void prepend(PathPage page);
    /// Takes over a message; its rows, with the day above where it is the first of one.
    Rows adopt(PathMessage message, bool newest, const TimelineMessage* before, bool isStart);
    void takeToolResults(const TimelineMessage& message, const MessageRecord& record);
    void truncateAfter(std::size_t keptMessages);
    void addRows(std::size_t at, Rows rows);
    void dropRows(std::size_t at, std::size_t count);
    void changed(std::size_t at, std::size_t count, const QList<int>& roles = {});
    /// Rows of one part became others.
    void replaceRows(std::size_t at, std::size_t removed, Rows rows);
    void changedAll(const QList<int>& roles);
    void beginGrowing(TimelineMessage& message);
    void growPart(int part, const ContentPart& content);
    /// Where the rows of a growing part begin, in m_rows.
    std::size_t firstRowOfPart(std::size_t number) const;
    void applyChange(std::size_t number, const BlockChange& change);
    void setWaiting(bool waiting);
    void updateLastRow();
    void updateElapsed();
    void onHighlighted(const QString& blockId, const QString& code, const QString& html, bool colored);
    bool matches(const TimelineRow& row) const;
    QVariant userData(const TimelineRow& row, int role) const;
    QVariant blockData(const TimelineRow& row, int role) const;
    QString elapsedText(const TimelineRow& row) const;
    QCoro::Task<bool> fetchOlder(int limit);

    ChatPage& m_page;
    bool m_loading = false;
    bool m_more = false;
    bool m_fetching = false;
    int m_generation = 0;                                    ///< another one = another chat or branch is shown since
    std::deque<std::unique_ptr<TimelineMessage>> m_messages; ///< oldest first
    QHash<QString, TimelineMessage*> m_byId;
    std::deque<TimelineRow> m_rows;        ///< oldest first; the view sees them the other way round
    QHash<QString, QString> m_toolResults; ///< by the call's id
    QHash<QString, bool> m_folds;          ///< what a person chose, by block
    std::unique_ptr<GrowingReply> m_growing;
    QString m_lastGrowing; ///< block id of the row whose role `streaming` is true
    QTimer m_elapsed;      ///< runs only while reasoning streams
    CodeHighlighter m_highlighter;
    bool m_darkCode = false;
    QString m_inlineCodeColor;
    QString m_match;
};

} // namespace patchbay
