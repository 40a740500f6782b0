// What can be asked: configured names first, then what the providers list, with price and abilities where known.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/chat/model_facts.h"

#ifndef Q_MOC_RUN
#include <QCoroTask>
#endif

namespace patchbay {

class ChatPage;

class ModelListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< what is asked for
        LabelRole,
        ProviderRole,
        GroupRole, ///< heading: "Configured", or the provider's name
        ContextWindowRole,
        PriceTextRole,
        VisionRole,
        ToolsRole,
        ReasoningRole,
        LocalRole,
        IsDefaultRole,
    };
    Q_ENUM(Role)

    explicit ModelListModel(ChatPage& page);
    ~ModelListModel() override;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return static_cast<int>(m_shown.size()); }
    QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    bool busy() const { return m_busy; }
    /// The name that is asked where nothing else is chosen: the configured one, else the first.
    QString defaultModel() const;
    QString configuredDefault() const { return m_default; }
    /// nullptr where the name is not listed.
    const ModelFacts* find(const QString& name) const;

    Q_INVOKABLE void refresh();
    /// Row of a name, -1 where it is not in the (filtered) list.
    Q_INVOKABLE int rowOf(const QString& name) const;

Q_SIGNALS:
    void filterChanged();
    void busyChanged();
    void countChanged();
    /// The list was read.
    void refreshed();

private:
    struct Listing {
        std::vector<ModelFacts> models;
        std::string defaultModel;
    };
    static awaitable<Result<Listing>> list(Composition& core);
    QCoro::Task<void> read();
    void applyFilter();

    ChatPage& m_page;
    QString m_filter;
    bool m_busy = false;
    QString m_default;
    std::vector<ModelFacts> m_models;
    std::vector<std::size_t> m_shown; ///< indexes, by the filter
};

} // namespace patchbay
