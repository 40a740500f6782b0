#include "app/desktop/chat/display_text.h"

#include <cmath>

#include <QCoreApplication>
#include <QLocale>

namespace patchbay {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("DisplayText", text);
}

} // namespace

QString moneyText(NanoUsd amount) {
    const double dollars = static_cast<double>(amount) / 1e9;
    int decimals = 2;
    if (amount != 0 && std::abs(dollars) < 0.1)
        decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(std::abs(dollars)))), 2, 9);
    return QStringLiteral("US$") + QLocale().toString(dollars, 'f', decimals);
}

QString tokensText(qint64 tokens) {
    const QLocale locale;
    if (tokens < 10'000)
        return locale.toString(tokens);
    if (tokens < 1'000'000)
        return locale.toString(static_cast<double>(tokens) / 1e3, 'f', tokens < 100'000 ? 1 : 0) + QLatin1Char('k');
    return locale.toString(static_cast<double>(tokens) / 1e6, 'f', 1) + QLatin1Char('M');
}

QString durationText(qint64 milliseconds) {
    const QLocale locale;
    const double seconds = static_cast<double>(milliseconds) / 1000;
    if (seconds < 9.95)
        return translated(QT_TRANSLATE_NOOP("DisplayText", "%1 s"))
            .arg(locale.toString(seconds, 'f', seconds < 1 ? 2 : 1));
    const qint64 whole = std::llround(seconds);
    if (whole < 60)
        return translated("%1 s").arg(locale.toString(whole));
    return translated(QT_TRANSLATE_NOOP("DisplayText", "%1 min %2 s"))
        .arg(locale.toString(whole / 60), locale.toString(whole % 60));
}

QString secondsText(qint64 milliseconds) {
    if (milliseconds >= 60'000)
        return durationText(milliseconds);
    return translated("%1 s").arg(QLocale().toString(milliseconds / 1000));
}

QString dayText(QDate day, QDate today) {
    if (day == today)
        return translated(QT_TRANSLATE_NOOP("DisplayText", "Today"));
    if (day.addDays(1) == today)
        return translated(QT_TRANSLATE_NOOP("DisplayText", "Yesterday"));
    return QLocale().toString(day, QLocale::LongFormat);
}

QString toQt(const std::string& text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QDateTime fromMilliseconds(qint64 unixMilliseconds) {
    return QDateTime::fromMSecsSinceEpoch(unixMilliseconds);
}

} // namespace patchbay
