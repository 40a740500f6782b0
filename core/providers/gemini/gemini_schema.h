// Gemini's own schema dialect (OpenAPI 3.0 style: upper-case types, `nullable`) as JSON Schema.
#pragma once

#include "base/json.h"

namespace patchbay::gemini {

/// Types become lower case, `nullable: true` becomes a union with null, `propertyOrdering` is dropped; everything else
/// is JSON Schema already and stays.
json::object jsonSchemaOf(const json::object& schema);

} // namespace patchbay::gemini
