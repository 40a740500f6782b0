#include "server/conversation_parameters.h"

#include <limits>

namespace patchbay {
namespace {

constexpr std::int64_t kMaxInt = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMaxStops = 64;

void checkStop(FieldReader& fields) {
    const json::array* stop = fields.array("stop");
    for (std::size_t i = 0; stop && i < stop->size(); ++i)
        if (!(*stop)[i].is_string())
            fields.problem().wrongType(indexedPath(fields.pathOf("stop"), i), "a string", (*stop)[i]);
    if (stop && stop->size() > kMaxStops)
        fields.problem().report(fields.pathOf("stop"), "Invalid 'parameters.stop': more than 64 stop sequences.");
}

} // namespace

void checkParameters(const json::object& parameters, RequestProblem& problem) {
    FieldReader fields(parameters, "parameters", problem);
    fields.number("temperature", 0, 2);
    fields.number("top_p", 0, 1);
    fields.integer("top_k", -1, kMaxInt);
    fields.integer("max_tokens", 1, kMaxInt);
    fields.number("presence_penalty", -2, 2);
    fields.number("frequency_penalty", -2, 2);
    fields.integer("seed", std::numeric_limits<std::int64_t>::min(), kMaxInt);
    fields.choice("reasoning_effort", {"none", "minimal", "low", "medium", "high", "xhigh", "max"});
    checkStop(fields);
    for (const auto& [key, value] : fields.rest())
        problem.report(fields.pathOf(toView(key)), "Unknown member '" + fields.pathOf(toView(key)) + "'.",
                       "unknown_parameter");
}

} // namespace patchbay
