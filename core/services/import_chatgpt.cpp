#include "services/import_chatgpt.h"

#include <map>
#include <set>

#include <fmt/format.h>

#include "base/strings.h"

namespace patchbay {
namespace {

struct Node {
    const json::object* message = nullptr;
    std::string_view parent;
    std::vector<std::string_view> children; ///< in the source's order
};
using Nodes = std::map<std::string_view, Node>;

Nodes readNodes(const json::object& mapping) {
    Nodes nodes;
    for (const auto& member : mapping)
        if (const json::object* object = member.value().if_object())
            nodes[toView(member.key())] = {
                .message = findObject(*object, "message"), .parent = stringOr(*object, "parent"), .children = {}};
    // The parent's list gives the order; a child that it forgot comes last.
    std::set<std::string_view> listed;
    for (const auto& member : mapping)
        if (const json::object* object = member.value().if_object())
            if (const json::array* children = findArray(*object, "children"))
                for (const json::value& child : *children)
                    if (const json::string* id = child.if_string();
                        id && nodes.contains(toView(*id)) && listed.insert(toView(*id)).second)
                        nodes[toView(member.key())].children.push_back(toView(*id));
    for (const auto& [id, node] : nodes)
        if (!listed.contains(id) && nodes.contains(node.parent) && node.parent != id)
            nodes[node.parent].children.push_back(id);
    return nodes;
}

/// What a node adds to the conversation.
struct Piece {
    Role role = Role::User;
    std::vector<ContentPart> parts;
};

// Marks of citations and entities, "\ue200cite\ue202turn0search1\ue201", mean nothing outside ChatGPT.
std::string withoutMarks(std::string_view text) {
    constexpr std::string_view kBegin = "\xEE\x88\x80", kEnd = "\xEE\x88\x81";
    std::string clean;
    for (;;) {
        const auto begin = text.find(kBegin);
        clean.append(text.substr(0, begin));
        if (begin == std::string_view::npos)
            return clean;
        const auto end = text.find(kEnd, begin);
        if (end == std::string_view::npos)
            return clean;
        text.remove_prefix(end + kEnd.size());
    }
}

class PieceReader {
public:
    PieceReader(const json::object& message, const ImportedAssets& assets) : m_message(message), m_assets(assets) {}

    Piece read() {
        const json::object* author = findObject(m_message, "author");
        const std::string_view role = author ? stringOr(*author, "role") : std::string_view();
        m_author = author ? stringOr(*author, "name") : std::string_view();
        m_piece.role = role == "assistant" ? Role::Assistant
                       : role == "tool"    ? Role::Tool
                       : role == "system"  ? Role::System
                                           : Role::User;
        if (const json::object* content = findObject(m_message, "content"))
            readContent(*content);
        return std::move(m_piece);
    }

private:
    void add(std::string_view text) {
        if (!trim(text).empty())
            m_piece.parts.emplace_back(TextPart{.text = withoutMarks(text)});
    }
    void think(std::string_view heading, std::string_view text) {
        if (trim(text).empty() && trim(heading).empty())
            return;
        std::string joined(heading);
        if (!heading.empty() && !text.empty())
            joined += "\n\n";
        m_piece.parts.emplace_back(ReasoningPart{.text = withoutMarks(joined.append(text))});
    }
    // A tool's words to the model are not part of the conversation that a person reads.
    void addOrThink(std::string_view text) {
        if (m_piece.role == Role::Tool)
            think(m_author.empty() ? "" : fmt::format("**{}**", m_author), text);
        else
            add(text);
    }

    void readContent(const json::object& content) {
        const std::string_view type = stringOr(content, "content_type");
        if (type == "code")
            readCode(content);
        else if (type == "execution_output" || type == "system_error")
            add(trim(stringOr(content, "text")).empty() ? std::string()
                                                        : fencedCode("text", stringOr(content, "text")));
        else if (type == "thoughts") {
            if (const json::array* thoughts = findArray(content, "thoughts"))
                for (const json::value& thought : *thoughts)
                    if (const json::object* one = thought.if_object())
                        think(stringOr(*one, "summary").empty() ? "" : fmt::format("**{}**", stringOr(*one, "summary")),
                              stringOr(*one, "content"));
        } else if (type == "reasoning_recap" || type == "model_editable_context" || type == "user_editable_context")
            return;
        else if (type == "tether_quote" || type == "tether_browsing_display")
            think(stringOr(content, "title"), stringOr(content, "text", stringOr(content, "result")));
        else if (const json::array* parts = findArray(content, "parts"))
            readParts(*parts);
        else
            addOrThink(stringOr(content, "text", stringOr(content, "result")));
    }

    void readCode(const json::object& content) {
        const std::string_view code = stringOr(content, "text"), recipient = stringOr(m_message, "recipient");
        if (trim(code).empty())
            return;
        std::string_view language = stringOr(content, "language");
        if (language.empty() || language == "unknown")
            language = recipient == "python" ? "python" : code.starts_with("{") ? "json" : "";
        add(fencedCode(language, code));
    }

    void readParts(const json::array& parts) {
        for (const json::value& part : parts)
            if (const json::string* text = part.if_string())
                addOrThink(toView(*text));
            else if (const json::object* object = part.if_object())
                readObject(*object);
    }

    void readObject(const json::object& part) {
        const std::string_view type = stringOr(part, "content_type");
        if (type == "image_asset_pointer")
            readPicture(part);
        else if (type == "audio_transcription")
            add(stringOr(part, "text"));
        else if (type.find("audio") != std::string_view::npos)
            return; // its words are in the transcription beside it
        else
            addOrThink(stringOr(part, "text"));
    }

    // "file-service://file-…" or "sediment://file_…"; the export has a file whose name begins so.
    void readPicture(const json::object& part) {
        std::string_view id = stringOr(part, "asset_pointer");
        if (const auto scheme = id.find("://"); scheme != std::string_view::npos)
            id.remove_prefix(scheme + 3);
        id = id.substr(0, id.find_first_of("#?"));
        if (m_assets && !id.empty())
            if (const auto bytes = m_assets(id))
                if (auto picture = pictureOf(*bytes)) {
                    m_piece.parts.push_back(std::move(*picture));
                    if (m_piece.role == Role::Tool)
                        m_piece.role = Role::Assistant;
                    return;
                }
        add(fmt::format("[Picture, {} × {}, not in the export]", findInt(part, "width").value_or(0),
                        findInt(part, "height").value_or(0)));
    }

    const json::object& m_message;
    const ImportedAssets& m_assets;
    std::string_view m_author;
    Piece m_piece;
};

MessageStatus statusOf(const json::object& message) {
    if (stringOr(message, "status") == "in_progress")
        return MessageStatus::Interrupted;
    const json::object* metadata = findObject(message, "metadata");
    const json::object* finish = metadata ? findObject(*metadata, "finish_details") : nullptr;
    if (stringOr(message, "status") == "finished_partial_completion" ||
        (finish && stringOr(*finish, "type") == "interrupted"))
        return MessageStatus::Stopped;
    return MessageStatus::Complete;
}

bool isHidden(const json::object& message) {
    const json::object* metadata = findObject(message, "metadata");
    return metadata && (findBool(*metadata, "is_visually_hidden_from_conversation").value_or(false) ||
                        findBool(*metadata, "is_user_system_message").value_or(false));
}

// What the user told ChatGPT about himself and about answers stands in a hidden message.
std::string customInstructions(const json::object& message) {
    const json::object* content = findObject(message, "content");
    if (!content || stringOr(*content, "content_type") != "user_editable_context")
        return {};
    std::string text(trim(stringOr(*content, "user_profile")));
    const std::string_view wishes = trim(stringOr(*content, "user_instructions"));
    if (!text.empty() && !wishes.empty())
        text += "\n\n";
    return text.append(wishes);
}

/// Walks the nodes and grows our tree.
class Grower {
public:
    Grower(const Nodes& nodes, ImportedTree& tree, const ImportedAssets& assets, std::string_view model)
        : m_nodes(nodes), m_tree(tree), m_assets(assets), m_model(model) {}

    void grow() {
        std::vector<Step> steps;
        for (const auto& [id, node] : m_nodes)
            if (!m_nodes.contains(node.parent))
                steps.push_back({.id = id});
        std::reverse(steps.begin(), steps.end());
        while (!steps.empty()) {
            const Step step = steps.back();
            steps.pop_back();
            if (!m_seen.insert(step.id).second)
                continue; // a loop
            const Node& node = m_nodes.at(step.id);
            const Step below = visit(step, node);
            m_messageOf[step.id] = below.record;
            for (auto child = node.children.rbegin(); child != node.children.rend(); ++child)
                steps.push_back(
                    {.id = *child, .record = below.record, .open = below.open && node.children.size() == 1});
        }
    }
    int messageOf(std::string_view id) const {
        const auto found = m_messageOf.find(id);
        return found == m_messageOf.end() ? -1 : found->second;
    }

private:
    struct Step {
        std::string_view id;
        int record = -1;   ///< of our messages, the one above
        bool open = false; ///< that one is an answer which may go on here
    };

    Step visit(Step step, const Node& node) {
        if (!node.message)
            return step;
        if (std::string wishes = customInstructions(*node.message); !wishes.empty())
            m_tree.conversation().systemPrompt = std::move(wishes);
        if (isHidden(*node.message))
            return step;
        Piece piece = PieceReader(*node.message, m_assets).read();
        if (piece.parts.empty())
            return step;
        const bool answer = piece.role == Role::Assistant || piece.role == Role::Tool;
        if (answer && step.open) {
            MessageRecord& record = m_tree.at(step.record);
            std::move(piece.parts.begin(), piece.parts.end(), std::back_inserter(record.message.parts));
            finish(record, *node.message);
            return step;
        }
        MessageRecord record;
        record.message = {.role = answer ? Role::Assistant : piece.role, .parts = std::move(piece.parts)};
        if (answer)
            finish(record, *node.message);
        const int index =
            m_tree.add(step.record, step.id, millisecondsOf(*node.message, "create_time"), std::move(record));
        return {.id = step.id, .record = index, .open = answer};
    }

    void finish(MessageRecord& record, const json::object& message) const {
        record.status = statusOf(message);
        record.finishReason = record.status == MessageStatus::Complete ? "stop" : "";
        const json::object* metadata = findObject(message, "metadata");
        const std::string_view slug = metadata ? stringOr(*metadata, "model_slug") : std::string_view();
        if (!slug.empty() || record.model.empty())
            record.model = slug.empty() ? m_model : slug;
    }

    const Nodes& m_nodes;
    ImportedTree& m_tree;
    const ImportedAssets& m_assets;
    std::string_view m_model;
    std::set<std::string_view> m_seen;
    std::map<std::string_view, int> m_messageOf;
};

} // namespace

bool isChatGptConversation(const json::object& object) {
    return findObject(object, "mapping") != nullptr;
}

Result<ImportedConversation> readChatGptConversation(const json::object& object, const ImportedAssets& assets) {
    std::string_view id = stringOr(object, "conversation_id", stringOr(object, "id"));
    if (id.empty())
        id = stringOr(object, "current_node");
    if (id.empty())
        return makeError(ErrorCode::Malformed, "it has no id");
    const Nodes nodes = readNodes(*findObject(object, "mapping"));
    const auto updatedAt = millisecondsOf(object, "update_time");
    ImportedTree tree(fmt::format("chatgpt:{}", id),
                      millisecondsOf(object, "create_time").value_or(updatedAt.value_or(0)));
    Grower grower(nodes, tree, assets, stringOr(object, "default_model_slug"));
    grower.grow();
    tree.conversation().pinned = findBool(object, "is_starred").value_or(false);
    return tree.take(std::string(stringOr(object, "title")), updatedAt,
                     grower.messageOf(stringOr(object, "current_node")));
}

} // namespace patchbay
