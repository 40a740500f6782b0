#include "services/config_values.h"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/strings.h"

namespace patchbay {
namespace {

using Kind = ConfigNode::Kind;

template <class Number> std::optional<Number> parseNumber(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                     : std::nullopt;
}

// A number with a unit behind it: {10, "s"}.
struct Quantity {
    double number = 0;
    std::string_view unit;
};

std::optional<Quantity> quantityOf(std::string_view text) {
    text = trim(text);
    const auto end = text.find_first_not_of("0123456789.");
    const auto number = parseNumber<double>(text.substr(0, end));
    if (!number)
        return std::nullopt;
    return Quantity{*number, end == std::string_view::npos ? std::string_view{} : trim(text.substr(end))};
}

std::optional<Quantity> quantityOf(const ConfigNode& node) {
    switch (node.kind) {
    case Kind::Integer:
        return Quantity{static_cast<double>(node.integer), {}};
    case Kind::Float:
        return Quantity{node.real, {}};
    case Kind::String:
        return quantityOf(node.text);
    default:
        return std::nullopt;
    }
}

using Unit = std::pair<std::string_view, double>;

std::optional<double> scaleOf(std::string_view unit, std::span<const Unit> units) {
    for (const auto& [name, scale] : units)
        if (equalsIgnoreCase(name, unit))
            return scale;
    return std::nullopt;
}

std::string durationText(Milliseconds duration) {
    const auto count = duration.count();
    if (count % 3'600'000 == 0)
        return fmt::format("{}h", count / 3'600'000);
    return count % 1000 == 0 ? fmt::format("{}s", count / 1000) : fmt::format("{}ms", count);
}

} // namespace

void ConfigValue::error(std::string message, std::string hint) const {
    problems.error(node.origin, name + " " + std::move(message), std::move(hint));
}

void ConfigValue::warning(std::string message, std::string hint) const {
    problems.warning(node.origin, name + " " + std::move(message), std::move(hint));
}

bool readText(const ConfigValue& value, std::string& target) {
    if (value.node.kind != Kind::String) {
        value.error(fmt::format("must be a text in quotes, not {}", kindName(value.node.kind)));
        return false;
    }
    target = value.node.text;
    return true;
}

bool readFlag(const ConfigValue& value, bool& target) {
    const ConfigNode& node = value.node;
    if (node.kind == Kind::Boolean) {
        target = node.boolean;
        return true;
    }
    if (node.untyped)
        for (const auto& [word, flag] : std::array<std::pair<std::string_view, bool>, 8>{{{"true", true},
                                                                                          {"1", true},
                                                                                          {"yes", true},
                                                                                          {"on", true},
                                                                                          {"false", false},
                                                                                          {"0", false},
                                                                                          {"no", false},
                                                                                          {"off", false}}})
            if (equalsIgnoreCase(trim(node.text), word)) {
                target = flag;
                return true;
            }
    value.error("must be true or false", node.kind == Kind::String && !node.untyped ? "Write it without quotes." : "");
    return false;
}

bool readInteger(const ConfigValue& value, std::int64_t least, std::int64_t most, std::int64_t& target) {
    const ConfigNode& node = value.node;
    std::optional<std::int64_t> number;
    if (node.kind == Kind::Integer)
        number = node.integer;
    else if (node.untyped)
        number = parseNumber<std::int64_t>(trim(node.text));
    if (!number || *number < least || *number > most) {
        // Kubernetes sets NAME_PORT=tcp://… for every service, which may meet one of our names by chance.
        const bool link = node.untyped && node.text.starts_with("tcp://");
        value.error(fmt::format("must be a whole number from {} to {}", least, most),
                    link ? "Kubernetes made this variable for a service; set enableServiceLinks: false in the pod."
                         : (node.kind == Kind::String && !node.untyped ? "Write it without quotes." : ""));
        return false;
    }
    target = *number;
    return true;
}

bool readNumber(const ConfigValue& value, double least, double most, double& target) {
    const ConfigNode& node = value.node;
    const double number = node.kind == Kind::Integer ? static_cast<double>(node.integer) : node.real;
    if ((node.kind != Kind::Integer && node.kind != Kind::Float) || !(number >= least && number <= most)) {
        value.error(fmt::format("must be a number from {} to {}", least, most));
        return false;
    }
    target = number;
    return true;
}

bool readDuration(const ConfigValue& value, DurationLimits limits, Milliseconds& target) {
    constexpr std::array<Unit, 6> kUnits{
        {{"", 1000}, {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"min", 60'000}, {"h", 3'600'000}}};
    const auto quantity = quantityOf(value.node);
    const bool off = value.node.kind == Kind::String && equalsIgnoreCase(trim(value.node.text), "off");
    const auto scale = quantity ? scaleOf(quantity->unit, kUnits) : std::nullopt;
    if (!off && !scale) {
        value.error("is not a duration", "Write \"10s\", \"500ms\", \"2m\", \"1h\" or a number of seconds.");
        return false;
    }
    const double milliseconds = off ? 0 : quantity->number * *scale;
    if (limits.mayBeOff && milliseconds == 0) {
        target = Milliseconds{0};
        return true;
    }
    if (!(milliseconds >= static_cast<double>(limits.least.count()) &&
          milliseconds <= static_cast<double>(limits.most.count()))) {
        value.error(fmt::format("must be from {} to {}", durationText(limits.least), durationText(limits.most)),
                    limits.mayBeOff ? "\"off\" switches it off." : "");
        return false;
    }
    target = Milliseconds{std::llround(milliseconds)};
    return true;
}

bool readSize(const ConfigValue& value, std::int64_t least, std::int64_t most, std::size_t& target) {
    constexpr std::array<Unit, 9> kUnits{{{"", 1},
                                          {"b", 1},
                                          {"kb", 1e3},
                                          {"mb", 1e6},
                                          {"gb", 1e9},
                                          {"kib", 1 << 10},
                                          {"mib", 1 << 20},
                                          {"gib", 1 << 30},
                                          {"bytes", 1}}};
    const auto quantity = quantityOf(value.node);
    const auto scale = quantity ? scaleOf(quantity->unit, kUnits) : std::nullopt;
    if (!scale) {
        value.error("is not a size", "Write \"32MiB\", \"64KiB\", \"1GiB\" or a number of bytes.");
        return false;
    }
    const double bytes = quantity->number * *scale;
    if (!(bytes >= static_cast<double>(least) && bytes <= static_cast<double>(most))) {
        value.error(fmt::format("must be from {} to {} bytes", least, most));
        return false;
    }
    target = static_cast<std::size_t>(std::llround(bytes));
    return true;
}

bool readTexts(const ConfigValue& value, std::vector<std::string>& target) {
    std::vector<std::string> texts;
    if (value.node.untyped) {
        for (const std::string_view part : split(value.node.text, ','))
            if (!trim(part).empty())
                texts.emplace_back(trim(part));
        target = std::move(texts);
        return true;
    }
    if (value.node.kind != Kind::Array) {
        value.error(fmt::format("must be a list of texts, not {}", kindName(value.node.kind)),
                    "Write it like [\"a\", \"b\"].");
        return false;
    }
    bool good = true;
    for (std::size_t i = 0; i < value.node.elements.size(); ++i) {
        std::string text;
        const ConfigValue element{value.node.elements[i], fmt::format("{}[{}]", value.name, i), value.problems};
        if (!readText(element, text))
            good = false;
        else if (std::find(texts.begin(), texts.end(), text) != texts.end()) {
            element.error(fmt::format("repeats \"{}\"", text), "Remove one of them.");
            good = false;
        } else
            texts.push_back(std::move(text));
    }
    if (good)
        target = std::move(texts);
    return good;
}

std::optional<std::size_t> readChoice(const ConfigValue& value, const std::vector<std::string_view>& choices) {
    std::string word;
    if (!readText(value, word))
        return std::nullopt;
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (choices[i] == word)
            return i;
    std::string hint = didYouMean(word, choices);
    value.error(fmt::format("must be one of: {}", fmt::join(choices, ", ")), std::move(hint));
    return std::nullopt;
}

bool readSecretRef(const ConfigValue& value, std::string_view usualVariable, std::optional<SecretRef>& target) {
    std::string text;
    if (!readText(value, text))
        return false;
    auto reference = parseSecretRef(text, usualVariable);
    if (!reference) {
        value.error(reference.error().message, reference.error().hint);
        return false;
    }
    target = std::move(*reference);
    return true;
}

bool checkTable(const ConfigValue& table, const std::vector<std::string_view>& known) {
    if (table.node.kind != Kind::Table) {
        table.error(fmt::format("must be a table, not {}", kindName(table.node.kind)));
        return false;
    }
    for (const ConfigMember& member : table.node.members) {
        if (std::find(known.begin(), known.end(), member.key) != known.end())
            continue;
        std::string hint = didYouMean(member.key, known);
        if (hint.empty())
            hint = fmt::format("Known here: {}.", fmt::join(known, ", "));
        table.problems.error(member.origin, fmt::format("unknown key '{}' in {}", member.key, table.name),
                             std::move(hint));
    }
    return true;
}

} // namespace patchbay
