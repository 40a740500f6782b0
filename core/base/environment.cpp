#include "base/environment.h"

#include "base/strings.h"

namespace patchbay {
namespace {

bool isNameCharacter(char c, bool first) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (!first && c >= '0' && c <= '9');
}

bool isName(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (!isNameCharacter(text[i], i == 0))
            return false;
    return !text.empty();
}

// What may follow a quoted value: nothing or a comment.
bool isRest(std::string_view text) {
    text = trim(text);
    return text.empty() || text.front() == '#';
}

std::optional<std::string> doubleQuoted(std::string_view text) {
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"')
            return isRest(text.substr(i + 1)) ? std::optional(value) : std::nullopt;
        if (text[i] != '\\' || i + 1 == text.size()) {
            value.push_back(text[i]);
            continue;
        }
        switch (const char escaped = text[++i]) {
        case 'n':
            value.push_back('\n');
            break;
        case 't':
            value.push_back('\t');
            break;
        case '"':
        case '\\':
        case '$':
            value.push_back(escaped);
            break;
        default:
            value.append({'\\', escaped});
        }
    }
    return std::nullopt;
}

std::optional<std::string> dotEnvValue(std::string_view text) {
    if (text.starts_with('"'))
        return doubleQuoted(text);
    if (text.starts_with('\'')) {
        const auto end = text.find('\'', 1);
        if (end == std::string_view::npos || !isRest(text.substr(end + 1)))
            return std::nullopt;
        return std::string(text.substr(1, end - 1));
    }
    if (text.starts_with('#'))
        return std::string();
    for (std::size_t i = 1; i < text.size(); ++i)
        if (text[i] == '#' && (text[i - 1] == ' ' || text[i - 1] == '\t'))
            text = text.substr(0, i);
    return std::string(trim(text));
}

} // namespace

std::optional<std::string> Environment::get(std::string_view name) const {
    const auto found = m_values.find(name);
    return found == m_values.end() || found->second.empty() ? std::nullopt : std::optional(found->second);
}

Environment Environment::over(const Environment& other) const {
    Environment result = *this;
    for (const auto& [name, value] : other.m_values)
        if (!result.has(name))
            result.m_values[name] = value;
    return result;
}

Environment parseDotEnv(std::string_view text, std::vector<int>& badLines) {
    std::map<std::string, std::string, std::less<>> values;
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    int number = 0;
    for (std::string_view line : split(text, '\n')) {
        ++number;
        line = trim(line);
        if (line.empty() || line.front() == '#')
            continue;
        if (line.starts_with("export "))
            line = trim(line.substr(7));
        const auto equals = line.find('=');
        const std::string_view name = trim(line.substr(0, equals));
        const auto value = equals == std::string_view::npos ? std::nullopt : dotEnvValue(trim(line.substr(equals + 1)));
        if (!value || !isName(name))
            badLines.push_back(number);
        else
            values[std::string(name)] = *value;
    }
    return Environment(std::move(values));
}

std::optional<std::string> expandVariables(std::string_view text, const Environment& environment,
                                           std::string& missing) {
    std::string result;
    while (true) {
        const auto open = text.find("${");
        const auto close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos)
            return result.append(text);
        const std::string_view name = text.substr(open + 2, close - open - 2);
        const auto value = environment.get(name);
        if (!value) {
            missing = std::string(name);
            return std::nullopt;
        }
        result.append(text.substr(0, open)).append(*value);
        text.remove_prefix(close + 1);
    }
}

} // namespace patchbay
