#include "app/desktop/shell/session_keeper.h"

#include <QGuiApplication>
#include <QScreen>

namespace patchbay {
namespace {

const QString kGeometry = QStringLiteral("session.geometry");
const QString kMaximized = QStringLiteral("session.maximized");
constexpr int kSaveDelayMs = 600;

int shownArea(const QRect& rectangle, const QRect& area) {
    const QRect shown = rectangle.intersected(area);
    return shown.isEmpty() ? 0 : shown.width() * shown.height();
}

QList<QRect> screenAreas() {
    QList<QRect> areas;
    for (const QScreen* screen : QGuiApplication::screens())
        areas.append(screen->availableGeometry());
    return areas;
}

} // namespace

QRect placedOnScreen(const QRect& wanted, const QList<QRect>& areas) {
    if (areas.isEmpty())
        return {};
    const QRect* best = &areas.constFirst();
    for (const QRect& area : areas)
        if (shownArea(wanted, area) > shownArea(wanted, *best))
            best = &area;
    QRect placed = wanted;
    placed.setSize(wanted.size().boundedTo(best->size()));
    if (shownArea(wanted, *best) == 0)
        placed.moveCenter(best->center());
    placed.moveLeft(qBound(best->left(), placed.left(), best->right() + 1 - placed.width()));
    placed.moveTop(qBound(best->top(), placed.top(), best->bottom() + 1 - placed.height()));
    return placed;
}

SessionKeeper::SessionKeeper(ShellStore& store, QObject* parent) : QObject(parent), m_store(store) {
    m_saving.setSingleShot(true);
    m_saving.setInterval(kSaveDelayMs);
    connect(&m_saving, &QTimer::timeout, this, &SessionKeeper::save);
}

void SessionKeeper::setPage(const QString& page) {
    if (page == this->page())
        return;
    m_store.setValue(QStringLiteral("session.page"), page);
    Q_EMIT pageChanged();
}

void SessionKeeper::setChat(const QString& chat) {
    if (chat == this->chat())
        return;
    m_store.setValue(QStringLiteral("session.chat"), chat);
    Q_EMIT chatChanged();
}

void SessionKeeper::watch(QWindow* window) {
    m_window = window;
    restore();
    const auto later = [this] { m_saving.start(); };
    connect(window, &QWindow::xChanged, this, later);
    connect(window, &QWindow::yChanged, this, later);
    connect(window, &QWindow::widthChanged, this, later);
    connect(window, &QWindow::heightChanged, this, later);
    connect(window, &QWindow::windowStateChanged, this, later);
}

void SessionKeeper::restore() {
    const QVariantList kept = m_store.value(kGeometry).toList();
    if (kept.size() != 4)
        return;
    const QRect wanted(kept[0].toInt(), kept[1].toInt(), kept[2].toInt(), kept[3].toInt());
    const QRect placed = placedOnScreen(wanted, screenAreas());
    if (!placed.isEmpty() && wanted.width() > 0 && wanted.height() > 0)
        m_window->setGeometry(placed);
    if (m_store.value(kMaximized).toBool())
        m_window->setWindowStates(Qt::WindowMaximized);
}

// The geometry of a maximized window is the screen's: what it was before stays kept.
void SessionKeeper::save() {
    if (!m_window || m_window->windowStates().testFlag(Qt::WindowMinimized))
        return;
    const bool large = m_window->windowStates() & (Qt::WindowMaximized | Qt::WindowFullScreen);
    m_store.setValue(kMaximized, large);
    const QRect now = m_window->geometry();
    if (!large)
        m_store.setValue(kGeometry, QVariantList{now.x(), now.y(), now.width(), now.height()});
}

void SessionKeeper::flush() {
    if (m_saving.isActive()) {
        m_saving.stop();
        save();
    }
}

} // namespace patchbay
