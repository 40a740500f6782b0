// The history as `patchbay conversations` sees it: in this program's database, or through the API of the program that
// holds it. Both speak the JSON of the native API.
#pragma once

#include <memory>
#include <string>

#include "base/async.h"
#include "base/json.h"

namespace patchbay {

class HistoryService;
class RemoteApi;

class ConversationsSource {
public:
    virtual ~ConversationsSource() = default;
    /// {conversations: […]}
    virtual awaitable<Result<json::object>> list(int limit, bool trash) = 0;
    /// The conversation with `messages` and `active_path`.
    virtual awaitable<Result<json::object>> show(std::string id) = 0;
    /// {hits: […], total: "1000+"}
    virtual awaitable<Result<json::object>> search(std::string text, int limit) = 0;
    /// The file's content; `format` is md, json or html.
    virtual awaitable<Result<std::string>> exported(std::string id, std::string format) = 0;
    virtual awaitable<Result<void>> remove(std::string id, bool forGood) = 0;
};

/// `history` outlives it.
std::unique_ptr<ConversationsSource> localConversations(HistoryService& history);
/// `api` outlives it.
std::unique_ptr<ConversationsSource> remoteConversations(RemoteApi& api);

} // namespace patchbay
