#include "playground/schema_sample.h"

#include <cmath>

#include "base/strings.h"

namespace patchbay::playground {
namespace {

constexpr int kMaxDepth = 8;

class Sampler {
public:
    Sampler(const json::object& root, std::string_view seed) : m_root(root), m_seed(seed) {}

    json::value sample(const json::value& schema, int depth) const {
        if (!schema.is_object())
            return json::value(json::string(m_seed)); // `true`: anything goes
        return sample(schema.get_object(), depth);
    }

    json::value sample(const json::object& schema, int depth) const {
        if (depth > kMaxDepth * 2)
            return nullptr;
        if (const auto* value = schema.if_contains("const"))
            return *value;
        if (const json::array* values = findArray(schema, "enum"); values && !values->empty())
            return values->front();
        if (const auto ref = findString(schema, "$ref"))
            if (const json::value* target = resolve(*ref))
                return sample(*target, depth + 1);
        for (const std::string_view keyword : {"anyOf", "oneOf"})
            if (const json::array* branches = findArray(schema, keyword); branches && !branches->empty())
                return sample(pick(*branches, depth), depth + 1);
        if (const json::array* parts = findArray(schema, "allOf"))
            return sampleAll(schema, *parts, depth);
        return sampleTyped(schema, depth);
    }

private:
    // The first branch, or deep down one that ends the recursion (null or a scalar).
    const json::value& pick(const json::array& branches, int depth) const {
        if (depth >= kMaxDepth)
            for (const json::value& branch : branches)
                if (branch.is_object() && typeOf(branch.get_object()) != "object" &&
                    typeOf(branch.get_object()) != "array" && !branch.get_object().contains("$ref"))
                    return branch;
        return branches.front();
    }

    json::value sampleAll(const json::object& schema, const json::array& parts, int depth) const {
        json::object merged;
        json::value last;
        for (const json::value& part : parts) {
            last = sample(part, depth + 1);
            if (const json::object* members = last.if_object())
                for (const auto& [key, value] : *members)
                    merged.insert_or_assign(key, value);
        }
        json::object own = schema;
        own.erase("allOf");
        if (own.contains("properties"))
            if (json::value value = sampleTyped(own, depth); value.is_object())
                for (const auto& [key, member] : value.get_object())
                    merged.insert_or_assign(key, member);
        return merged.empty() ? last : json::value(std::move(merged));
    }

    std::string_view typeOf(const json::object& schema) const {
        const json::value* type = find(schema, "type");
        if (type && type->is_string())
            return toView(type->get_string());
        if (type && type->is_array())
            for (const json::value& option : type->get_array())
                if (option.is_string() && option.get_string() != "null")
                    return toView(option.get_string());
        if (schema.contains("properties"))
            return "object";
        if (schema.contains("items"))
            return "array";
        return "string";
    }

    json::value sampleTyped(const json::object& schema, int depth) const {
        const std::string_view type = typeOf(schema);
        if (type == "object")
            return sampleObject(schema, depth);
        if (type == "array")
            return sampleArray(schema, depth);
        if (type == "integer" || type == "number")
            return sampleNumber(schema, type == "integer");
        if (type == "boolean")
            return true;
        if (type == "null")
            return nullptr;
        return json::value(json::string(sampleText(schema)));
    }

    json::value sampleObject(const json::object& schema, int depth) const {
        json::object object;
        const json::array* required = findArray(schema, "required");
        const auto isRequired = [&](std::string_view name) {
            if (required)
                for (const json::value& entry : *required)
                    if (entry.is_string() && toView(entry.get_string()) == name)
                        return true;
            return false;
        };
        if (const json::object* properties = findObject(schema, "properties"))
            for (const auto& [name, member] : *properties)
                if (depth < kMaxDepth || isRequired(toView(name)))
                    object.emplace(name, sample(member, depth + 1));
        return object;
    }

    json::value sampleArray(const json::object& schema, int depth) const {
        json::array array;
        const auto count = std::min<std::int64_t>(std::max<std::int64_t>(findInt(schema, "minItems").value_or(1), 0), 64);
        const json::value* items = find(schema, "items");
        const auto limit = depth >= kMaxDepth ? findInt(schema, "minItems").value_or(0) : count;
        for (std::int64_t i = 0; i < limit; ++i)
            array.push_back(items ? sample(*items, depth + 1) : json::value(json::string(m_seed)));
        return array;
    }

    static json::value sampleNumber(const json::object& schema, bool integer) {
        double value = 1;
        if (const auto low = findDouble(schema, "minimum"))
            value = std::max(value, *low);
        if (const auto low = findDouble(schema, "exclusiveMinimum"); low && value <= *low)
            value = integer ? std::floor(*low) + 1 : *low + 0.5;
        if (const auto high = findDouble(schema, "maximum"))
            value = std::min(value, *high);
        if (const auto high = findDouble(schema, "exclusiveMaximum"); high && value >= *high)
            value = integer ? std::ceil(*high) - 1 : *high - 0.5;
        if (const auto step = findDouble(schema, "multipleOf"); step && *step > 0)
            value = std::ceil(value / *step) * *step;
        if (integer)
            return static_cast<std::int64_t>(std::ceil(value));
        return value;
    }

    std::string sampleText(const json::object& schema) const {
        const std::string_view format = stringOr(schema, "format");
        if (format == "date")
            return "2026-01-31";
        if (format == "date-time")
            return "2026-01-31T12:00:00Z";
        if (format == "time")
            return "12:00:00Z";
        if (format == "email")
            return "ada@example.org";
        if (format == "uri")
            return "https://example.org/";
        if (format == "uuid")
            return "00000000-0000-4000-8000-000000000001";
        std::string text(m_seed.empty() ? std::string_view("text") : m_seed);
        const auto least = static_cast<std::size_t>(std::clamp<std::int64_t>(findInt(schema, "minLength").value_or(0), 0, 4096));
        while (text.size() < least)
            text.push_back('x');
        if (const auto most = findInt(schema, "maxLength"); most && *most >= 0)
            text = truncateUtf8(text, static_cast<std::size_t>(*most));
        return text;
    }

    // "#/$defs/name" and the like.
    const json::value* resolve(std::string_view ref) const {
        if (!ref.starts_with('#'))
            return nullptr;
        if (ref == "#")
            return nullptr;
        const json::object* at = &m_root;
        const auto pieces = split(ref.substr(1), '/');
        const json::value* found = nullptr;
        for (std::size_t i = 1; i < pieces.size(); ++i) {
            found = at ? at->if_contains(json::string_view(pieces[i].data(), pieces[i].size())) : nullptr;
            if (!found)
                return nullptr;
            at = found->if_object();
        }
        return found;
    }

    const json::object& m_root;
    std::string_view m_seed;
};

} // namespace

json::value sampleOf(const json::object& schema, std::string_view seed) {
    if (schema.empty())
        return json::object{};
    return Sampler(schema, truncateUtf8(seed, 200)).sample(schema, 0);
}

} // namespace patchbay::playground
