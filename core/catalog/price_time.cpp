#include "catalog/price_time.h"

#include <charconv>

namespace patchbay {
namespace {

constexpr int kMinutesPerDay = 24 * 60;

// Exactly `digits` decimal digits.
std::optional<int> number(std::string_view text, std::size_t digits) {
    if (text.size() != digits || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<int> minuteOfDay(std::string_view text) {
    if (text.size() != 5 || text[2] != ':')
        return std::nullopt;
    const auto hour = number(text.substr(0, 2), 2);
    const auto minute = number(text.substr(3), 2);
    if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > kMinutesPerDay)
        return std::nullopt;
    return *hour * 60 + *minute;
}

} // namespace

std::optional<DailyWindow> parseDailyWindow(std::string_view text) {
    if (text.size() != 11 || text[5] != '-')
        return std::nullopt;
    const auto from = minuteOfDay(text.substr(0, 5));
    const auto to = minuteOfDay(text.substr(6));
    if (!from || !to || *from == kMinutesPerDay || *from == *to)
        return std::nullopt;
    return DailyWindow{*from, *to};
}

bool contains(const DailyWindow& window, WallTime when) {
    const auto sinceMidnight = when - std::chrono::floor<std::chrono::days>(when);
    const auto minute = static_cast<int>(std::chrono::floor<std::chrono::minutes>(sinceMidnight).count());
    if (window.fromMinute < window.toMinute)
        return minute >= window.fromMinute && minute < window.toMinute;
    return minute >= window.fromMinute || minute < window.toMinute;
}

std::optional<WallTime> parseDate(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto year = number(text.substr(0, 4), 4);
    const auto month = number(text.substr(5, 2), 2);
    const auto day = number(text.substr(8), 2);
    if (!year || !month || !day)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok())
        return std::nullopt;
    return WallTime(std::chrono::sys_days(date));
}

bool isWeekend(WallTime when, int utcOffsetHours) {
    const auto local = when + std::chrono::hours(utcOffsetHours);
    const std::chrono::weekday day(std::chrono::floor<std::chrono::days>(local));
    return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

} // namespace patchbay
