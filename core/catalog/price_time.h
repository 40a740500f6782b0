// Dates and daily windows as price lists write them; all in UTC.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace patchbay {

/// A daily window [from, to) in minutes since midnight UTC; to <= from runs over midnight.
struct DailyWindow {
    int fromMinute = 0;
    int toMinute = 0;
    bool operator==(const DailyWindow&) const = default;
};

/// "01:00-04:00"; "22:00-24:00" ends at midnight. nullopt for anything else.
std::optional<DailyWindow> parseDailyWindow(std::string_view text);
bool contains(const DailyWindow& window, WallTime when);

/// "2026-11-22" as midnight UTC; nullopt for a date that the calendar lacks.
std::optional<WallTime> parseDate(std::string_view text);
/// Whether it is Saturday or Sunday in the zone that is so many hours ahead of UTC.
bool isWeekend(WallTime when, int utcOffsetHours);

} // namespace patchbay
