#include "app/desktop/transfer/file_names.h"

#include <QStringList>

namespace patchbay {
namespace {

constexpr int kMostCharacters = 100;
constexpr int kMostBytes = 200; // file systems take 255, with ending and number

bool isForbidden(char32_t c) {
    if (c < 0x20 || (c >= 0x7F && c < 0xA0))
        return true;
    if (c < 0x80 && QLatin1String("<>:\"/\\|?*").contains(QLatin1Char(static_cast<char>(c))))
        return true;
    // Marks that nobody sees and that can make a name look like another.
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xFEFF || c == 0xFFFD || (c >= 0xD800 && c <= 0xDFFF);
}

bool isReserved(const QString& name) {
    static const QStringList kDevices = {"CON",  "PRN",  "AUX",  "NUL",  "COM1", "COM2", "COM3", "COM4",
                                         "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3",
                                         "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"};
    return kDevices.contains(name.section(u'.', 0, 0).trimmed(), Qt::CaseInsensitive);
}

QString withoutEnds(QString name) {
    name = name.trimmed();
    while (name.startsWith(u'.') || name.startsWith(u' '))
        name.remove(0, 1);
    while (name.endsWith(u'.') || name.endsWith(u' '))
        name.chop(1);
    return name;
}

} // namespace

QString safeFileName(const QString& title, const QString& fallback) {
    QString name;
    int bytes = 0;
    int characters = 0;
    for (const char32_t c : title.normalized(QString::NormalizationForm_C).simplified().toUcs4()) {
        const QString one = isForbidden(c) ? QStringLiteral(" ") : QString::fromUcs4(&c, 1);
        bytes += static_cast<int>(one.toUtf8().size());
        if (++characters > kMostCharacters || bytes > kMostBytes)
            break;
        name += one;
    }
    name = withoutEnds(name.simplified());
    if (isReserved(name))
        name.prepend(u'_');
    return name.isEmpty() ? fallback : name;
}

QString uniqueFileName(const QString& name, const QString& ending, QSet<QString>& used) {
    QString unique = name;
    for (int number = 2; used.contains(unique.toCaseFolded()); ++number)
        unique = QStringLiteral("%1 (%2)").arg(name).arg(number);
    used.insert(unique.toCaseFolded());
    return unique + ending;
}

} // namespace patchbay
