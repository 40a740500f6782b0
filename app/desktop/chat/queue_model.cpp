#include "app/desktop/chat/queue_model.h"

#include "app/desktop/transfer/attachment_list.h"

namespace patchbay {

Message Prompt::message() const {
    Message message{.role = patchbay::Role::User, .parts = partsOf(attachments)};
    if (!text.trimmed().isEmpty())
        message.parts.emplace_back(TextPart{.text = text.toStdString()});
    return message;
}

QueueModel::QueueModel(QObject* parent) : QAbstractListModel(parent) {
}

int QueueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const Prompt& prompt = m_prompts[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return prompt.text;
    case AttachmentCountRole:
        return static_cast<int>(prompt.attachments.size());
    default:
        return {};
    }
}

QHash<int, QByteArray> QueueModel::roleNames() const {
    return {{TextRole, "text"}, {AttachmentCountRole, "attachmentCount"}};
}

void QueueModel::append(Prompt prompt) {
    beginInsertRows({}, count(), count());
    m_prompts.push_back(std::move(prompt));
    endInsertRows();
    Q_EMIT countChanged();
}

Prompt QueueModel::take(int row) {
    beginRemoveRows({}, row, row);
    Prompt prompt = std::move(m_prompts[static_cast<std::size_t>(row)]);
    m_prompts.erase(m_prompts.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
    return prompt;
}

std::vector<Prompt> QueueModel::exchange(std::vector<Prompt> prompts) {
    if (m_prompts.empty() && prompts.empty())
        return {};
    beginResetModel();
    std::swap(m_prompts, prompts);
    endResetModel();
    Q_EMIT countChanged();
    return prompts;
}

} // namespace patchbay
