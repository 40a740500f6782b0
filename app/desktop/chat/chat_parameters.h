// A conversation's parameters between the store (the native API's names) and the window.
#pragma once

#include <QString>
#include <QVariantMap>

#include "base/json.h"

namespace patchbay {

/// "max_tokens" is "max_output_tokens" in the window; `stop` is a list of strings.
QVariantMap parametersToQt(const json::object& parameters);
/// An invalid or empty value takes it out. A text for `stop` is one stop sequence per line.
void setParameterIn(json::object& parameters, const QString& name, const QVariant& value);

} // namespace patchbay
