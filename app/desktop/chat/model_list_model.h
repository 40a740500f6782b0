// What can be asked: configured names first, then what the providers list, with price and abilities where known.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

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

    int count() const { return rowCount(); }
    QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    bool busy() const { return false; }

    Q_INVOKABLE void refresh();
    /// Row of a name, -1 where it is not in the (filtered) list.
    Q_INVOKABLE int rowOf(const QString& name) const;

Q_SIGNALS:
    void filterChanged();
    void busyChanged();
    void countChanged();

private:
    ChatPage& m_page;
    QString m_filter;
};

} // namespace patchbay
