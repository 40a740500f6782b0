// What the history is made of: conversations, and the messages of each as a tree. Editing a message or asking again
// adds a sibling; the path from the root to the conversation's active leaf is what a reader sees. Times are Unix
// milliseconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "chat/content.h"
#include "chat/usage.h"

namespace patchbay {

struct Conversation {
    std::string id; ///< UUIDv7
    std::string title;
    bool titleIsAuto = true; ///< made from the first message, not by a person
    std::int64_t createdAt = 0;
    std::int64_t updatedAt = 0; ///< last message, not last look or rename
    std::string model;
    std::string systemPrompt;
    json::object parameters; ///< the sampling parameters of this conversation, as the native API names them
    std::string folder;      ///< empty = none
    bool pinned = false;
    std::optional<std::int64_t> deletedAt; ///< set = in the trash since then
    std::string activeLeaf;                ///< message id; empty = no messages
    std::string draft;                     ///< what the composer holds
    bool operator==(const Conversation&) const = default;
};

/// Members that are not set stay as they are.
struct ConversationPatch {
    std::optional<std::string> title; ///< from now on a person's title
    std::optional<std::string> model;
    std::optional<std::string> systemPrompt;
    std::optional<json::object> parameters;
    std::optional<std::string> folder;
    std::optional<bool> pinned;
    std::optional<std::string> draft;
};

struct ConversationFilter {
    std::optional<std::string> folder; ///< "" = those without a folder
    std::optional<bool> pinned;
    bool trash = false; ///< only the trash; else everything but the trash
    int limit = 50;     ///< 1 to 500
    std::string cursor; ///< ConversationPage::nextCursor of the page before
};

/// Pinned ones first, then the most recently used.
struct ConversationPage {
    std::vector<Conversation> items;
    std::string nextCursor; ///< empty = the last page
};

enum class MessageStatus : std::uint8_t {
    Complete,
    Streaming,   ///< its text is in the journal
    Stopped,     ///< by the user; the text so far is kept
    Error,       ///< broke off; the text so far is kept
    Interrupted, ///< the program died while it streamed; the text is what the journal had
};
std::string_view messageStatusName(MessageStatus status); ///< "complete", "streaming", …
std::optional<MessageStatus> messageStatusFromName(std::string_view name);

struct MessageRecord {
    std::string id; ///< UUIDv7; siblings sort by it
    std::string conversationId;
    std::string parentId; ///< empty = a root
    Message message;
    std::string model;    ///< the upstream's, for replies
    std::string provider; ///< provider id, for replies
    MessageStatus status = MessageStatus::Complete;
    std::string finishReason; ///< finishReasonName, for complete replies
    std::optional<Error> error;
    Usage usage;
    std::optional<std::int64_t> costNanoUsd; ///< nullopt = unknown
    std::string traceId;
    std::int64_t createdAt = 0;
    std::optional<std::int64_t> firstTokenMs; ///< after createdAt
    std::optional<std::int64_t> durationMs;
    int feedback = 0; ///< -1, 0, 1
    bool operator==(const MessageRecord&) const = default;
};

/// A message of a path, with its place among its versions (the messages below the same parent).
struct PathMessage {
    MessageRecord record;
    int version = 1; ///< 1 … versions, in order of creation
    int versions = 1;
};

/// A piece of a path, from its end upwards: newest first.
struct PathPage {
    std::vector<PathMessage> messages;
    bool more = false; ///< there are older ones, from the last one's parentId on
};

/// A conversation with all branches, in order of creation.
struct ConversationTree {
    Conversation conversation;
    std::vector<MessageRecord> messages;
};

} // namespace patchbay
