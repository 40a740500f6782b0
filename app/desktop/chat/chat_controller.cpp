#include "app/desktop/chat/chat_controller.h"

#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/chat_parameters.h"
#include "app/desktop/chat/display_text.h"

namespace patchbay {

ChatController::ChatController(ChatPage& page) : m_page(page) {
    connect(&page.replies, &RunningReplies::begun, this, &ChatController::onBegun);
    connect(&page.replies, &RunningReplies::grew, this, [this](const std::shared_ptr<RunningReply>& reply) {
        if (isOpen(reply->conversationId) || reply == m_starting)
            m_page.timeline.grow(reply->messageId, reply->message());
    });
    connect(&page.replies, &RunningReplies::ended, this, &ChatController::onEnded);
    connect(&page.models, &ModelListModel::refreshed, this, [this] {
        if (m_conversation.id.empty() && !m_modelChosen)
            m_model = defaultModelName();
        Q_EMIT modelChanged(); // its label may be known now
        refreshFacts();
    });
    connect(&page.conversations, &ConversationListModel::loadingChanged, this,
            [this] { setPreferredModel(m_preferredModel); });
    connect(&page.composer, &Composer::emptyChanged, this, &ChatController::canSendChanged);
    connect(&page.composer, &Composer::tokenEstimateChanged, this, &ChatController::contextChanged);
    connect(page.composer.attachments(), &AttachmentList::stateChanged, this, &ChatController::canSendChanged);
    connect(&page.composer, &Composer::draftSaved, this,
            [this](const QString& id, bool any) { m_page.conversations.setDraft(id, any); });
}

ChatController::~ChatController() = default;

void ChatController::start() {
    askWhetherKept();
    Q_EMIT canSendChanged();
}

QString ChatController::conversationId() const {
    return toQt(m_conversation.id);
}

QString ChatController::title() const {
    return toQt(m_conversation.title);
}

QString ChatController::modelLabel() const {
    const ModelFacts* facts = m_page.models.find(m_model);
    return facts ? toQt(facts->label) : m_model;
}

QString ChatController::systemPrompt() const {
    return toQt(m_conversation.systemPrompt);
}

QVariantMap ChatController::parameters() const {
    return parametersToQt(m_conversation.parameters);
}

bool ChatController::isOpen(const QString& id) const {
    return !id.isEmpty() && id == conversationId();
}

bool ChatController::streaming() const {
    return m_starting || m_page.replies.of(conversationId());
}

bool ChatController::canSend() const {
    return m_page.bridge.ready() && !m_page.composer.empty() && !m_page.composer.attachments()->loading();
}

QString ChatController::defaultModelName() const {
    if (!m_preferredModel.isEmpty())
        return m_preferredModel;
    if (const QString configured = m_page.models.configuredDefault(); !configured.isEmpty())
        return configured;
    // What was used last, as long as it is there.
    const QString last = m_lastModel.isEmpty() ? m_page.conversations.newestModel() : m_lastModel;
    return m_page.models.find(last) ? last : m_page.models.defaultModel();
}

void ChatController::setPreferredModel(const QString& name) {
    m_preferredModel = name;
    if (!m_conversation.id.empty() || m_modelChosen || m_model == defaultModelName())
        return;
    m_model = defaultModelName();
    Q_EMIT modelChanged();
    refreshFacts();
}

void ChatController::setConversation(Conversation conversation) {
    const bool other = conversation.id != m_conversation.id;
    m_conversation = std::move(conversation);
    const QString model = m_conversation.model.empty() ? defaultModelName() : toQt(m_conversation.model);
    const bool otherModel = model != m_model;
    m_model = model;
    if (other) {
        ++m_generation;
        m_starting.reset();
        setHistoryError({});
        m_page.conversations.setCurrent(conversationId());
        Q_EMIT conversationChanged();
        Q_EMIT streamingChanged();
    }
    Q_EMIT titleChanged();
    Q_EMIT systemPromptChanged();
    Q_EMIT parametersChanged();
    if (otherModel || other) {
        Q_EMIT modelChanged();
        refreshFacts();
    }
}

void ChatController::conversationPatched(const Conversation& conversation) {
    if (conversation.id == m_conversation.id && !conversation.id.empty())
        setConversation(conversation);
}

QCoro::Task<void> ChatController::refreshCost() {
    const int generation = m_generation;
    auto cost = co_await m_page.history<std::optional<std::int64_t>>(
        [id = m_conversation.id](HistoryService& history) { return history.costOf(id); });
    if (generation == m_generation && cost)
        setCost(*cost);
}

void ChatController::setCost(std::optional<std::int64_t> cost) {
    if (m_cost == cost)
        return;
    m_cost = cost;
    Q_EMIT costChanged();
}

QString ChatController::costText() const {
    return m_cost ? moneyText(*m_cost) : QString();
}

QCoro::Task<void> ChatController::refreshFacts() {
    const QString model = m_model;
    if (const ModelFacts* known = m_page.models.find(model)) {
        m_facts = *known;
    } else {
        auto facts = co_await m_page.bridge.ask<ModelFacts>(
            [name = model.toStdString()](Composition& core) -> awaitable<Result<ModelFacts>> {
                co_return modelFacts(core, name);
            });
        if (model != m_model)
            co_return;
        m_facts = facts ? std::optional(*facts) : std::nullopt;
    }
    Q_EMIT contextChanged();
}

int ChatController::contextTokens() const {
    // The newest reply's counts contain everything before it.
    std::int64_t tokens = 0;
    for (auto it = m_page.timeline.messages().rbegin(); it != m_page.timeline.messages().rend(); ++it) {
        const Usage& usage = (*it)->record.usage;
        if (usage.inputTotal) {
            tokens = *usage.inputTotal + usage.outputTotal.value_or(0);
            break;
        }
    }
    return static_cast<int>(tokens + m_page.composer.tokenEstimate());
}

int ChatController::contextLimit() const {
    return m_facts ? static_cast<int>(m_facts->contextWindow.value_or(0)) : 0;
}

QString ChatController::estimateText() const {
    if (m_page.composer.empty() || !m_facts || !m_facts->price)
        return {};
    const Usage usage{.inputTotal = contextTokens(), .inputUncached = contextTokens(), .outputTotal = 0};
    const auto cost = costOf(usage, m_facts->price, std::chrono::system_clock::now());
    return cost && *cost > 0 ? moneyText(*cost) : QString();
}

void ChatController::setModel(const QString& name) {
    if (m_model == name)
        return;
    m_model = name;
    m_conversation.model = name.toStdString();
    m_modelChosen = true;
    m_lastModel = name;
    Q_EMIT modelChanged();
    refreshFacts();
    patchOpen({.model = m_conversation.model});
}

void ChatController::setSystemPrompt(const QString& text) {
    if (systemPrompt() == text)
        return;
    m_conversation.systemPrompt = text.toStdString();
    Q_EMIT systemPromptChanged();
    patchOpen({.systemPrompt = m_conversation.systemPrompt});
}

void ChatController::setParameter(const QString& name, const QVariant& value) {
    setParameterIn(m_conversation.parameters, name, value);
    Q_EMIT parametersChanged();
    patchOpen({.parameters = m_conversation.parameters});
}

QCoro::Task<void> ChatController::patchOpen(ConversationPatch patch) {
    if (m_conversation.id.empty())
        co_return;
    auto patched = co_await m_page.history<Conversation>(
        [id = m_conversation.id, patch](HistoryService& history) { return history.patchConversation(id, patch); });
    if (!patched)
        tell(patched.error());
    else
        m_page.conversations.upsert(*patched);
}

void ChatController::setHistoryError(const QString& text) {
    if (m_historyError == text)
        return;
    m_historyError = text;
    Q_EMIT historyErrorChanged();
}

void ChatController::dismissHistoryError() {
    setHistoryError({});
}

void ChatController::tell(const Error& error) {
    Q_EMIT failed(toQt(error.message), toQt(error.hint));
}

void ChatController::nextChat() {
    open(m_page.conversations.neighbour(conversationId(), 1));
}

void ChatController::previousChat() {
    open(m_page.conversations.neighbour(conversationId(), -1));
}

} // namespace patchbay
