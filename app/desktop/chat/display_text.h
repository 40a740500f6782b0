// Numbers, money and times as the chat page shows them, in the language of the window.
#pragma once

#include <QDateTime>
#include <QString>

#include "catalog/money.h"

namespace patchbay {

/// "US$0.0123": two decimals, or two digits that are not zero.
QString moneyText(NanoUsd amount);
/// "1,234", "12.3k", "1.2M"
QString tokensText(qint64 tokens);
/// "0.42 s", "12 s", "2 min 5 s"
QString durationText(qint64 milliseconds);
/// The same in whole seconds: for a timer that runs.
QString secondsText(qint64 milliseconds);
/// "Today", "Yesterday", or the date.
QString dayText(QDate day, QDate today);

QString toQt(const std::string& text);
QDateTime fromMilliseconds(qint64 unixMilliseconds);

} // namespace patchbay
