// The language of the window: our own texts and those of Qt's dialogs, switched while it is open.
#pragma once

#include <QObject>
#include <QTranslator>

namespace patchbay {

class Translations : public QObject {
    Q_OBJECT
public:
    explicit Translations(QObject* parent = nullptr);
    ~Translations() override;
    /// "system", "en" or "zh_CN". Emits changed() when that is another language than before.
    void use(const QString& language);
    /// "en" or "zh_CN".
    const QString& current() const { return m_current; }
    /// What "system" stands for, by the languages that the system prefers, the first one that there is.
    static QString ofSystem(const QStringList& preferred);

Q_SIGNALS:
    /// Every text has to be asked for again.
    void changed();

private:
    QTranslator m_own;
    QTranslator m_ofQt;
    QString m_current;
};

} // namespace patchbay
