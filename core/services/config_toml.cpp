// Between TOML text and configuration trees: toml++ reads (nothing else includes it), our own writer writes.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "services/config_tree.h"
#include "services/toml_depth.h"

namespace patchbay {
namespace {

using Kind = ConfigNode::Kind;

ConfigOrigin originOf(const std::string& source, const toml::source_region& region) {
    return {source, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

ConfigNode convert(const toml::node& node, const std::string& source) {
    ConfigNode result;
    result.origin = originOf(source, node.source());
    if (const toml::table* table = node.as_table()) {
        for (const auto& [key, value] : *table)
            result.members.push_back({std::string(key.str()), originOf(source, key.source()), convert(value, source)});
        // toml++ sorts keys; the order of the file is the order in which a person thinks.
        std::sort(result.members.begin(), result.members.end(), [](const ConfigMember& a, const ConfigMember& b) {
            return std::pair(a.origin.line, a.origin.column) < std::pair(b.origin.line, b.origin.column);
        });
    } else if (const toml::array* array = node.as_array()) {
        result.kind = Kind::Array;
        for (const toml::node& element : *array)
            result.elements.push_back(convert(element, source));
    } else if (const auto* text = node.as_string()) {
        result.kind = Kind::String;
        result.text = text->get();
    } else if (const auto* integer = node.as_integer()) {
        result.kind = Kind::Integer;
        result.integer = integer->get();
    } else if (const auto* real = node.as_floating_point()) {
        result.kind = Kind::Float;
        result.real = real->get();
    } else if (const auto* boolean = node.as_boolean()) {
        result.kind = Kind::Boolean;
        result.boolean = boolean->get();
    } else
        result.kind = Kind::Date;
    return result;
}

bool isBareKey(std::string_view key) {
    return !key.empty() && key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
                               std::string_view::npos;
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        switch (c) {
        case '"':
            result += "\\\"";
            break;
        case '\\':
            result += "\\\\";
            break;
        case '\n':
            result += "\\n";
            break;
        case '\r':
            result += "\\r";
            break;
        case '\t':
            result += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
                result += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
            else
                result.push_back(c);
        }
    }
    return result + "\"";
}

std::string keyText(std::string_view key) {
    return isBareKey(key) ? std::string(key) : quoted(key);
}

std::string realText(double value) {
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value < 0 ? "-inf" : "inf";
    std::string text = fmt::format("{}", value); // shortest form that reads back equal
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string inlineText(const ConfigNode& node) {
    std::vector<std::string> parts;
    switch (node.kind) {
    case Kind::Table:
        for (const ConfigMember& member : node.members)
            parts.push_back(keyText(member.key) + " = " + inlineText(member.value));
        return parts.empty() ? "{}" : fmt::format("{{ {} }}", fmt::join(parts, ", "));
    case Kind::Array:
        for (const ConfigNode& element : node.elements)
            parts.push_back(inlineText(element));
        return fmt::format("[{}]", fmt::join(parts, ", "));
    case Kind::Integer:
        return std::to_string(node.integer);
    case Kind::Float:
        return realText(node.real);
    case Kind::Boolean:
        return node.boolean ? "true" : "false";
    case Kind::String:
    case Kind::Date:
        break;
    }
    return quoted(node.text);
}

bool isTableList(const ConfigNode& node) {
    return node.kind == Kind::Array && !node.elements.empty() &&
           std::all_of(node.elements.begin(), node.elements.end(),
                       [](const ConfigNode& element) { return element.kind == Kind::Table; });
}

void appendTable(std::string& out, const std::string& heading, const ConfigNode& table) {
    out += "\n" + heading + "\n";
    for (const ConfigMember& member : table.members)
        out += keyText(member.key) + " = " + inlineText(member.value) + "\n";
}

} // namespace

std::optional<ConfigNode> parseToml(std::string_view text, const std::string& source, ConfigProblems& problems) {
    if (const auto line = tomlTooDeepAt(text)) {
        problems.error({source, *line, 1}, fmt::format("brackets and dotted keys nest deeper than {} levels", kMaxTomlDepth),
                       "No setting lies that deep; look for a broken line.");
        return std::nullopt;
    }
    try {
        const toml::table table = toml::parse(text, std::string_view(source));
        ConfigNode root = convert(table, source);
        root.origin = {source, 1, 1};
        return root;
    } catch (const toml::parse_error& error) {
        problems.error(originOf(source, error.source()), std::string(error.description()),
                       "The file is not valid TOML there.");
        return std::nullopt;
    }
}

std::string writeToml(const ConfigNode& root) {
    std::string out;
    for (const ConfigMember& member : root.members)
        if (member.value.kind != Kind::Table && !isTableList(member.value))
            out += keyText(member.key) + " = " + inlineText(member.value) + "\n";
    for (const ConfigMember& member : root.members) {
        const std::string key = keyText(member.key);
        if (member.value.kind == Kind::Table)
            appendTable(out, "[" + key + "]", member.value);
        else if (isTableList(member.value))
            for (const ConfigNode& element : member.value.elements)
                appendTable(out, "[[" + key + "]]", element);
    }
    return out;
}

} // namespace patchbay
