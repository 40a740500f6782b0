// The pages with the real App behind them: they load and work without a warning of QML.
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickView>
#include <QRegularExpression>
#include <QtQml/QQmlExtensionPlugin>

#include "app/desktop/shell/app.h"
#include "unit/desktop/settings/desktop_core.h"

Q_IMPORT_QML_PLUGIN(PatchbayPlugin)

using namespace patchbay;

class SettingsPagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        QTest::failOnWarning(QRegularExpression("\\.qml"));
        m_core = std::make_unique<DesktopCore>(nullptr, false);
        m_app = std::make_unique<App>();
        m_app->start(m_core->options);
        QTRY_VERIFY(m_app->ready());
    }
    void cleanup() {
        m_view.reset();
        m_app.reset();
        m_core.reset();
    }

    void everySectionOfTheSettingsLoads() {
        open("SettingsPage");
        for (const char* section : {"general", "appearance", "input", "shortcuts", "data", "about"}) {
            page()->setProperty("section", section);
            m_view->grabWindow();
            save(QString("settings-") + section);
            QCOMPARE(page()->property("current").toMap().value("id").toString(), QString(section));
        }
    }

    void theFormTestsAndSavesWhatStandsInIt() {
        m_app->firstRun()->skipAll();
        open("ProvidersPage");
        page()->setProperty("editing", "new");
        QTRY_VERIFY(item("ProviderForm"));
        QQuickItem* form = item("ProviderForm");
        QMetaObject::invokeMethod(form, "choose", Q_ARG(QString, "llamacpp"));
        field(form, "Base URL")->setProperty("text", playgroundUrl());
        press(form, "Test");
        QTRY_COMPARE(result(form)->property("ok").toBool(), true);
        m_view->grabWindow();
        QCOMPARE(m_app->providers()->count(), 0);
        press(form, "Save");
        QTRY_COMPARE(m_app->providers()->count(), 1);
        QTRY_VERIFY(!item("ProviderForm")); // closed, and what was typed is gone
        QCOMPARE(m_app->providers()->get("llamacpp").value("label").toString(), QString("llama.cpp"));
    }

    void theFormSaysWhatIsWrong() {
        open("ProvidersPage");
        page()->setProperty("editing", "new");
        QTRY_VERIFY(item("ProviderForm"));
        QQuickItem* form = item("ProviderForm");
        field(form, "Base URL")->setProperty("text", "nonsense");
        QVERIFY(!form->property("urlProblem").toString().isEmpty());
        press(form, "Save");
        QTest::qWait(0);
        QVERIFY(item("ProviderForm"));
        field(form, "Base URL")->setProperty("text", "http://127.0.0.1:1");
        press(form, "Test");
        QTRY_VERIFY(!result(form)->property("text").toString().isEmpty());
        QCOMPARE(result(form)->property("ok").toBool(), false);
        m_view->grabWindow();
        save("form-error");
    }

    void theFirstRunGoesThroughWithThePlayground() {
        open("FirstRunPage");
        QVERIFY(m_app->firstRun()->needed());
        m_view->grabWindow();
        m_app->firstRun()->next();
        QTRY_VERIFY(m_app->firstRun()->playgroundAvailable());
        m_view->grabWindow();
        m_app->firstRun()->usePlayground();
        m_view->grabWindow();
        save("first-run-reply");
        QSignalSpy finished(m_app->firstRun(), &FirstRun::finished);
        QQuickItem* question = field(page(), "Your question");
        QVERIFY(question);
        question->setProperty("text", "Hello");
        press(page(), "Ask");
        QCOMPARE(finished.count(), 1);
        QCOMPARE(finished[0][0].toString(), QString("Hello"));
        QVERIFY(m_app->settings()->firstRunDone());
    }

private:
    void open(const QString& page) {
        m_view = std::make_unique<QQuickView>();
        m_view->engine()->addImportPath("qrc:/");
        m_view->setResizeMode(QQuickView::SizeRootObjectToView);
        m_view->setInitialProperties({{"app", QVariant::fromValue(m_app.get())}});
        m_view->setSource(QUrl("qrc:/Patchbay/" + page + ".qml"));
        QCOMPARE(m_view->status(), QQuickView::Ready);
        m_view->resize(900, 700);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    QQuickItem* page() const { return m_view->rootObject(); }
    template <class Match> static QQuickItem* find(QQuickItem* below, Match match) {
        for (QQuickItem* child : below->childItems()) {
            if (match(child))
                return child;
            if (QQuickItem* found = find(child, match))
                return found;
        }
        return nullptr;
    }
    static bool isOf(const QQuickItem* item, const QString& type) {
        return QString::fromLatin1(item->metaObject()->className()).startsWith(type + "_QML");
    }
    QQuickItem* item(const QString& type) const {
        return find(m_view->contentItem(), [&](QQuickItem* child) { return isOf(child, type); });
    }
    static QQuickItem* field(QQuickItem* below, const QString& label) {
        return find(below, [&](QQuickItem* child) {
            return child->inherits("QQuickTextField") && child->property("label").toString() == label;
        });
    }
    static QQuickItem* result(QQuickItem* form) {
        return find(form, [](QQuickItem* child) { return isOf(child, "TrialResult"); });
    }
    static void press(QQuickItem* below, const QString& text) {
        QQuickItem* button = find(below, [&](QQuickItem* child) {
            return child->inherits("QQuickButton") && child->isVisible() && child->property("text").toString() == text;
        });
        QVERIFY2(button, qPrintable(text));
        QTRY_VERIFY(button->isEnabled()); // the list may still be being read
        QMetaObject::invokeMethod(button, "clicked");
    }
    QString playgroundUrl() {
        std::string url;
        const auto asking = [&]() -> QCoro::Task<> {
            auto found = co_await m_app->bridge().ask<std::string>(
                [](Composition& core) -> awaitable<Result<std::string>> {
                    co_return (*core.routes().current()->provider("playground")->endpoint)->baseUrl;
                });
            url = found ? *found : found.error().message;
        };
        QCoro::waitFor(asking());
        return QString::fromStdString(url);
    }
    void save(const QString& name) const {
        if (const QString folder = qEnvironmentVariable("PATCHBAY_TEST_PICTURES"); !folder.isEmpty())
            m_view->grabWindow().save(folder + "/" + name + ".png");
    }

    std::unique_ptr<DesktopCore> m_core;
    std::unique_ptr<App> m_app;
    std::unique_ptr<QQuickView> m_view;
};

QTEST_MAIN(SettingsPagesTest)
#include "settings_pages_test.moc"
