#include "services/config_problem.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

#include "base/strings.h"

namespace patchbay {
namespace {

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    std::iota(rows[0].begin(), rows[0].end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        rows[i][0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    }
    return rows[a.size()][b.size()];
}

std::string normalised(std::string_view text) {
    std::string result = toLowerAscii(text);
    std::replace(result.begin(), result.end(), '-', '_');
    return result;
}

} // namespace

std::string ConfigOrigin::text() const {
    return line == 0 ? source : fmt::format("{}:{}:{}", source, line, column);
}

std::string ConfigProblem::text() const {
    std::string result = origin.source.empty() ? std::string() : origin.text() + ": ";
    if (severity == Severity::Warning)
        result += "warning: ";
    result += message;
    return hint.empty() ? result : result + "\n  " + hint;
}

void ConfigProblems::error(const ConfigOrigin& origin, std::string message, std::string hint) {
    m_problems.push_back({ConfigProblem::Severity::Error, origin, std::move(message), std::move(hint)});
}

void ConfigProblems::warning(const ConfigOrigin& origin, std::string message, std::string hint) {
    m_problems.push_back({ConfigProblem::Severity::Warning, origin, std::move(message), std::move(hint)});
}

bool ConfigProblems::hasErrors() const {
    return std::any_of(m_problems.begin(), m_problems.end(),
                       [](const ConfigProblem& problem) { return problem.severity == ConfigProblem::Severity::Error; });
}

std::vector<ConfigProblem> ConfigProblems::sorted() const {
    const auto place = [](const ConfigProblem& problem) {
        return std::tie(problem.origin.source, problem.origin.line, problem.origin.column);
    };
    std::vector<std::size_t> order(m_problems.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto placeA = place(m_problems[a]);
        const auto placeB = place(m_problems[b]);
        return placeA != placeB ? placeA < placeB : a < b;
    });
    std::vector<ConfigProblem> result;
    for (const std::size_t index : order)
        result.push_back(m_problems[index]);
    return result;
}

Error configError(const std::vector<ConfigProblem>& problems) {
    std::vector<std::string> lines;
    for (const ConfigProblem& problem : problems)
        if (problem.severity == ConfigProblem::Severity::Error)
            lines.push_back(problem.text());
    return makeError(ErrorCode::Configuration, fmt::format("{}", fmt::join(lines, "\n")),
                     "Mend what is listed; `patchbay config check` shows it again.");
}

std::string didYouMean(std::string_view given, const std::vector<std::string_view>& known) {
    const std::string wanted = normalised(given);
    std::string_view best;
    // A third of the letters may be wrong, so that short words do not suggest at random.
    std::size_t bestDistance = std::min<std::size_t>(3, std::max<std::size_t>(1, wanted.size() / 3)) + 1;
    for (const std::string_view candidate : known) {
        const std::size_t distance = editDistance(wanted, normalised(candidate));
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best.empty() ? std::string() : fmt::format("Did you mean '{}'?", best);
}

} // namespace patchbay
