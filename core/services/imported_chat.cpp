#include "services/imported_chat.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>
#include <openssl/sha.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/strings.h"
#include "services/conversation_title.h"

namespace patchbay {
namespace {

constexpr std::int64_t kYear2000 = 946'684'800'000;
constexpr std::int64_t kYear2200 = 7'258'118'400'000;
constexpr std::size_t kPictureLimit = 5'000'000;

std::optional<std::int64_t> plausible(double milliseconds) {
    if (!std::isfinite(milliseconds) || milliseconds < kYear2000 || milliseconds > kYear2200)
        return std::nullopt;
    return static_cast<std::int64_t>(std::llround(milliseconds));
}

std::string_view pictureType(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv))
        return "image/png";
    if (bytes.starts_with("\xff\xd8\xff"sv))
        return "image/jpeg";
    if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv))
        return "image/gif";
    if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv))
        return "image/webp";
    return {};
}

// The digits at a fixed place, as the exports write times.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9')
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

} // namespace

std::string importedId(std::string_view key, std::int64_t milliseconds) {
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(key.data()), key.size(), hash);
    unsigned char bytes[16];
    for (int i = 0; i < 6; ++i)
        bytes[i] = static_cast<unsigned char>(milliseconds >> (40 - 8 * i));
    std::copy(hash, hash + 10, bytes + 6);
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | 0x70); // version 7
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80); // RFC 9562's variant
    const std::string hex = hexEncode({reinterpret_cast<const char*>(bytes), sizeof bytes});
    const std::string_view view = hex;
    return fmt::format("{}-{}-{}-{}-{}", view.substr(0, 8), view.substr(8, 4), view.substr(12, 4), view.substr(16, 4),
                       view.substr(20));
}

std::optional<std::int64_t> millisecondsOf(const json::object& object, std::string_view key) {
    if (const auto text = findString(object, key))
        return millisecondsOfText(*text);
    const auto seconds = findDouble(object, key);
    return seconds ? plausible(*seconds * 1000) : std::nullopt;
}

std::optional<std::int64_t> millisecondsOfText(std::string_view text) {
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    if (!year || !month || !day || !hour || !minute || !second)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok())
        return std::nullopt;
    using namespace std::chrono;
    auto total = duration_cast<milliseconds>(sys_days(date).time_since_epoch() + hours(*hour) + minutes(*minute) +
                                             seconds(*second));
    std::size_t at = 19;
    if (at < text.size() && text[at] == '.') {
        int scale = 100;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
            total += milliseconds((text[at] - '0') * scale);
    }
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
        const auto offset = minutes(digits(text, at + 1, 2).value_or(0) * 60 + digits(text, at + 4, 2).value_or(0));
        total += text[at] == '+' ? -offset : offset;
    }
    return plausible(static_cast<double>(total.count()));
}

std::string fencedCode(std::string_view language, std::string_view code) {
    std::string fence = "```";
    while (code.find(fence) != std::string_view::npos)
        fence.push_back('`');
    return fmt::format("{}{}\n{}{}{}", fence, language, code, code.ends_with('\n') ? "" : "\n", fence);
}

std::optional<ContentPart> pictureOf(std::string_view bytes) {
    const std::string_view type = pictureType(bytes);
    if (type.empty() || bytes.size() > kPictureLimit)
        return std::nullopt;
    return ImagePart{.source = {.mediaType = std::string(type), .data = base64Encode(bytes)}};
}

ContentPart textDocument(std::string name, std::string_view text) {
    return FilePart{.source = {.mediaType = "text/plain", .data = base64Encode(text)}, .filename = std::move(name)};
}

ImportedTree::ImportedTree(std::string keyRoot, std::int64_t createdAt) : m_keyRoot(std::move(keyRoot)) {
    m_conversation.conversation.id = importedId(m_keyRoot, createdAt);
    m_conversation.conversation.createdAt = createdAt;
    m_lastTime[-1] = createdAt - 1;
}

int ImportedTree::add(int parent, std::string_view sourceId, std::optional<std::int64_t> time, MessageRecord record) {
    std::int64_t& last = m_lastTime[parent];
    last = std::max(time.value_or(0), last + 1);
    const std::int64_t sortedAt = last;
    record.id = importedId(m_keyRoot + ":" + std::string(sourceId), sortedAt);
    record.conversationId = m_conversation.conversation.id;
    record.parentId = parent < 0 ? std::string() : at(parent).id;
    record.createdAt = time.value_or(sortedAt);
    m_conversation.messages.push_back(std::move(record));
    const int index = size() - 1;
    m_lastTime[index] = sortedAt;
    return index;
}

Result<ImportedConversation> ImportedTree::take(std::string title, std::optional<std::int64_t> updatedAt,
                                                int activeLeaf) {
    if (size() == 0)
        return makeError(ErrorCode::NotFound, "it has no messages");
    Conversation& conversation = m_conversation.conversation;
    conversation.title = repairUtf8(trim(title));
    conversation.titleIsAuto = conversation.title.empty() || equalsIgnoreCase(conversation.title, "new chat");
    bool wanted = conversation.titleIsAuto;
    conversation.updatedAt = conversation.createdAt;
    for (const MessageRecord& record : m_conversation.messages) {
        conversation.updatedAt = std::max(conversation.updatedAt, record.createdAt);
        if (wanted && record.message.role == Role::User) {
            conversation.title = titleFromMessage(record.message);
            wanted = false;
        }
    }
    conversation.updatedAt = updatedAt.value_or(conversation.updatedAt);
    conversation.activeLeaf = at(activeLeaf < 0 ? size() - 1 : activeLeaf).id;
    return std::move(m_conversation);
}

} // namespace patchbay
