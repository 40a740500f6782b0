#include "app/desktop/items/window_look.h"

#include <QFont>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QStyleHints>

namespace patchbay {

void setUpWindowLook() {
    QGuiApplication::styleHints()->setCursorFlashTime(0);

    // Left to itself, the fallback of some systems mixes regular and bold Chinese.
    QFont font = QGuiApplication::font();
    QStringList families = font.families();
    if (families.isEmpty())
        families.append(font.family());
    const QStringList installed = QFontDatabase::families(QFontDatabase::SimplifiedChinese);
    for (const QString& chinese : {QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Noto Sans SC"),
                                   QStringLiteral("Source Han Sans SC"), QStringLiteral("Microsoft YaHei UI"),
                                   QStringLiteral("PingFang SC")}) {
        if (installed.contains(chinese)) {
            families.append(chinese);
            break;
        }
    }
    font.setFamilies(families);
    QGuiApplication::setFont(font);
}

} // namespace patchbay
