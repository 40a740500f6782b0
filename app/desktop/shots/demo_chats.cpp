#include "app/desktop/shots/demo_chats.h"

#include <QFile>

namespace patchbay {
namespace {

constexpr std::int64_t kMinute = 60000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;

std::string replyText(const QString& language) {
    QFile file(QStringLiteral(":/demo/reply_%1.md").arg(language));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

// Adds messages one below the other.
class Writer {
public:
    Writer(std::string id, std::string title, std::int64_t when, IdGenerator& ids) : m_ids(ids), m_when(when) {
        m_chat.conversation = {.id = std::move(id), .title = std::move(title), .titleIsAuto = false, .createdAt = when,
                               .updatedAt = when, .model = "playground/echo"};
    }

    Writer& user(std::string text) {
        add(textMessage(Role::User, std::move(text)));
        return *this;
    }
    Writer& reply(std::vector<ContentPart> parts) {
        MessageRecord& record = add(Message{.role = Role::Assistant, .parts = std::move(parts)});
        record.model = "large-4";
        record.provider = "playground";
        record.finishReason = "stop";
        record.usage.inputTotal = 1240;
        record.usage.outputTotal = 386;
        record.costNanoUsd = 4210000;
        record.firstTokenMs = 540;
        record.durationMs = 5760;
        return *this;
    }
    Writer& tool(std::string callId, std::string result) {
        Message message{.role = Role::Tool};
        message.parts.push_back(ToolResultPart{.toolCallId = std::move(callId), .content = {TextPart{std::move(result)}}});
        add(std::move(message));
        return *this;
    }
    MessageRecord& last() { return m_chat.messages.back(); }
    DemoChat done() {
        if (!m_chat.messages.empty())
            m_chat.conversation.activeLeaf = m_chat.messages.back().id;
        return std::move(m_chat);
    }

private:
    MessageRecord& add(Message message) {
        MessageRecord record;
        record.id = m_ids.next();
        record.conversationId = m_chat.conversation.id;
        record.parentId = m_chat.messages.empty() ? std::string() : m_chat.messages.back().id;
        record.message = std::move(message);
        record.createdAt = m_when + std::int64_t(m_chat.messages.size()) * 8000;
        m_chat.messages.push_back(std::move(record));
        return m_chat.messages.back();
    }

    IdGenerator& m_ids;
    std::int64_t m_when;
    DemoChat m_chat;
};

DemoChat blocksChat(bool chinese, const QString& language, std::int64_t now, IdGenerator& ids) {
    Writer chat(kBlocksChat, chinese ? "为什么回答有时很慢" : "Why answers are sometimes slow", now - 2 * kMinute, ids);
    chat.user(chinese ? "为什么回答有时很慢？我应该先测量什么？" : "Why are answers sometimes slow, and what should I measure first?");
    chat.reply({ReasoningPart{.text = chinese ? "用户想知道延迟的组成。先查一下最近的测量结果。"
                                              : "The user wants to know what latency is made of. Look up the last figures first."},
                ToolCallPart{.id = "call-1", .name = "read_metrics", .arguments = R"({"range":"24h","percentile":99})"}});
    chat.tool("call-1", R"({"first_token_ms":540,"tokens_per_second":74})");
    chat.reply({TextPart{replyText(language)}});
    chat.user(chinese ? "谢谢！第 99 百分位需要多少样本？" : "Thanks! How many samples does the 99th percentile need?");
    chat.reply({TextPart{chinese ? "至少 **1,000** 个：第 99 百分位由最慢的十个样本决定。"
                                 : "At least **1,000**: the slowest ten of them decide it."}});
    return chat.done();
}

DemoChat errorChat(bool chinese, std::int64_t now, IdGenerator& ids) {
    Writer chat(kErrorChat, chinese ? "旅行计划：京都三日" : "Three days in Kyoto", now - 90 * kMinute, ids);
    chat.user(chinese ? "帮我计划京都三日游。" : "Plan three days in Kyoto for me.");
    chat.reply({TextPart{chinese ? "第一天：从东山开始，清晨先去清水寺，" : "Day one: begin in Higashiyama, at Kiyomizu-dera, early, before"}});
    chat.last().status = MessageStatus::Error;
    chat.last().finishReason.clear();
    chat.last().error = makeError(ErrorCode::Truncated, "The connection to the provider broke off.",
                                  "Try again; the text so far is kept.");
    return chat.done();
}

} // namespace

std::vector<DemoChat> demoChats(const QString& language, std::int64_t nowMs, IdGenerator& ids) {
    const bool chinese = language == QLatin1String("zh_CN");
    std::vector<DemoChat> chats;
    chats.push_back(blocksChat(chinese, language, nowMs, ids));
    chats.push_back(errorChat(chinese, nowMs, ids));
    struct Title {
        const char* english;
        const char* chinese;
        std::int64_t age;
        const char* folder;
        bool pinned;
    };
    const Title titles[] = {
        {"House style for commit messages", "提交信息的写作规范", 3 * kDay, "", true},
        {"Translate the release notes", "翻译发布说明", kDay, "", false},
        {"Regular expression for ISO dates", "匹配 ISO 日期的正则表达式", kDay + 50 * kMinute, "", false},
        {"A very long title that does not fit into the list and has to end in an ellipsis",
         "一个非常非常长的标题，列表里放不下，所以必须以省略号结尾才行", 4 * kDay, "", false},
        {"Quarterly report: outline", "季度报告：提纲", 12 * kDay, "Work", false},
        {"Sourdough schedule", "酸面包时间表", 40 * kDay, "", false},
    };
    for (const Title& title : titles) {
        Writer chat(ids.next(), chinese ? title.chinese : title.english, nowMs - title.age, ids);
        chat.user(chinese ? title.chinese : title.english).reply({TextPart{chinese ? "好的。" : "Done."}});
        DemoChat made = chat.done();
        made.conversation.folder = *title.folder && chinese ? "工作" : title.folder;
        made.conversation.pinned = title.pinned;
        chats.push_back(std::move(made));
    }
    return chats;
}

} // namespace patchbay
