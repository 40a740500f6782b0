// Writes conversations as files, on the engine's thread with the disk's work on its worker: one to a name of the user's
// choice, or all of them into a new folder. Files are replaced whole or not at all.
#pragma once

#include <functional>
#include <string>

#include <QString>

#include "base/async.h"
#include "base/error.h"
#include "services/conversation_export.h"

namespace patchbay {

class Composition;

struct ExportReport {
    int written = 0;
    int total = 0;
    int failed = 0; ///< conversations that could not be read, or went meanwhile
    QString folder;
    bool cancelled = false;
};

/// "md", "json", "html"
QString exportEnding(ExportFormat format);

awaitable<Result<void>> exportOne(Composition& core, std::string id, ExportFormat format, std::string path);

/// Into `folder`/"Patchbay 2026-01-31 14.05", named by date and title. Stops at the first error of the disk; what was
/// written until then stays. A cancel ends it without an error.
awaitable<Result<ExportReport>> exportAllInto(Composition& core, std::string folder, ExportFormat format,
                                              std::function<void(ExportReport)> report);

} // namespace patchbay
