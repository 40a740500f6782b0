// What the readers of other programs' exports have in common: the conversation they give, ids that come out the same
// whenever the same conversation is read, and small pieces of content.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "storage/records.h"

namespace patchbay {

/// A conversation with all branches; parents stand before their children.
struct ImportedConversation {
    Conversation conversation;
    std::vector<MessageRecord> messages;
};

/// The bytes of a picture that belongs to an export, by the source's id for it; nullopt where the export has none.
using ImportedAssets = std::function<std::optional<std::string>(std::string_view id)>;

/// A UUIDv7 whose time is `milliseconds` and whose other bits are of SHA-256(key): siblings sort by time, and the same
/// key at the same time always gives the same id.
std::string importedId(std::string_view key, std::int64_t milliseconds);

/// Seconds since 1970 as the exports write them, in milliseconds; nullopt for what no chat's time can be.
std::optional<std::int64_t> millisecondsOf(const json::object& object, std::string_view key);
/// "2024-05-01T12:00:00.123456Z"; an offset instead of Z is taken into account.
std::optional<std::int64_t> millisecondsOfText(std::string_view text);

/// Text in a fence that is longer than any inside it.
std::string fencedCode(std::string_view language, std::string_view code);
/// A picture for the model, where the bytes are of a kind that vendors take and not too many.
std::optional<ContentPart> pictureOf(std::string_view bytes);
/// A text document that hung on a message.
ContentPart textDocument(std::string name, std::string_view text);

/// Builds the tree: gives each message an id and a time after its parent's and after its elder siblings'.
class ImportedTree {
public:
    /// `keyRoot` is the source and its conversation id, "chatgpt:…".
    ImportedTree(std::string keyRoot, std::int64_t createdAt);

    /// `parent` is an index that add returned, -1 = a root. `time` nullopt = not known.
    int add(int parent, std::string_view sourceId, std::optional<std::int64_t> time, MessageRecord record);
    MessageRecord& at(int index) { return m_conversation.messages[static_cast<std::size_t>(index)]; }
    int size() const { return static_cast<int>(m_conversation.messages.size()); }
    /// With the active leaf; -1 = the last one added. An error when there is nothing in it.
    Result<ImportedConversation> take(std::string title, std::optional<std::int64_t> updatedAt, int activeLeaf);
    Conversation& conversation() { return m_conversation.conversation; }

private:
    std::string m_keyRoot;
    ImportedConversation m_conversation;
    std::unordered_map<int, std::int64_t> m_lastTime; ///< of the children of a message, or of that message itself
};

} // namespace patchbay
