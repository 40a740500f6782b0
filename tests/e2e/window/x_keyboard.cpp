#include "e2e/window/x_keyboard.h"

#include <QProcess>
#include <QtTest>

namespace patchbay::test {
namespace {

// The window lives in this process, so it must go on while xdotool runs.
bool run(const QStringList& arguments) {
    QProcess tool;
    tool.start("xdotool", arguments);
    const bool ended = QTest::qWaitFor([&] { return tool.state() == QProcess::NotRunning; }, 20000);
    if (!ended || tool.exitCode() != 0)
        qWarning() << "xdotool" << arguments << tool.errorString() << tool.readAllStandardError();
    return ended && tool.exitStatus() == QProcess::NormalExit && tool.exitCode() == 0;
}

} // namespace

bool pressKey(const QString& name) {
    return run({"key", "--clearmodifiers", name});
}

bool typeText(const QString& text) {
    return run({"type", "--delay", "4", text});
}

} // namespace patchbay::test
