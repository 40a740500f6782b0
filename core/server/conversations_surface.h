// The history over HTTP: list, read, change, branch, search and export conversations. Complete enough to build a chat
// page on.
#pragma once

#include "server/surface.h"
#include "services/history_service.h"

namespace patchbay {

/// `history` may be nullptr (history is off): then every route says so. It outlives the server.
std::vector<http::Route> conversationsRoutes(ServerParts parts, HistoryService* history);

} // namespace patchbay
