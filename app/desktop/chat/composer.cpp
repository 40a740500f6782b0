#include "app/desktop/chat/composer.h"

#include "app/desktop/chat/chat_page.h"
#include "chat/token_estimate.h"

namespace patchbay {
namespace {

constexpr int kSaveDelayMs = 300;
constexpr const char* kNewChatDraft = "desktop.new_chat_draft";

Result<void> noStore() {
    return makeError(ErrorCode::Conflict, "Nothing is kept.", "");
}

// Plain functions, not lambdas: the parameters live in the coroutine.
awaitable<void> writeDraft(Composition& core, std::string conversationId, std::string text) {
    if (!core.storage() || !core.history())
        co_return;
    // A draft that could not be written is still in the window; the next key stroke tries again.
    if (conversationId.empty())
        co_await core.storage()->settings.set(kNewChatDraft, json::value(json::string(text)),
                                              toUnixMilliseconds(core.clock().wallNow()));
    else
        co_await core.history()->patchConversation(conversationId, {.draft = std::move(text)});
}

awaitable<Result<std::string>> readDraft(Composition& core) {
    if (!core.storage() || !core.history())
        co_return noStore().error();
    auto value = co_await core.storage()->settings.get(kNewChatDraft);
    if (!value)
        co_return value.error();
    if (!*value || !(*value)->is_string())
        co_return std::string();
    co_return std::string((*value)->get_string());
}

} // namespace

Composer::Composer(ChatPage& page, std::shared_ptr<AttachmentPreviews> previews)
    : m_page(page), m_attachments(std::move(previews)) {
    m_saving.setSingleShot(true);
    m_saving.setInterval(kSaveDelayMs);
    connect(&m_saving, &QTimer::timeout, this, &Composer::saveDraftNow);
    connect(&m_attachments, &AttachmentList::stateChanged, this, [this] {
        noticeEmpty();
        Q_EMIT tokenEstimateChanged();
    });
    connect(&m_attachments, &AttachmentList::countChanged, this, &Composer::noticeEmpty);
}

Composer::~Composer() = default;

void Composer::setText(const QString& text) {
    if (m_text == text)
        return;
    m_text = text;
    m_saving.start();
    Q_EMIT textChanged();
    Q_EMIT tokenEstimateChanged();
    noticeEmpty();
}

void Composer::noticeEmpty() {
    if (m_wasEmpty == empty())
        return;
    m_wasEmpty = empty();
    Q_EMIT emptyChanged();
}

int Composer::tokenEstimate() const {
    std::int64_t tokens = m_text.isEmpty() ? 0 : estimateTokens(m_text.toStdString());
    if (m_attachments.readyCount() > 0) {
        ChatRequest request;
        request.messages.push_back({.role = patchbay::Role::User, .parts = m_attachments.parts()});
        tokens += estimatePromptTokens(request);
    }
    return static_cast<int>(tokens);
}

void Composer::saveDraftNow() {
    m_saving.stop();
    if (m_text == m_saved)
        return;
    m_saved = m_text;
    m_page.bridge.run([id = m_conversationId.toStdString(), text = m_text.toStdString()](Composition& core) {
        return writeDraft(core, id, text);
    });
    Q_EMIT draftSaved(m_conversationId, !m_text.isEmpty());
}

QCoro::Task<void> Composer::readNewChatDraft() {
    auto draft = co_await m_page.bridge.ask<std::string>([](Composition& core) { return readDraft(core); });
    if (!draft || draft->empty())
        co_return;
    const QString text = QString::fromStdString(*draft);
    if (m_conversationId.isEmpty()) {
        if (m_text.isEmpty()) {
            m_saved = text;
            setText(text);
        }
    } else if (State& state = m_states[QString()]; state.prompt.empty()) {
        state.prompt.text = text;
    }
}

void Composer::addFiles(const QList<QUrl>& urls) {
    m_attachments.addFiles(urls);
}

bool Composer::pasteImage() {
    return m_attachments.paste();
}

void Composer::removeAttachment(int row) {
    m_attachments.remove(row);
}

void Composer::apply(Prompt prompt) {
    setText(prompt.text);
    m_attachments.clear();
    m_attachments.put(std::move(prompt.attachments));
    current().prompt.replaceBelow = std::move(prompt.replaceBelow);
}

Prompt Composer::take() {
    Prompt prompt{.text = m_text, .attachments = m_attachments.take()};
    prompt.replaceBelow = std::exchange(current().prompt.replaceBelow, std::nullopt);
    current().givenBack.clear();
    setText({});
    m_attachments.clear(); // those with an error
    return prompt;
}

void Composer::switchTo(const QString& conversationId, const QString& draft) {
    if (conversationId == m_conversationId)
        return;
    saveDraftNow();
    State& left = current();
    left.prompt.text = m_text;
    left.prompt.attachments = m_attachments.take();
    State& entered = m_states[conversationId]; // may move the other one
    m_states[m_conversationId].queue = m_queue.exchange(std::move(entered.queue));
    entered.queue.clear();
    m_conversationId = conversationId;
    m_saved = draft;
    Prompt prompt = std::move(entered.prompt);
    if (prompt.text.isEmpty())
        prompt.text = draft;
    apply(std::move(prompt));
}

void Composer::newChatIs(const QString& conversationId) {
    if (!m_conversationId.isEmpty()) {
        m_states[conversationId] = std::move(m_states[QString()]);
        m_states.remove(QString());
        return;
    }
    saveDraftNow();
    m_states[conversationId] = std::move(m_states[QString()]);
    m_states.remove(QString());
    m_conversationId = conversationId;
    m_saved.clear();
    if (!m_text.isEmpty()) {
        // What was typed meanwhile belongs to the chat now.
        m_page.bridge.run([](Composition& core) { return writeDraft(core, {}, {}); });
        m_saving.start();
    }
}

void Composer::giveBack(const QString& conversationId, Prompt prompt) {
    m_states[conversationId].givenBack = prompt.text;
    if (conversationId == m_conversationId) {
        if (empty()) {
            apply(std::move(prompt));
            return;
        }
        std::vector<Prompt> queue = m_queue.exchange({});
        queue.insert(queue.begin(), std::move(prompt));
        m_queue.exchange(std::move(queue));
        return;
    }
    State& state = m_states[conversationId];
    if (state.prompt.empty())
        state.prompt = std::move(prompt);
    else
        state.queue.insert(state.queue.begin(), std::move(prompt));
}

void Composer::forgetGivenBack(const QString& conversationId) {
    State& state = m_states[conversationId];
    const QString text = std::exchange(state.givenBack, {});
    state.prompt.replaceBelow.reset();
    if (conversationId == m_conversationId && !text.isEmpty() && m_text == text) {
        setText({});
        m_attachments.clear();
    } else if (conversationId != m_conversationId && state.prompt.text == text) {
        state.prompt = {};
    }
}

void Composer::enqueue(const QString& conversationId, Prompt prompt) {
    if (conversationId == m_conversationId)
        m_queue.append(std::move(prompt));
    else
        m_states[conversationId].queue.push_back(std::move(prompt));
}

std::optional<Prompt> Composer::nextQueued(const QString& conversationId) {
    if (conversationId == m_conversationId)
        return m_queue.count() > 0 ? std::optional(m_queue.take(0)) : std::nullopt;
    const auto state = m_states.find(conversationId);
    if (state == m_states.end() || state->queue.empty())
        return std::nullopt;
    Prompt next = std::move(state->queue.front());
    state->queue.erase(state->queue.begin());
    return next;
}

void Composer::editQueued(int row) {
    if (row < 0 || row >= m_queue.count())
        return;
    Prompt chosen = m_queue.take(row);
    if (!empty())
        m_queue.append(take());
    apply(std::move(chosen));
}

void Composer::removeQueued(int row) {
    if (row >= 0 && row < m_queue.count())
        m_queue.take(row);
}

void Composer::sendQueued() {
    m_page.chat.sendQueued();
}

} // namespace patchbay
