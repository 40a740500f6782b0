// Figures of a run: every round of every measure and program, their medians, the ratios to nginx, the targets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace patchbay::bench {

struct Target {
    enum class Kind { RatioToNginxAtMost, AtMost, AtLeast };
    Kind kind = Kind::AtMost;
    double limit = 0;
};

class Report {
public:
    /// One round's figure. Measures and programs appear in the order in which they first come.
    void add(std::string_view measure, std::string_view unit, std::string_view program, double value);
    void setTarget(std::string_view measure, Target target);

    /// The table for people. Targets are judged by the program named "patchbay".
    std::string table() const;
    json::object toJson() const;
    bool empty() const { return m_measures.empty(); }

private:
    struct Series {
        std::string program;
        std::vector<double> rounds;
    };
    struct Measure {
        std::string name;
        std::string unit;
        std::vector<Series> series;
        std::optional<Target> target;

        std::optional<double> medianOf(std::string_view program) const;
        std::optional<double> ratio() const;
        std::optional<bool> met() const;
    };
    Measure& measureNamed(std::string_view name, std::string_view unit);

    std::vector<Measure> m_measures;
};

/// The value below which `share` of the values lie (0.5 = median). Takes a copy to sort it.
double quantile(std::vector<double> values, double share);

} // namespace patchbay::bench
