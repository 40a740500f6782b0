#include "playground/playground_model.h"

#include <array>
#include <charconv>

namespace patchbay::playground {
namespace {

struct FaultRow {
    std::string_view name;
    Fault fault;
    std::int64_t number; // default N
};

constexpr std::array kFaults{
    FaultRow{"rate-limit", Fault::RateLimit, 1},      FaultRow{"rate-limit-date", Fault::RateLimitDate, 2},
    FaultRow{"rate-limit-ms", Fault::RateLimitMs, 250}, FaultRow{"quota", Fault::Quota, 0},
    FaultRow{"once", Fault::Once, 0},                 FaultRow{"html", Fault::Html, 0},
    FaultRow{"html-200", Fault::Html200, 0},          FaultRow{"context", Fault::Context, 0},
    FaultRow{"content-filter", Fault::ContentFilter, 0}, FaultRow{"refusal", Fault::Refusal, 0},
    FaultRow{"reset", Fault::Reset, 0},               FaultRow{"silent", Fault::Silent, 0},
    FaultRow{"slow-headers", Fault::SlowHeaders, 20}, FaultRow{"slow-first-token", Fault::SlowFirstToken, 20},
    FaultRow{"stall", Fault::Stall, 20},              FaultRow{"cut", Fault::Cut, 40},
    FaultRow{"malformed", Fault::Malformed, 20},      FaultRow{"error-first", Fault::ErrorFirst, 0},
    FaultRow{"error-midstream", Fault::ErrorMidstream, 20}, FaultRow{"no-done", Fault::NoDone, 0},
    FaultRow{"no-usage", Fault::NoUsage, 0},          FaultRow{"json-for-stream", Fault::JsonForStream, 0},
    FaultRow{"bytewise", Fault::Bytewise, 0},         FaultRow{"huge-event", Fault::HugeEvent, 10},
};

constexpr std::int64_t kMaxNumber = 10'000'000;
// A reply that is not streamed is built whole, so whoever may ask must not be able to ask for all memory.
constexpr std::int64_t kMaxTokens = 200'000;
constexpr std::int64_t kMaxHugeEvent = 256; // MiB

std::optional<std::int64_t> parseNumber(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = failure == std::errc{} && end == text.data() + text.size();
    return whole && value >= 0 && value <= kMaxNumber ? std::optional(value) : std::nullopt;
}

Error unknown(std::string_view name) {
    return makeError(ErrorCode::NotFound, "the playground has no model \"" + std::string(name) + "\"",
                     "Ask for echo, long:N or fault-<name>; docs/PLAYGROUND.md lists the faults.");
}

std::optional<Model> parseFault(std::string_view name) {
    const auto colon = name.find(':');
    std::optional<std::int64_t> number;
    if (colon != std::string_view::npos && !(number = parseNumber(name.substr(colon + 1))))
        return std::nullopt;
    name = name.substr(0, colon);
    for (const FaultRow& row : kFaults)
        if (row.name == name && (row.fault != Fault::HugeEvent || number.value_or(0) <= kMaxHugeEvent))
            return Model{.kind = Model::Kind::Faulty, .fault = row.fault, .number = number.value_or(row.number)};
    if (name.starts_with("error-")) // error-500, error-503, error-529 …
        if (const auto status = parseNumber(name.substr(6)); status && *status >= 400 && *status <= 599)
            return Model{.kind = Model::Kind::Faulty, .fault = Fault::Status, .number = *status};
    return std::nullopt;
}

} // namespace

Result<Model> parseModel(std::string_view name) {
    const std::string_view whole = name;
    for (const std::string_view prefix : {"models/", "playground/"})
        if (name.starts_with(prefix))
            name.remove_prefix(prefix.size());
    double rate = 0;
    if (const auto at = name.rfind('@'); at != std::string_view::npos) {
        const auto parsed = parseNumber(name.substr(at + 1));
        if (!parsed || *parsed == 0)
            return unknown(whole);
        rate = static_cast<double>(*parsed);
        name = name.substr(0, at);
    }
    std::optional<Model> model;
    if (name == "echo")
        model = Model{};
    else if (name.starts_with("long:")) {
        if (const auto count = parseNumber(name.substr(5)); count && *count <= kMaxTokens)
            model = Model{.kind = Model::Kind::Long, .number = *count};
    } else if (name.starts_with("fault-"))
        model = parseFault(name.substr(6));
    if (!model)
        return unknown(whole);
    model->tokensPerSecond = rate;
    return *model;
}

std::vector<std::string> listedModels() {
    return {"echo", "long:100", "long:1000"};
}

std::vector<std::string> faultNames() {
    std::vector<std::string> names;
    for (const FaultRow& row : kFaults)
        names.emplace_back(row.name);
    for (const std::string_view status : {"error-400", "error-401", "error-402", "error-403", "error-404", "error-422",
                                          "error-500", "error-502", "error-503", "error-504", "error-529"})
        names.emplace_back(status);
    return names;
}

} // namespace patchbay::playground
