#include "providers/gemini/gemini_schema.h"

#include "base/strings.h"

namespace patchbay::gemini {
namespace {

json::value converted(const json::value& value) {
    return value.is_object() ? json::value(jsonSchemaOf(value.get_object())) : value;
}

} // namespace

json::object jsonSchemaOf(const json::object& schema) {
    json::object out;
    const bool nullable = findBool(schema, "nullable").value_or(false);
    for (const auto& [key, value] : schema) {
        const std::string_view name = toView(key);
        if (name == "nullable" || name == "propertyOrdering")
            continue;
        if (name == "type" && value.is_string()) {
            const std::string type = toLowerAscii(toView(value.get_string()));
            out["type"] = nullable ? json::value(json::array{json::string(type), "null"}) : json::value(type);
        } else if (name == "properties" && value.is_object()) {
            json::object properties; // its members are names, not keywords
            for (const auto& [property, definition] : value.get_object())
                properties.emplace(property, converted(definition));
            out["properties"] = std::move(properties);
        } else if (name == "items" || name == "additionalProperties") {
            out[key] = converted(value);
        } else if (name == "anyOf" && value.is_array()) {
            json::array options;
            for (const json::value& option : value.get_array())
                options.push_back(converted(option));
            out["anyOf"] = std::move(options);
        } else {
            out[key] = value;
        }
    }
    return out;
}

} // namespace patchbay::gemini
