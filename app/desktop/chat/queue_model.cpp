#include "app/desktop/chat/queue_model.h"

namespace patchbay {

QueueModel::QueueModel(QObject* parent) : QAbstractListModel(parent) {
}

int QueueModel::rowCount(const QModelIndex&) const {
    return 0;
}

QVariant QueueModel::data(const QModelIndex&, int) const {
    return {};
}

QHash<int, QByteArray> QueueModel::roleNames() const {
    return {{TextRole, "text"}, {AttachmentCountRole, "attachmentCount"}};
}

} // namespace patchbay
