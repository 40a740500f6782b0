// A configuration before it has a meaning: tables, lists and values, each with the place it came from. Layers (file,
// managed file, environment, options) become trees and are merged as trees, so that a problem is always reported where
// the person wrote it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "services/config_problem.h"

namespace patchbay {

struct ConfigMember;

struct ConfigNode {
    enum class Kind : std::uint8_t { Table, Array, String, Integer, Float, Boolean, Date };
    Kind kind = Kind::Table;
    ConfigOrigin origin;
    std::string text;
    std::int64_t integer = 0;
    double real = 0;
    bool boolean = false;
    /// A text from the environment or an option: it stands for whatever type the setting has.
    bool untyped = false;
    std::vector<ConfigMember> members; ///< of a table, in the order written
    std::vector<ConfigNode> elements;  ///< of an array

    const ConfigNode* find(std::string_view key) const;
    ConfigNode* find(std::string_view key);
    /// The member's value, made where it is missing.
    ConfigNode& member(std::string_view key, const ConfigOrigin& origin);
    void remove(std::string_view key);
};

struct ConfigMember {
    std::string key;
    ConfigOrigin origin;
    ConfigNode value;
};

/// "a table", "a list", "a text" …, for messages.
std::string_view kindName(ConfigNode::Kind kind);

/// Reads TOML 1.0. A syntax error is reported and gives nullopt. `source` names the text in problems.
std::optional<ConfigNode> parseToml(std::string_view text, const std::string& source, ConfigProblems& problems);
/// Writes a tree whose first level is made of tables, lists of tables and values; what lies deeper is written inline.
std::string writeToml(const ConfigNode& root);

/// The member that tells the elements of a list of tables apart: "id" for providers, "name" for models; else empty.
std::string_view identityOf(std::string_view list);
/// Reports elements of one file's `providers` or `models` that carry the same id or name.
void reportDuplicates(const ConfigNode& root, ConfigProblems& problems);
/// Lays `over` over `base`: tables member by member, providers and models by their identity, anything else replaced.
void mergeTree(ConfigNode& base, const ConfigNode& over);

/// Applies a JSON merge patch (RFC 7396: null removes) in which `providers` and `models` are objects by id and name.
/// Lists and sections that are empty afterwards are left out. Errors: InvalidRequest for what TOML cannot hold.
Result<void> patchTree(ConfigNode& root, const json::object& patch);
/// Whether all that the patch names is there.
bool treeHolds(const ConfigNode& root, const json::object& patch);

} // namespace patchbay
