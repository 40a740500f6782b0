// The list of chats: pinned ones, folders, then by date. Also the trash. Read from the store page by page.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QSet>
#include <QStringList>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "storage/records.h"

#ifndef Q_MOC_RUN
#include <QCoroTask>
#endif

namespace patchbay {

class ChatPage;

class ConversationListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    /// Shows only chats whose title contains it.
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    /// Names of the folders in use.
    Q_PROPERTY(QStringList folders READ folders NOTIFY foldersChanged)
    Q_PROPERTY(bool showTrash READ showTrash WRITE setShowTrash NOTIFY showTrashChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool loading READ loading NOTIFY loadingChanged)
    Q_PROPERTY(bool undoAvailable READ undoAvailable NOTIFY undoChanged)
    Q_PROPERTY(QString undoText READ undoText NOTIFY undoChanged)
    /// Row of the open chat, -1 where it is not in the list.
    Q_PROPERTY(int currentRow READ currentRow NOTIFY currentRowChanged)
public:
    enum Role {
        ConversationIdRole = Qt::UserRole + 1,
        TitleRole,
        ModelRole,
        SectionRole,
        PinnedRole,
        FolderRole,
        UpdatedAtRole, ///< a date
        StreamingRole,
        UnreadRole,
        DraftRole,
        CurrentRole,
    };
    Q_ENUM(Role)

    explicit ConversationListModel(ChatPage& page);
    ~ConversationListModel() override;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    int count() const { return static_cast<int>(m_items.size()); }
    QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    QStringList folders() const { return m_folders; }
    bool showTrash() const { return m_showTrash; }
    void setShowTrash(bool show);
    bool loading() const { return m_loading; }
    bool undoAvailable() const { return !m_removed.isEmpty(); }
    QString undoText() const;
    int currentRow() const { return rowOf(m_current); }

    Q_INVOKABLE void rename(const QString& id, const QString& title);
    Q_INVOKABLE void setPinned(const QString& id, bool on);
    /// Empty = out of its folder.
    Q_INVOKABLE void moveToFolder(const QString& id, const QString& folder);
    /// Into the trash, for 30 days.
    Q_INVOKABLE void remove(const QString& id);
    Q_INVOKABLE void undoRemove();
    Q_INVOKABLE void dismissUndo();
    Q_INVOKABLE void restore(const QString& id);
    /// Out of the trash, for good.
    Q_INVOKABLE void purge(const QString& id);
    /// A copy of the chat as it is, opened.
    Q_INVOKABLE void fork(const QString& id);
    /// Reads everything again: after an import, say.
    Q_INVOKABLE void reload();

    // For the controller.
    /// Puts a conversation where it belongs now.
    void upsert(const Conversation& conversation);
    /// Reads one again.
    QCoro::Task<void> refresh(QString id);
    void setCurrent(const QString& id);
    void setUnread(const QString& id, bool unread);
    void streamingChanged(const QString& id) { notify(id, {StreamingRole}); }
    void setDraft(const QString& id, bool any);
    /// The id of the chat `step` rows away; empty where there is none.
    QString neighbour(const QString& id, int step) const;
    QString titleOf(const QString& id) const;
    /// What the chat that was used last asked.
    QString newestModel() const;

Q_SIGNALS:
    void filterChanged();
    void foldersChanged();
    void showTrashChanged();
    void countChanged();
    void loadingChanged();
    void undoChanged();
    void currentRowChanged();

private:
    struct Listing {
        std::vector<Conversation> items;
        std::string nextCursor;
        std::vector<std::string> folders;
    };
    /// What the list does not show is not kept.
    static void slim(Conversation& conversation);
    static bool titleContains(const Conversation& conversation, const QString& filter);
    int rowOf(const QString& id) const;
    bool isShown(const Conversation& conversation) const;
    QString sectionOf(const Conversation& conversation) const;
    void removeRow(int row);
    void notify(const QString& id, const QList<int>& roles);
    void setFolders(const std::vector<std::string>& folders);
    void forgetUndo();
    void setLoading(bool loading);
    static awaitable<Result<Listing>> readAll(HistoryService& history, bool trash, QString filter);
    QCoro::Task<void> read();
    QCoro::Task<void> readMore();
    QCoro::Task<void> patch(QString id, ConversationPatch patch);
    QCoro::Task<void> moveToTrash(QString id);
    QCoro::Task<void> takeBack(QString id);
    QCoro::Task<void> purgeNow(QString id);
    QCoro::Task<void> forkNow(QString id);
    QCoro::Task<void> readFolders();

    ChatPage& m_page;
    QString m_filter;
    bool m_showTrash = false;
    bool m_loading = false;
    bool m_fetching = false;
    int m_generation = 0;
    std::vector<Conversation> m_items; ///< as shown: pinned, folders, the rest by time
    std::string m_cursor;
    QStringList m_folders;
    QString m_current;
    QSet<QString> m_unread;
    QString m_removed; ///< what undoRemove brings back
    QString m_removedTitle;
    QTimer m_undo;
};

} // namespace patchbay
