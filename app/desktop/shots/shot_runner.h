// patchbay-desktop --shot DIR: the real window on the playground provider and a data folder of its own, page by page,
// in both languages, both themes and two sizes.
#pragma once

#include <memory>

#include <QStringList>

class QQmlApplicationEngine;
class QQuickWindow;
class QTemporaryDir;

namespace patchbay {

class App;
struct Shot;

class ShotRunner {
public:
    explicit ShotRunner(QString folder) : m_folder(std::move(folder)) {}
    /// The program's exit code: 0 when every picture was taken and no QML file complained.
    int run();

private:
    bool shootLanguage(const QString& language);
    bool start(App& app, QQmlApplicationEngine& engine, const QTemporaryDir& home);
    bool fillHistory(App& app, const QString& language);
    void shoot(App& app, QQuickWindow& window, const Shot& shot, const QString& suffix);
    void step(App& app, QQuickWindow& window, const QString& step);
    void save(QQuickWindow& window, const QString& name);
    void complain(const QString& problem);

    QString m_folder;
    QStringList m_problems;
    int m_saved = 0;
};

} // namespace patchbay
