#include "app/desktop/shell/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace patchbay {
namespace {

const QString kEnglish = QStringLiteral("en");
const QString kChinese = QStringLiteral("zh_CN");

// Dates and numbers: the person's own habits where the language is theirs.
QLocale localeFor(const QString& language) {
    const QLocale system = QLocale::system();
    const QLocale wanted(language);
    return system.language() == wanted.language() ? system : wanted;
}

} // namespace

Translations::Translations(QObject* parent) : QObject(parent) {
}

Translations::~Translations() {
    if (!qApp)
        return;
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_ofQt);
}

QString Translations::ofSystem(const QStringList& preferred) {
    for (const QString& name : preferred) {
        const QLocale locale(name);
        if (locale.language() == QLocale::English)
            return kEnglish;
        // Traditional Chinese has no texts of its own here; simplified ones are nearer than English ones.
        if (locale.language() == QLocale::Chinese)
            return kChinese;
    }
    return kEnglish;
}

void Translations::use(const QString& language) {
    const QString wanted = language == kEnglish || language == kChinese
                               ? language
                               : ofSystem(QLocale::system().uiLanguages());
    if (wanted == m_current)
        return;
    m_current = wanted;
    QLocale::setDefault(localeFor(wanted));
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_ofQt);
    if (m_ofQt.load(QStringLiteral("qtbase_") + wanted, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_ofQt);
    // English too: its file holds the plurals.
    if (m_own.load(QStringLiteral(":/i18n/patchbay_") + wanted + QStringLiteral(".qm")))
        QCoreApplication::installTranslator(&m_own);
    Q_EMIT changed();
}

} // namespace patchbay
