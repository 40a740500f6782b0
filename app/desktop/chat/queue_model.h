// Messages that were sent while a reply ran: they wait here, can still be changed, and go out in order.
#pragma once

#include <optional>
#include <vector>

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/transfer/attachment.h"

namespace patchbay {

/// A message of the user's, before it is one.
struct Prompt {
    QString text;
    std::vector<Attachment> attachments;
    /// Stands in for the message below that parent, which failed ("" = the root).
    std::optional<std::string> replaceBelow;

    bool empty() const { return text.trimmed().isEmpty() && attachments.empty(); }
    Message message() const;
};

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
    int count() const { return static_cast<int>(m_prompts.size()); }

    void append(Prompt prompt);
    Prompt take(int row);
    /// Shows another chat's queue; gives back this one's.
    std::vector<Prompt> exchange(std::vector<Prompt> prompts);

Q_SIGNALS:
    void countChanged();

private:
    std::vector<Prompt> m_prompts;
};

} // namespace patchbay
