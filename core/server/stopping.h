// How a reply ends when the server's patience with running ones is over: with an error event that says so and a proper
// end of the body, so that no client takes the cut for a network fault.
#pragma once

#include "base/async.h"
#include "chat/chat_handler.h"

namespace patchbay {

/// Unavailable: the server is shutting down.
Error stoppingError();

/// Awaits a call of the handler's own. Where the handler was cancelled meanwhile, the cancellation is taken back, so
/// that the closing frames can be written, and the outcome is stoppingError(); a client that has gone away reads none
/// of it.
awaitable<Outcome> untilStopped(awaitable<Outcome> call);

} // namespace patchbay
