#include "app/desktop/shell/translations.h"

#include <QSignalSpy>
#include <QtTest>

#include "app/desktop/shell/actions.h"

using namespace patchbay;

class TranslationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLanguageChangesWhileTheWindowIsOpen() {
        Translations translations;
        QSignalSpy changed(&translations, &Translations::changed);
        translations.use("zh_CN");
        QCOMPARE(labelOf(*findAction("chat.new")), QStringLiteral("新建对话"));
        QCOMPARE(QLocale().language(), QLocale::Chinese);
        translations.use("en");
        QCOMPARE(labelOf(*findAction("chat.new")), QStringLiteral("New chat"));
        translations.use("en");
        QCOMPARE(changed.count(), 2);
    }

    void theSystemsLanguageIsTheDefault() {
        QCOMPARE(Translations::ofSystem({"de-DE", "zh-Hans-CN", "en-US"}), QStringLiteral("zh_CN"));
        QCOMPARE(Translations::ofSystem({"en-GB", "zh-CN"}), QStringLiteral("en"));
        QCOMPARE(Translations::ofSystem({"zh-TW"}), QStringLiteral("zh_CN"));
        QCOMPARE(Translations::ofSystem({"fr-FR"}), QStringLiteral("en"));
        QCOMPARE(Translations::ofSystem({}), QStringLiteral("en"));
    }
};

QTEST_MAIN(TranslationsTest)
#include "translations_test.moc"
