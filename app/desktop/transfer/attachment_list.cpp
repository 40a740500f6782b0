#include "app/desktop/transfer/attachment_list.h"

#include <QClipboard>
#include <QDateTime>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>

#include "app/desktop/transfer/attachment_images.h"

namespace patchbay {

AttachmentList::AttachmentList(std::shared_ptr<AttachmentPreviews> previews, QObject* parent)
    : QAbstractListModel(parent), m_previews(std::move(previews)) {
    m_pool.setMaxThreadCount(2);
}

AttachmentList::~AttachmentList() {
    for (Item& item : m_items)
        forget(item);
    m_pool.clear();
}

int AttachmentList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant AttachmentList::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Item& item = m_items[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return item.attachment.name;
    case KindRole:
        return item.attachment.kind;
    case SizeTextRole:
        return item.attachment.size > 0 ? sizeText(item.attachment.size) : QString();
    case PreviewUrlRole:
        return item.previewUrl;
    case ErrorRole:
        return item.attachment.error;
    case LoadingRole:
        return item.loading;
    case PagesRole:
        return item.attachment.pages;
    default:
        return {};
    }
}

QHash<int, QByteArray> AttachmentList::roleNames() const {
    return {{NameRole, "name"},   {KindRole, "kind"},       {SizeTextRole, "sizeText"}, {PreviewUrlRole, "previewUrl"},
            {ErrorRole, "error"}, {LoadingRole, "loading"}, {PagesRole, "pages"}};
}

bool AttachmentList::loading() const {
    return std::any_of(m_items.begin(), m_items.end(), [](const Item& item) { return item.loading; });
}

int AttachmentList::readyCount() const {
    return static_cast<int>(std::count_if(m_items.begin(), m_items.end(),
                                          [](const Item& item) { return item.attachment.part.has_value(); }));
}

bool AttachmentList::hasImages() const {
    return std::any_of(m_items.begin(), m_items.end(), [](const Item& item) {
        return item.attachment.part && std::holds_alternative<ImagePart>(*item.attachment.part);
    });
}

void AttachmentList::addFiles(const QList<QUrl>& urls) {
    for (const QUrl& url : urls) {
        if (!hasRoom())
            return;
        if (url.isLocalFile())
            addFile(url.toLocalFile(), QFileInfo(url.toLocalFile()).fileName());
        else
            append({.attachment = {.name = url.fileName().isEmpty() ? url.toDisplayString() : url.fileName(),
                                   .error = tr("Only files on this computer can be attached. Save it first.")}});
    }
}

bool AttachmentList::paste() {
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    return data && addMimeData(*data);
}

bool AttachmentList::addMimeData(const QMimeData& data) {
    QList<QUrl> files;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile())
            files.append(url);
    if (!files.isEmpty()) {
        addFiles(files);
        return true;
    }
    // Office programs put a picture of copied text beside the text: the text is meant.
    if (!data.hasImage() || data.hasText())
        return false;
    addImage(qvariant_cast<QImage>(data.imageData()), {});
    return true;
}

void AttachmentList::addImage(const QImage& image, const QString& name) {
    if (!hasRoom())
        return;
    const QString shown =
        name.isEmpty() ? tr("Pasted picture %1.png").arg(QDateTime::currentDateTime().toString(u"HH.mm.ss")) : name;
    Item item{.attachment = {.name = shown, .kind = QStringLiteral("image")}};
    begin(item, [image, shown](const std::atomic<bool>*) { return attachmentFromImage(image, shown); });
    append(std::move(item));
}

void AttachmentList::addFile(const QString& path, const QString& name) {
    Item item{.attachment = {.name = name}};
    begin(item, [path](const std::atomic<bool>* cancelled) { return loadAttachment(path, cancelled); });
    append(std::move(item));
}

bool AttachmentList::hasRoom() {
    if (count() < kMostAttachments)
        return true;
    Q_EMIT refused(tr("At most %n files can be attached to one message.", nullptr, kMostAttachments));
    return false;
}

void AttachmentList::append(Item item) {
    beginInsertRows({}, count(), count());
    m_items.push_back(std::move(item));
    endInsertRows();
    Q_EMIT countChanged();
    Q_EMIT stateChanged();
}

void AttachmentList::begin(Item& item, std::function<Attachment(const std::atomic<bool>*)> load) {
    item.id = ++m_lastId;
    item.loading = true;
    item.cancelled = std::make_shared<std::atomic<bool>>(false);
    m_pool.start([this, id = item.id, cancelled = item.cancelled, load = std::move(load)] {
        if (*cancelled)
            return;
        auto loaded = std::make_shared<Attachment>(load(cancelled.get()));
        // The pool is waited for before this object goes; a call that is still queued then is dropped by Qt.
        QMetaObject::invokeMethod(this, [this, id, loaded] { finish(id, std::move(*loaded)); }, Qt::QueuedConnection);
    });
}

void AttachmentList::finish(qint64 id, Attachment attachment) {
    const auto found =
        std::find_if(m_items.begin(), m_items.end(), [id](const Item& item) { return item.loading && item.id == id; });
    if (found == m_items.end())
        return; // taken away meanwhile
    found->loading = false;
    found->attachment = std::move(attachment);
    if (m_previews && !found->attachment.preview.isNull())
        found->previewUrl = m_previews->add(found->attachment.preview);
    const QModelIndex row = index(static_cast<int>(found - m_items.begin()));
    Q_EMIT dataChanged(row, row);
    Q_EMIT stateChanged();
}

void AttachmentList::forget(Item& item) {
    if (item.cancelled)
        *item.cancelled = true;
    if (m_previews && !item.previewUrl.isEmpty())
        m_previews->remove(item.previewUrl);
}

void AttachmentList::remove(int row) {
    if (row < 0 || row >= count())
        return;
    beginRemoveRows({}, row, row);
    forget(m_items[static_cast<std::size_t>(row)]);
    m_items.erase(m_items.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
    Q_EMIT stateChanged();
}

void AttachmentList::clear() {
    if (m_items.empty())
        return;
    beginResetModel();
    for (Item& item : m_items)
        forget(item);
    m_items.clear();
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT stateChanged();
}

std::vector<Attachment> AttachmentList::take() {
    std::vector<Attachment> ready;
    for (Item& item : m_items)
        if (item.attachment.part)
            ready.push_back(std::move(item.attachment));
    clear();
    return ready;
}

void AttachmentList::put(std::vector<Attachment> attachments) {
    for (Attachment& attachment : attachments) {
        Item item{.attachment = std::move(attachment)};
        if (m_previews && !item.attachment.preview.isNull())
            item.previewUrl = m_previews->add(item.attachment.preview);
        append(std::move(item));
    }
}

std::vector<ContentPart> AttachmentList::parts() const {
    std::vector<ContentPart> parts;
    for (const Item& item : m_items)
        if (item.attachment.part)
            parts.push_back(*item.attachment.part);
    return parts;
}

std::vector<ContentPart> partsOf(const std::vector<Attachment>& attachments) {
    std::vector<ContentPart> parts;
    for (const Attachment& attachment : attachments)
        if (attachment.part)
            parts.push_back(*attachment.part);
    return parts;
}

} // namespace patchbay
