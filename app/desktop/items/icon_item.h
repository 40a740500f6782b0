// An icon of resources/icons in one colour. The drawings are strokes of any colour on nothing; what is drawn is their
// shape in `color`, sharp at every zoom and screen scale. QML: Icon { name: "send"; color: Theme.text }
#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace patchbay {

class IconItem : public QQuickPaintedItem {
    Q_OBJECT
    QML_NAMED_ELEMENT(Icon)
    /// File name in resources/icons, without ".svg". An unknown name draws nothing.
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY nameChanged)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged)
    /// Width and height, logical pixels.
    Q_PROPERTY(qreal size READ size WRITE setSize NOTIFY sizeChanged)
public:
    explicit IconItem(QQuickItem* parent = nullptr);

    QString name() const { return m_name; }
    void setName(const QString& name);
    QColor color() const { return m_color; }
    void setColor(const QColor& color);
    qreal size() const { return m_size; }
    void setSize(qreal size);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void nameChanged();
    void colorChanged();
    void sizeChanged();

private:
    QString m_name;
    QColor m_color = Qt::black;
    qreal m_size = 18;
};

} // namespace patchbay
