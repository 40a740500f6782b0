#include "routing/route_layer.h"

#include <algorithm>

#include "pipeline/commit_sink.h"

namespace patchbay {
namespace {

// What another deployment might do better. A request that is wrong in itself stays wrong everywhere.
bool mayFallBack(const Error& error) {
    switch (error.code) {
    case ErrorCode::InvalidRequest:
    case ErrorCode::Unprocessable:
    case ErrorCode::NotFound:
    case ErrorCode::TooLarge:
    case ErrorCode::ContentFiltered:
    case ErrorCode::Cancelled: return false;
    default: return true;
    }
}

// The request under the upstream's own model name.
std::shared_ptr<const ChatRequest> requestFor(const ChatRequest& asked, const Candidate& candidate) {
    auto request = std::make_shared<ChatRequest>(asked);
    request->model = candidate.deployment.model;
    return request;
}

// Whether some time without output is to be expected.
bool thinks(const ChatRequest& asked, const Candidate& candidate) {
    const auto& wish = asked.reasoning;
    if (wish && (wish->enabled == false || wish->effort == "none"))
        return false;
    return candidate.thinks ||
           (wish && (wish->enabled == true || wish->adaptive == true || wish->budgetTokens || !wish->effort.empty()));
}

Error withTried(Error first, const std::vector<std::string>& tried) {
    if (tried.size() < 2)
        return first;
    std::string list;
    for (const std::string& deployment : tried)
        list.append(list.empty() ? "" : ", ").append(deployment);
    first.hint.append(first.hint.empty() ? "" : " ").append("Tried: ").append(list).append(".");
    return first;
}

} // namespace

awaitable<Outcome> RouteLayer::handle(ChatCall call) {
    const std::shared_ptr<const RoutingTable> table = m_routes.current();
    auto candidates = table->resolve(call.request->model);
    if (!candidates)
        co_return candidates.error();

    auto commit = std::make_shared<CommitSink>(call.out);
    std::optional<Error> first;
    std::vector<std::string> tried;
    const auto last = std::find_if(candidates->rbegin(), candidates->rend(),
                                   [](const Candidate& candidate) { return candidate.endpoint.has_value(); });
    for (const Candidate& candidate : *candidates) {
        CallRecord& record = *call.record;
        record.provider = candidate.deployment.provider;
        record.model = candidate.deployment.model;
        record.deployment = candidate.deployment.id();
        record.fallbacks = static_cast<int>(tried.size());
        tried.push_back(record.deployment);
        if (!candidate.endpoint) {
            if (!first)
                first = candidate.endpoint.error();
            continue;
        }
        ++record.attempts;
        record.firstToken.reset();
        commit->reset();
        ChatCall attempt{.request = requestFor(*call.request, candidate), .out = commit, .record = call.record};
        CallTimeouts timeouts = thinks(*call.request, candidate) ? candidate.thinkingTimeouts : candidate.timeouts;
        timeouts.lastChance = &candidate == &*last;
        Outcome outcome = co_await m_client.chat(std::move(attempt), *candidate.endpoint, timeouts);
        if (outcome) {
            if (auto flushed = co_await commit->flush(); !flushed)
                co_return flushed.error();
            co_return outcome;
        }
        if (!first)
            first = outcome.error();
        if (commit->committed())
            co_return outcome;
        if (!mayFallBack(outcome.error()))
            break;
    }
    co_return withTried(std::move(*first), tried);
}

} // namespace patchbay
