#include "providers/openai/tool_call_assembler.h"

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/reply_limits.h"
#include "providers/vendor_error.h"

namespace patchbay {

struct ToolCallAssembler::Fragment {
    std::optional<std::int64_t> index;
    std::string_view id;
    std::string_view name;
    std::string arguments;
    bool custom = false;
};

// Whether a fragment with a name but without an id goes on with `call` rather than beginning another: servers repeat
// the name in every fragment, and others send several whole calls without telling them apart.
bool ToolCallAssembler::continues(Call& call, const Fragment& fragment) {
    if (fragment.name.empty() || call.name.empty())
        return true;
    if (!call.hasArguments)
        return call.name == fragment.name;
    return call.name == fragment.name && !isComplete(call);
}

bool ToolCallAssembler::isComplete(Call& call) {
    if (!call.progress.closed())
        return false;
    if (!call.valid)
        call.valid = parseJsonObject(call.arguments).has_value();
    return *call.valid;
}

ToolCallAssembler::Call& ToolCallAssembler::append(const Fragment& fragment) {
    if (fragment.index)
        m_byIndex[*fragment.index] = m_calls.size();
    Call& call = m_calls.emplace_back();
    call.wireIndex = fragment.index;
    call.custom = fragment.custom;
    return call;
}

void ToolCallAssembler::setId(Call& call, std::string id) {
    call.id = std::move(id);
    if (!call.id.empty())
        m_byId[call.id].push_back(static_cast<std::size_t>(&call - m_calls.data()));
}

// The newest call under the fragment's index, or of all where it names none.
ToolCallAssembler::Call* ToolCallAssembler::newestOf(const Fragment& fragment) {
    if (m_calls.empty())
        return nullptr;
    if (!fragment.index)
        return &m_calls.back();
    const auto found = m_byIndex.find(*fragment.index);
    return found == m_byIndex.end() ? nullptr : &m_calls[found->second];
}

ToolCallAssembler::Call& ToolCallAssembler::callFor(const Fragment& fragment) {
    if (!fragment.id.empty())
        if (const auto same = m_byId.find(std::string(fragment.id)); same != m_byId.end())
            for (auto at = same->second.rbegin(); at != same->second.rend(); ++at)
                if (!fragment.index || m_calls[*at].wireIndex == fragment.index)
                    return m_calls[*at];
    Call* newest = newestOf(fragment);
    if (!newest)
        return append(fragment);
    // Another id begins another call, also under the same index; without a name it is a server that makes up an id for
    // every fragment.
    const bool otherId = !fragment.id.empty() && !newest->id.empty();
    const bool goesOn = otherId ? fragment.name.empty() : continues(*newest, fragment);
    return goesOn ? *newest : append(fragment);
}

void ToolCallAssembler::start(Call& call, EventBatch& events) {
    const int index = static_cast<int>(&call - m_calls.data());
    if (call.id.empty())
        setId(call, "call_" + randomAlphanumeric(24));
    call.started = true;
    events.emplace_back(
        ToolCallStarted{.index = index, .id = call.id, .name = call.name, .custom = call.custom, .choice = m_choice});
    if (!call.pending.empty())
        events.emplace_back(
            ToolCallDelta{.index = index, .arguments = std::exchange(call.pending, {}), .choice = m_choice});
}

Result<void> ToolCallAssembler::add(const json::object& object, EventBatch& events) {
    Fragment fragment{.index = findInt(object, "index"), .id = stringOr(object, "id")};
    const json::object* function = findObject(object, "function");
    fragment.custom = !function && findObject(object, "custom");
    if (fragment.custom)
        function = findObject(object, "custom");
    if (function) {
        fragment.name = stringOr(*function, "name");
        const json::value* arguments = find(*function, fragment.custom ? "input" : "arguments");
        if (arguments && arguments->is_string())
            fragment.arguments = toView(arguments->get_string());
        else if (arguments)
            fragment.arguments = writeJson(*arguments); // some local servers send the object itself
    }
    Call& call = callFor(fragment);
    if (m_calls.size() > kMaxReplyCalls)
        return malformedReply("it has more than " + std::to_string(kMaxReplyCalls) + " tool calls");
    if (call.id.empty() && !call.started)
        setId(call, std::string(fragment.id));
    if (call.name.empty())
        call.name = fragment.name;
    call.custom = call.custom || fragment.custom;
    if (!call.started && !call.name.empty())
        start(call, events);
    if (fragment.arguments.empty())
        return {};
    m_argumentBytes += fragment.arguments.size();
    if (m_argumentBytes > kMaxReplyBytes)
        return malformedReply("its tool calls are larger than " + std::to_string(kMaxReplyBytes >> 20U) + " MiB");
    call.hasArguments = true;
    call.arguments += fragment.arguments;
    call.progress.feed(fragment.arguments);
    if (!call.progress.closed())
        call.valid.reset();
    if (!call.started) {
        call.pending += fragment.arguments;
        return {};
    }
    events.emplace_back(ToolCallDelta{.index = static_cast<int>(&call - m_calls.data()),
                                      .arguments = std::move(fragment.arguments),
                                      .choice = m_choice});
    return {};
}

Result<void> ToolCallAssembler::finish(EventBatch& events) {
    for (std::size_t i = 0; i < m_calls.size(); ++i) {
        Call& call = m_calls[i];
        if (!call.started)
            return malformedReply("a tool call has no name");
        if (!call.hasArguments && !call.custom)
            events.emplace_back(ToolCallDelta{.index = static_cast<int>(i), .arguments = "{}", .choice = m_choice});
        call.hasArguments = true;
    }
    return {};
}

} // namespace patchbay
