#include "app/desktop/items/icon_item.h"

#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <QtMath>

namespace patchbay {

namespace {

QPixmap tinted(const QString& name, const QColor& color, int pixels) {
    const QString key = QStringLiteral("icon/%1/%2/%3").arg(name).arg(color.rgba(), 0, 16).arg(pixels);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer drawing(QStringLiteral(":/Patchbay/icons/%1.svg").arg(name));
    if (drawing.isValid()) {
        QPainter painter(&pixmap);
        drawing.render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), color);
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

IconItem::IconItem(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setImplicitSize(m_size, m_size);
}

void IconItem::setName(const QString& name) {
    if (m_name == name)
        return;
    m_name = name;
    update();
    Q_EMIT nameChanged();
}

void IconItem::setColor(const QColor& color) {
    if (m_color == color)
        return;
    m_color = color;
    update();
    Q_EMIT colorChanged();
}

void IconItem::setSize(qreal size) {
    if (qFuzzyCompare(m_size, size))
        return;
    m_size = size;
    setImplicitSize(size, size);
    update();
    Q_EMIT sizeChanged();
}

void IconItem::paint(QPainter* painter) {
    if (m_name.isEmpty())
        return;
    const qreal side = qMin(width(), height());
    const int pixels = qCeil(side * painter->device()->devicePixelRatioF() * painter->worldTransform().m11());
    if (pixels <= 0)
        return;
    const QRectF target((width() - side) / 2, (height() - side) / 2, side, side);
    painter->drawPixmap(target, tinted(m_name, m_color, pixels), QRectF(0, 0, pixels, pixels));
}

} // namespace patchbay
