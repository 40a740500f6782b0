// What the command palette lists: actions, pages, chats and models that fit what was typed, best first; without a text
// what was used last comes first. Chats and models come from the window's own models, by the names of their roles.
#pragma once

#include <QAbstractListModel>
#include <QPointer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/shell/fuzzy_match.h"
#include "app/desktop/shell/shell_store.h"

namespace patchbay {

class ShortcutMap;

class CommandModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.palette is the one there is.")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    /// The window's pages: a list of {id, title}.
    Q_PROPERTY(QVariantList pages READ pages WRITE setPages NOTIFY pagesChanged)
public:
    /// `kind` is "action", "page", "chat" or "model"; `html` the title with what fits in bold; `detail` where it
    /// belongs; `text` its key as people read it; `section` the heading that it stands under.
    enum Role { KindRole = Qt::UserRole + 1, IdRole, TitleRole, HtmlRole, DetailRole, TextRole, SectionRole };

    CommandModel(ShortcutMap& shortcuts, ShellStore& store, QObject* parent = nullptr);
    /// Rows with the roles `conversationId` and `title`.
    void setChats(QAbstractItemModel* chats);
    /// Rows with the roles `name`, `label` and `provider`.
    void setModels(QAbstractItemModel* models);
    QVariantList pages() const { return m_pages; }
    void setPages(const QVariantList& pages);

    QString query() const { return m_query; }
    void setQuery(const QString& query);
    /// Reads everything anew: to be called when the palette opens.
    Q_INVOKABLE void refresh();
    /// Emits activated() and remembers the row as used last.
    Q_INVOKABLE void run(int row);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void queryChanged();
    void countChanged();
    void pagesChanged();
    void activated(const QString& kind, const QString& id);

private:
    struct Entry {
        QString kind;
        QString id;
        QString title;
        QString detail;
        FuzzyText fuzzyTitle;
        FuzzyText fuzzyDetail; ///< what else may be typed: the group, the provider, the name in English
        int recency = 0;       ///< 0 = not used lately, else higher = later
    };
    struct Hit {
        const Entry* entry;
        int score;
        QList<int> positions;
    };

    void watch(QAbstractItemModel* model);
    void readEntries();
    void readActions();
    void readPages();
    void readRows(QAbstractItemModel* model, const QString& kind, const char* idRole, const char* titleRole,
                  const char* detailRole);
    void add(Entry entry, const QString& alsoTyped);
    std::optional<Hit> hitOf(const Entry& entry, const FuzzyText& needle) const;
    void filter();
    QString sectionOf(const Entry& entry) const;

    ShortcutMap& m_shortcuts;
    ShellStore& m_store;
    QPointer<QAbstractItemModel> m_chats;
    QPointer<QAbstractItemModel> m_models;
    QVariantList m_pages;
    QString m_query;
    QStringList m_recent; ///< "kind:id", the last one first
    std::vector<Entry> m_entries;
    std::vector<Hit> m_hits;
    bool m_stale = true; ///< m_entries are older than the models
};

} // namespace patchbay
