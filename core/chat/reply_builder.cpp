#include "chat/reply_builder.h"

#include "base/overloaded.h"

namespace patchbay {
namespace {

constexpr std::size_t kMaxChoices = 128; // OpenAI's limit on n; a hostile index must not make us allocate
constexpr std::size_t kMaxToolCalls = 4096;

} // namespace

ReplyChoice& ReplyBuilder::choice(int index) {
    const auto at = std::min(static_cast<std::size_t>(std::max(index, 0)), kMaxChoices - 1);
    while (m_reply.choices.size() <= at) {
        m_reply.choices.emplace_back();
        m_open.emplace_back();
    }
    return m_reply.choices[at];
}

template <class Part> Part& ReplyBuilder::lastOrNew(Message& message) {
    if (message.parts.empty() || !std::holds_alternative<Part>(message.parts.back()))
        message.parts.emplace_back(Part{});
    return std::get<Part>(message.parts.back());
}

ReasoningPart& ReplyBuilder::reasoningBlock(int choiceIndex, int block) {
    Message& message = choice(choiceIndex).message;
    auto& blocks = m_open[static_cast<std::size_t>(&choice(choiceIndex) - m_reply.choices.data())].reasoningParts;
    for (auto it = blocks.rbegin(); it != blocks.rend(); ++it)
        if (it->first == block)
            return std::get<ReasoningPart>(message.parts[it->second]);
    blocks.emplace_back(block, message.parts.size());
    message.parts.emplace_back(ReasoningPart{});
    return std::get<ReasoningPart>(message.parts.back());
}

void ReplyBuilder::add(const ChatEvent& event) {
    std::visit(
        Overloaded{
            [&](const ReplyStarted& e) {
                m_reply.id = e.id;
                m_reply.model = e.model;
                m_reply.created = e.created;
            },
            [&](const TextDelta& e) { lastOrNew<TextPart>(choice(e.choice).message).text += e.text; },
            [&](const ReasoningDelta& e) { reasoningBlock(e.choice, e.block).text += e.text; },
            [&](const ReasoningSignature& e) {
                ReasoningPart& part = reasoningBlock(e.choice, e.block);
                if (!e.signature.empty())
                    part.signature = e.signature;
                if (!e.redacted.empty())
                    part.redacted = e.redacted;
                if (!e.id.empty())
                    part.id = e.id;
            },
            [&](const RefusalDelta& e) { lastOrNew<RefusalPart>(choice(e.choice).message).text += e.text; },
            [&](const ToolCallStarted& e) {
                Message& message = choice(e.choice).message;
                auto& parts = m_open[static_cast<std::size_t>(&choice(e.choice) - m_reply.choices.data())].toolParts;
                if (e.index < 0 || static_cast<std::size_t>(e.index) >= kMaxToolCalls)
                    return;
                if (parts.size() <= static_cast<std::size_t>(e.index))
                    parts.resize(static_cast<std::size_t>(e.index) + 1, SIZE_MAX);
                parts[static_cast<std::size_t>(e.index)] = message.parts.size();
                message.parts.emplace_back(
                    ToolCallPart{.id = e.id, .name = e.name, .signature = e.signature, .custom = e.custom});
            },
            [&](const ToolCallDelta& e) {
                Message& message = choice(e.choice).message;
                const auto& parts =
                    m_open[static_cast<std::size_t>(&choice(e.choice) - m_reply.choices.data())].toolParts;
                if (e.index < 0 || static_cast<std::size_t>(e.index) >= parts.size() ||
                    parts[static_cast<std::size_t>(e.index)] == SIZE_MAX)
                    return;
                std::get<ToolCallPart>(message.parts[parts[static_cast<std::size_t>(e.index)]]).arguments +=
                    e.arguments;
            },
            [&](const UsageReported& e) { m_reply.usage = e.usage; },
            [&](const ReplyFinished& e) {
                ReplyChoice& target = choice(e.choice);
                target.finish = e;
                target.finished = true;
            },
        },
        event);
}

void ReplyBuilder::add(const EventBatch& batch) {
    for (const ChatEvent& event : batch)
        add(event);
}

EventBatch eventsOf(const ChatReply& reply) {
    EventBatch events;
    events.emplace_back(ReplyStarted{.id = reply.id, .model = reply.model, .created = reply.created});
    for (std::size_t i = 0; i < reply.choices.size(); ++i) {
        const int choice = static_cast<int>(i);
        int toolIndex = 0;
        int block = 0;
        for (const ContentPart& part : reply.choices[i].message.parts) {
            if (const auto* text = std::get_if<TextPart>(&part))
                events.emplace_back(TextDelta{.text = text->text, .choice = choice});
            else if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) {
                if (!reasoning->text.empty())
                    events.emplace_back(ReasoningDelta{.text = reasoning->text, .block = block, .choice = choice});
                if (!reasoning->signature.empty() || !reasoning->redacted.empty() || !reasoning->id.empty())
                    events.emplace_back(ReasoningSignature{.signature = reasoning->signature,
                                                           .redacted = reasoning->redacted,
                                                           .id = reasoning->id,
                                                           .block = block,
                                                           .choice = choice});
                ++block;
            } else if (const auto* refusal = std::get_if<RefusalPart>(&part))
                events.emplace_back(RefusalDelta{.text = refusal->text, .choice = choice});
            else if (const auto* call = std::get_if<ToolCallPart>(&part)) {
                events.emplace_back(ToolCallStarted{.index = toolIndex,
                                                    .id = call->id,
                                                    .name = call->name,
                                                    .signature = call->signature,
                                                    .custom = call->custom,
                                                    .choice = choice});
                if (!call->arguments.empty())
                    events.emplace_back(
                        ToolCallDelta{.index = toolIndex, .arguments = call->arguments, .choice = choice});
                ++toolIndex;
            }
        }
        if (reply.choices[i].finished) {
            ReplyFinished finish = reply.choices[i].finish;
            finish.choice = choice;
            events.emplace_back(std::move(finish));
        }
    }
    if (!reply.usage.empty())
        events.emplace_back(UsageReported{.usage = reply.usage});
    return events;
}

} // namespace patchbay
