// A deterministic instance of a JSON Schema: what the playground answers when a schema or a tool's parameters are given.
#pragma once

#include <string_view>

#include "base/json.h"

namespace patchbay::playground {

/// Follows type, properties, required, items, enum, const, anyOf/oneOf/allOf, $ref into the same document, bounds of
/// numbers, strings and arrays, and common formats. Text values are `seed`, cut or filled to fit. Recursion ends at depth 8
/// by leaving optional members out.
json::value sampleOf(const json::object& schema, std::string_view seed);

} // namespace patchbay::playground
