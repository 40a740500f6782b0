// The list of chats: pinned ones, folders, then by date. Also the trash. Read from the store page by page.
#pragma once

#include <QAbstractListModel>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

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

    int count() const { return rowCount(); }
    QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    QStringList folders() const { return {}; }
    bool showTrash() const { return m_showTrash; }
    void setShowTrash(bool show);
    bool loading() const { return false; }
    bool undoAvailable() const { return false; }
    QString undoText() const { return {}; }
    int currentRow() const { return -1; }

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

Q_SIGNALS:
    void filterChanged();
    void foldersChanged();
    void showTrashChanged();
    void countChanged();
    void loadingChanged();
    void undoChanged();
    void currentRowChanged();

private:
    ChatPage& m_page;
    QString m_filter;
    bool m_showTrash = false;
};

} // namespace patchbay
