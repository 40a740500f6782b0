#include "services/config_tree.h"

#include <algorithm>

#include <fmt/format.h>

namespace patchbay {
namespace {

using Kind = ConfigNode::Kind;

ConfigNode* elementNamed(ConfigNode& list, std::string_view identity, std::string_view name) {
    for (ConfigNode& element : list.elements) {
        const ConfigNode* value = element.kind == Kind::Table ? element.find(identity) : nullptr;
        if (value != nullptr && value->kind == Kind::String && value->text == name)
            return &element;
    }
    return nullptr;
}

void mergeList(ConfigNode& base, const ConfigNode& over, std::string_view identity) {
    for (const ConfigNode& element : over.elements) {
        const ConfigNode* name = element.kind == Kind::Table ? element.find(identity) : nullptr;
        ConfigNode* same =
            name != nullptr && name->kind == Kind::String ? elementNamed(base, identity, name->text) : nullptr;
        if (same != nullptr)
            mergeTree(*same, element);
        else
            base.elements.push_back(element);
    }
}

void mergeMember(ConfigNode& base, const ConfigMember& member) {
    ConfigNode* known = base.find(member.key);
    if (known == nullptr) {
        base.members.push_back(member);
        return;
    }
    const std::string_view identity = identityOf(member.key);
    if (known->kind == Kind::Table && member.value.kind == Kind::Table)
        mergeTree(*known, member.value);
    else if (!identity.empty() && known->kind == Kind::Array && member.value.kind == Kind::Array)
        mergeList(*known, member.value, identity);
    else
        *known = member.value;
}

Error cannotHold(std::string_view key, std::string_view what) {
    return makeError(ErrorCode::InvalidRequest, fmt::format("'{}' cannot be {}", key, what),
                     "See docs/CONFIGURATION.md.");
}

Result<ConfigNode> nodeOf(const json::value& value, std::string_view key) {
    ConfigNode node;
    switch (value.kind()) {
    case json::kind::string:
        node.kind = Kind::String;
        node.text = std::string(toView(value.get_string()));
        return node;
    case json::kind::bool_:
        node.kind = Kind::Boolean;
        node.boolean = value.get_bool();
        return node;
    case json::kind::int64:
        node.kind = Kind::Integer;
        node.integer = value.get_int64();
        return node;
    case json::kind::double_:
        node.kind = Kind::Float;
        node.real = value.get_double();
        return node;
    case json::kind::array:
        node.kind = Kind::Array;
        for (const json::value& element : value.get_array()) {
            auto child = nodeOf(element, key);
            if (!child)
                return child;
            node.elements.push_back(std::move(*child));
        }
        return node;
    case json::kind::object:
        for (const auto& member : value.get_object()) {
            if (member.value().is_null())
                continue;
            auto child = nodeOf(member.value(), toView(member.key()));
            if (!child)
                return child;
            node.member(toView(member.key()), {}) = std::move(*child);
        }
        return node;
    case json::kind::null:
        return cannotHold(key, "null here");
    case json::kind::uint64:
        break;
    }
    return cannotHold(key, "a number that large");
}

bool onlyRemoves(const json::object& patch) {
    return !patch.empty() &&
           std::all_of(patch.begin(), patch.end(), [](const auto& member) { return member.value().is_null(); });
}

Result<void> patchTable(ConfigNode& table, const json::object& patch, bool root);

Result<void> patchList(ConfigNode& table, std::string_view key, const json::object& patch) {
    const std::string_view identity = identityOf(key);
    ConfigNode& list = table.member(key, {});
    list.kind = Kind::Array;
    for (const auto& entry : patch) {
        const std::string_view name = toView(entry.key());
        ConfigNode* element = elementNamed(list, identity, name);
        if (entry.value().is_null()) {
            std::erase_if(list.elements, [element](const ConfigNode& node) { return &node == element; });
            continue;
        }
        const json::object* members = entry.value().if_object();
        if (members == nullptr)
            return cannotHold(fmt::format("{}.{}", key, name), "anything but an object or null");
        if (element == nullptr) {
            ConfigNode fresh;
            ConfigNode& id = fresh.member(identity, {});
            id.kind = Kind::String;
            id.text = std::string(name);
            element = &list.elements.emplace_back(std::move(fresh));
        }
        if (const auto patched = patchTable(*element, *members, false); !patched)
            return patched;
        // What only took something back does not leave an entry that says nothing but its name.
        if (onlyRemoves(*members) && element->members.size() == 1)
            std::erase_if(list.elements, [element](const ConfigNode& node) { return &node == element; });
    }
    return {};
}

bool holds(const ConfigNode& table, const json::object& patch, bool root) {
    for (const auto& member : patch) {
        const std::string_view key = toView(member.key());
        const ConfigNode* node = table.find(key);
        const json::object* inner = member.value().if_object();
        if (!node)
            return false;
        if (!inner)
            continue;
        const std::string_view identity = root ? identityOf(key) : std::string_view{};
        if (identity.empty()) {
            if (!holds(*node, *inner, false))
                return false;
            continue;
        }
        for (const auto& entry : *inner) {
            const ConfigNode* element = elementNamed(const_cast<ConfigNode&>(*node), identity, toView(entry.key()));
            const json::object* members = entry.value().if_object();
            if (!element || (members && !holds(*element, *members, false)))
                return false;
        }
    }
    return true;
}

Result<void> patchTable(ConfigNode& table, const json::object& patch, bool root) {
    for (const auto& member : patch) {
        const std::string_view key = toView(member.key());
        const json::object* object = member.value().if_object();
        if (member.value().is_null()) {
            table.remove(key);
        } else if (root && !identityOf(key).empty()) {
            if (object == nullptr)
                return cannotHold(key, "anything but an object by id or name");
            if (const auto patched = patchList(table, key, *object); !patched)
                return patched;
        } else if (object != nullptr) {
            ConfigNode& child = table.member(key, {});
            if (child.kind != Kind::Table)
                child = ConfigNode{};
            if (const auto patched = patchTable(child, *object, false); !patched)
                return patched;
        } else {
            auto value = nodeOf(member.value(), key);
            if (!value)
                return value.error();
            table.member(key, {}) = std::move(*value);
        }
    }
    return {};
}

} // namespace

const ConfigNode* ConfigNode::find(std::string_view key) const {
    const auto found =
        std::find_if(members.begin(), members.end(), [key](const ConfigMember& member) { return member.key == key; });
    return found == members.end() ? nullptr : &found->value;
}

ConfigNode* ConfigNode::find(std::string_view key) {
    return const_cast<ConfigNode*>(std::as_const(*this).find(key));
}

ConfigNode& ConfigNode::member(std::string_view key, const ConfigOrigin& where) {
    if (ConfigNode* known = find(key))
        return *known;
    ConfigMember& made = members.emplace_back();
    made.key = std::string(key);
    made.origin = where;
    made.value.origin = where;
    return made.value;
}

void ConfigNode::remove(std::string_view key) {
    std::erase_if(members, [key](const ConfigMember& member) { return member.key == key; });
}

std::string_view kindName(Kind kind) {
    switch (kind) {
    case Kind::Table:
        return "a table";
    case Kind::Array:
        return "a list";
    case Kind::String:
        return "a text";
    case Kind::Integer:
        return "a whole number";
    case Kind::Float:
        return "a number";
    case Kind::Boolean:
        return "true or false";
    case Kind::Date:
        return "a date";
    }
    return "a value";
}

std::string_view identityOf(std::string_view list) {
    if (list == "providers")
        return "id";
    return list == "models" ? "name" : std::string_view{};
}

void reportDuplicates(const ConfigNode& root, ConfigProblems& problems) {
    for (const std::string_view list : {"providers", "models"}) {
        const ConfigNode* node = root.find(list);
        if (node == nullptr || node->kind != Kind::Array)
            continue;
        std::vector<const ConfigNode*> seen;
        for (const ConfigNode& element : node->elements) {
            const ConfigNode* name = element.kind == Kind::Table ? element.find(identityOf(list)) : nullptr;
            if (name == nullptr || name->kind != Kind::String)
                continue;
            const auto first = std::find_if(seen.begin(), seen.end(),
                                            [name](const ConfigNode* known) { return known->text == name->text; });
            if (first != seen.end())
                problems.error(
                    name->origin,
                    fmt::format("{} '{}' stands there twice", list == "providers" ? "provider" : "model", name->text),
                    fmt::format("The first one is in line {}. Rename or remove one of them.", (*first)->origin.line));
            else
                seen.push_back(name);
        }
    }
}

void mergeTree(ConfigNode& base, const ConfigNode& over) {
    for (const ConfigMember& member : over.members)
        mergeMember(base, member);
}

Result<void> patchTree(ConfigNode& root, const json::object& patch) {
    auto patched = patchTable(root, patch, true);
    // An empty list of providers means "none", which would switch off those of the environment.
    std::erase_if(root.members, [](const ConfigMember& member) {
        const bool list = !identityOf(member.key).empty() && member.value.kind == Kind::Array;
        return (list && member.value.elements.empty()) ||
               (member.value.kind == Kind::Table && member.value.members.empty());
    });
    return patched;
}

bool treeHolds(const ConfigNode& root, const json::object& patch) {
    return holds(root, patch, true);
}

} // namespace patchbay
