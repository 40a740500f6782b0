// One turn of a conversation, the same for every front (HTTP, WebSocket, command line, desktop): stores what was said,
// asks the model with the conversation so far, records the reply while it streams, and stores how it ended. Without a
// history, or with store = false, it asks and forgets.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "catalog/money.h"
#include "services/chat_service.h"
#include "services/history_service.h"

namespace patchbay {

/// What a front asks for.
struct TurnRequest {
    /// Model (empty = the conversation's, else the default one), sampling, tools, format, reasoning. `messages` are the
    /// new ones: all of them without a conversation, what is added to it with one. What is absent here is taken from
    /// the conversation's own parameters.
    ChatRequest chat;
    std::string conversationId; ///< empty = a new one, unless parentId or regenerate names one by its message
    /// Below which message the new ones go; nullopt = below the active leaf, "" = as a root. Naming the parent of a
    /// message that exists is how it is edited.
    std::optional<std::string> parentId;
    /// An assistant message to be answered again, or another one that has no answer yet; then there are no new
    /// messages.
    std::string regenerate;
    /// With an assistant message in `regenerate`: the new reply begins with that one's text, and the model is asked to go
    /// on from there.
    bool resume = false;
    /// Becomes a new conversation's system prompt; in an existing one it stands in for its system prompt this once.
    std::optional<std::string> systemPrompt;
    bool store = true;
};

/// What is known of a turn, filled in while it runs; a front may read it from its sink on.
struct Turn {
    std::shared_ptr<CallRecord> record;
    std::string model;          ///< the name that was asked for
    std::string conversationId; ///< the ids are empty in a turn that is not stored
    std::string userMessageId;  ///< the message that is answered
    std::string messageId;      ///< the reply
    std::optional<NanoUsd> cost;
    /// False: nothing was asked and nothing stored of a reply; the error says what is wrong with the request.
    bool begun = false;
    /// The reply could not be stored (a full disk, say), although it was given.
    std::optional<Error> historyError;
    /// Called once, when the ids are known and the model is about to be asked; may be empty.
    std::function<void(const Turn&)> onBegun;
};

class ConversationChat {
public:
    struct Parts {
        ChatService& chat;
        HistoryService* history = nullptr; ///< nullptr = history is off
        std::function<std::string()> defaultModel;
        /// Provider id, the upstream's model, usage -> cost; may be empty.
        std::function<std::optional<NanoUsd>(const std::string&, const std::string&, const Usage&)> cost;
        /// Told whenever something could not be stored; may be empty.
        std::function<void(const Error&)> historyTrouble;
    };
    explicit ConversationChat(Parts parts) : m_parts(std::move(parts)) {}

    /// A turn with a fresh trace id, to be passed to run().
    std::shared_ptr<Turn> newTurn();
    HistoryService* history() const { return m_parts.history; }

    /// Runs the turn to its end, which is stored before this returns. Does not throw when it is cancelled: the outcome
    /// is then Cancelled and the text so far is kept as a stopped reply. Other errors keep it too.
    awaitable<Outcome> run(TurnRequest request, std::shared_ptr<EventSink> out, std::shared_ptr<Turn> turn);

private:
    /// Ready to be asked; the recorder is null in a turn that is not stored.
    struct Prepared {
        ChatRequest request;
        std::shared_ptr<ReplyRecorder> recorder;
        std::string resumed; ///< text with which the reply begins
    };
    awaitable<Result<Prepared>> prepare(TurnRequest request, std::shared_ptr<Turn> turn);
    Result<Prepared> prepareAlone(TurnRequest request, Turn& turn) const;
    awaitable<Result<Prepared>> prepareStored(TurnRequest request, std::shared_ptr<Turn> turn);
    awaitable<Result<Prepared>> prepareAgain(TurnRequest request, Conversation conversation, MessageRecord original,
                                             std::shared_ptr<Turn> turn);
    awaitable<Outcome> answer(Prepared prepared, std::shared_ptr<EventSink> out, std::shared_ptr<Turn> turn);
    void reportTrouble(const Error& error) const;
    Result<std::string> chooseModel(const std::string& asked, const std::string& conversations) const;

    Parts m_parts;
};

/// Takes from `parameters`, named as the native API names them, what the request leaves open. Values of a wrong type
/// are passed over.
void applyParameters(ChatRequest& request, const json::object& parameters);
/// Conflict: no conversations are kept here.
Error historyOffError();

} // namespace patchbay
