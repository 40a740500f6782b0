#include "report.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace patchbay::bench {
namespace {

constexpr std::string_view kOurs = "patchbay";
constexpr std::string_view kWarning = "patchbay, level warning";

std::string number(std::optional<double> value) {
    if (!value)
        return "-";
    if (std::abs(*value) >= 1000)
        return fmt::format("{:.0f}", *value);
    return std::abs(*value) >= 10 ? fmt::format("{:.1f}", *value) : fmt::format("{:.2f}", *value);
}

std::string targetText(const std::optional<Target>& target) {
    if (!target)
        return "";
    switch (target->kind) {
    case Target::Kind::RatioToNginxAtMost:
        return fmt::format("<= {}x", target->limit);
    case Target::Kind::AtMost:
        return fmt::format("<= {}", target->limit);
    case Target::Kind::AtLeast:
        return fmt::format(">= {}", target->limit);
    }
    return "";
}

} // namespace

double quantile(std::vector<double> values, double share) {
    if (values.empty())
        return NAN;
    std::sort(values.begin(), values.end());
    const double at = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (values[above] - values[below]) * (at - static_cast<double>(below));
}

std::optional<double> Report::Measure::medianOf(std::string_view program) const {
    for (const Series& one : series)
        if (one.program == program)
            return quantile(one.rounds, 0.5);
    return std::nullopt;
}

std::optional<double> Report::Measure::ratio() const {
    const auto ours = medianOf(kOurs), nginx = medianOf("nginx");
    if (!ours || !nginx || *nginx <= 0)
        return std::nullopt;
    return *ours / *nginx;
}

std::optional<bool> Report::Measure::met() const {
    if (!target)
        return std::nullopt;
    const auto judged = target->kind == Target::Kind::RatioToNginxAtMost ? ratio() : medianOf(kOurs);
    if (!judged)
        return std::nullopt;
    return target->kind == Target::Kind::AtLeast ? *judged >= target->limit : *judged <= target->limit;
}

Report::Measure& Report::measureNamed(std::string_view name, std::string_view unit) {
    for (Measure& measure : m_measures)
        if (measure.name == name)
            return measure;
    return m_measures.emplace_back(Measure{.name = std::string(name), .unit = std::string(unit)});
}

void Report::add(std::string_view measure, std::string_view unit, std::string_view program, double value) {
    Measure& into = measureNamed(measure, unit);
    for (Series& series : into.series)
        if (series.program == program) {
            series.rounds.push_back(value);
            return;
        }
    into.series.push_back({std::string(program), {value}});
}

void Report::setTarget(std::string_view measure, Target target) {
    measureNamed(measure, {}).target = target;
}

std::string Report::table() const {
    std::string out = fmt::format("| {:<46} | {:<8} | {:>8} | {:>8} | {:>12} | {:>8} | {:<10} | {:<6} |\n", "median",
                                  "unit", "nginx", "patchbay", "log warning", "to nginx", "target", "met");
    out += fmt::format("|{:-<48}|{:-<10}|{:->10}|{:->10}|{:->14}|{:->10}|{:-<12}|{:-<8}|\n", "", "", ":", ":", ":", ":",
                       "", "");
    for (const Measure& measure : m_measures) {
        const auto met = measure.met();
        const auto ratio = measure.ratio();
        out += fmt::format("| {:<46} | {:<8} | {:>8} | {:>8} | {:>12} | {:>8} | {:<10} | {:<6} |\n", measure.name,
                           measure.unit, number(measure.medianOf("nginx")), number(measure.medianOf(kOurs)),
                           number(measure.medianOf(kWarning)), ratio ? fmt::format("{:.2f}x", *ratio) : "",
                           targetText(measure.target), met ? (*met ? "yes" : "NO") : "");
    }
    return out;
}

json::object Report::toJson() const {
    json::array measures;
    for (const Measure& measure : m_measures) {
        json::object one{{"measure", measure.name}, {"unit", measure.unit}};
        json::object programs;
        for (const Series& series : measure.series)
            programs[series.program] =
                json::object{{"median", quantile(series.rounds, 0.5)},
                             {"min", quantile(series.rounds, 0)},
                             {"max", quantile(series.rounds, 1)},
                             {"rounds", json::array(series.rounds.begin(), series.rounds.end())}};
        one["programs"] = std::move(programs);
        if (const auto ratio = measure.ratio())
            one["ratio_to_nginx"] = *ratio;
        if (measure.target)
            one["target"] = targetText(measure.target);
        if (const auto met = measure.met())
            one["met"] = *met;
        measures.push_back(std::move(one));
    }
    return {{"measures", std::move(measures)}};
}

} // namespace patchbay::bench
