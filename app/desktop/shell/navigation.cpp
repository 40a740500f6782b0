#include "app/desktop/shell/navigation.h"

#include <QCoreApplication>

namespace patchbay {
namespace {

struct Page {
    const char* id;
    const char* label;
    const char* icon;
    const char* source;
    bool atEnd = false;
};

constexpr Page kPages[] = {
    {"chat", QT_TRANSLATE_NOOP("Pages", "Chat"), "chat", "ChatPage.qml"},
    {"providers", QT_TRANSLATE_NOOP("Pages", "Providers"), "key", "ProvidersPage.qml"},
    {"settings", QT_TRANSLATE_NOOP("Pages", "Settings"), "settings", "SettingsPage.qml", true},
};

const Page* find(const QString& id) {
    for (const Page& page : kPages)
        if (id == QLatin1String(page.id))
            return &page;
    return nullptr;
}

QString translated(const Page& page) {
    return QCoreApplication::translate("Pages", page.label);
}

} // namespace

Navigation::Navigation(QObject* parent) : QAbstractListModel(parent), m_current(QLatin1String(kPages[0].id)) {
}

void Navigation::setCurrent(const QString& page) {
    if (page == m_current || !find(page))
        return;
    m_current = page;
    Q_EMIT currentChanged();
}

void Navigation::openNumber(int number) {
    if (number >= 1 && number <= rowCount())
        setCurrent(QLatin1String(kPages[number - 1].id));
}

QString Navigation::labelOf(const QString& page) const {
    const Page* found = find(page);
    return found ? translated(*found) : QString();
}

QStringList Navigation::pageIds() {
    QStringList ids;
    for (const Page& page : kPages)
        ids.append(QLatin1String(page.id));
    return ids;
}

void Navigation::retranslate() {
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int Navigation::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(std::size(kPages));
}

QVariant Navigation::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Page& page = kPages[index.row()];
    switch (role) {
    case PageRole:
        return QLatin1String(page.id);
    case Qt::DisplayRole:
    case LabelRole:
        return translated(page);
    case IconRole:
        return QLatin1String(page.icon);
    case SourceRole:
        return QLatin1String(page.source);
    case AtEndRole:
        return page.atEnd;
    default:
        return {};
    }
}

QHash<int, QByteArray> Navigation::roleNames() const {
    return {{PageRole, "page"},
            {LabelRole, "label"},
            {IconRole, "icon"},
            {SourceRole, "source"},
            {AtEndRole, "atEnd"}};
}

} // namespace patchbay
