// The pages of the window, in the order of the rail and of Mod+1..9, and which one is open. A page is one line of the
// table and one QML file.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace patchbay {

class Navigation : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.navigation is the one there is.")
    Q_PROPERTY(QString current READ current WRITE setCurrent NOTIFY currentChanged)
public:
    /// `icon` is a name in resources/icons, `source` the page's QML file in the module, `atEnd` sets it apart at the
    /// lower end of the rail.
    enum Role { PageRole = Qt::UserRole + 1, LabelRole, IconRole, SourceRole, AtEndRole };

    explicit Navigation(QObject* parent = nullptr);
    QString current() const { return m_current; }
    /// An unknown page changes nothing.
    void setCurrent(const QString& page);
    /// By its number, from 1; nothing where there is none.
    Q_INVOKABLE void openNumber(int number);
    Q_INVOKABLE QString labelOf(const QString& page) const;
    static QStringList pageIds();
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void currentChanged();

private:
    QString m_current;
};

} // namespace patchbay
