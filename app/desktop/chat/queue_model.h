// Messages that were sent while a reply ran: they wait here, can still be changed, and go out in order.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace patchbay {

class QueueModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The composer has one.")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role { TextRole = Qt::UserRole + 1, AttachmentCountRole };
    Q_ENUM(Role)

    explicit QueueModel(QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return rowCount(); }

Q_SIGNALS:
    void countChanged();
};

} // namespace patchbay
