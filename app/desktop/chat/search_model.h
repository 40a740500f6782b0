// Full-text search over all chats, newest first, while one types.
#pragma once

#include <string>
#include <vector>

#include <QAbstractListModel>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#ifndef Q_MOC_RUN
#include <QCoroTask>

#include "storage/search_store.h"
#endif

namespace patchbay {

class ChatPage;

class SearchModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    /// "0" to "1000", or "1000+"; empty without a query.
    Q_PROPERTY(QString totalText READ totalText NOTIFY totalTextChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY busyChanged)
public:
    enum Role {
        ConversationIdRole = Qt::UserRole + 1,
        MessageIdRole, ///< empty = the title was found
        TitleRole,
        SnippetRole, ///< html with <b>
        WhenRole,    ///< a date
        RoleRole,    ///< user, assistant …; empty for a title
    };
    Q_ENUM(Role)

    explicit SearchModel(ChatPage& page);
    ~SearchModel() override;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    int count() const { return static_cast<int>(m_hits.size()); }
    QString query() const { return m_query; }
    void setQuery(const QString& query);
    bool busy() const { return m_busy; }
    QString totalText() const { return m_totalText; }
    QString errorText() const { return m_errorText; }

    /// Opens the chat of a row at its hit.
    Q_INVOKABLE void openRow(int row);

Q_SIGNALS:
    void queryChanged();
    void busyChanged();
    void totalTextChanged();
    void countChanged();

private:
    /// `cursor` empty = from the start.
    QCoro::Task<void> run(std::string cursor);
    void showPage(SearchPage page, bool further);

    ChatPage& m_page;
    QString m_query;
    QString m_totalText;
    QString m_errorText;
    bool m_busy = false;
    bool m_fetching = false;
    int m_generation = 0; ///< another one = another query since
    std::string m_cursor;
    std::vector<SearchHit> m_hits;
    QTimer m_delay;
};

} // namespace patchbay
