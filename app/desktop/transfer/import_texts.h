// An import's outcome in the window's language.
#pragma once

#include <QVariantMap>

#include "services/chat_import.h"

namespace patchbay {

/// TransferController::summary of an import.
QVariantMap importSummaryMap(const ImportSummary& summary);

} // namespace patchbay
