// What ProvidersController keeps: its rows, and the trials that run. For its own two files.
#pragma once

#include <map>
#include <memory>

#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/settings/providers_controller.h"
#include "services/provider_editor.h"

namespace patchbay {

struct ProvidersController::Row {
    ProviderOverview overview;
    QString status = "untested";
    QString statusText;
    QString model; ///< what the last trial asked
};

/// Trials that run, by the id of their provider; "" for a new one without a name.
struct ProvidersController::Tests {
    struct Trial {
        int number = 0;
        std::shared_ptr<EngineCall> call;
    };
    std::map<QString, Trial> running;
    int count = 0;
};

} // namespace patchbay
