#include "providers/openai/tool_call_assembler.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/strings.h"
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
bool ToolCallAssembler::continues(const Call& call, const Fragment& fragment) const {
    if (fragment.name.empty() || call.name.empty())
        return true;
    if (!call.hasArguments)
        return call.name == fragment.name;
    const bool complete = parseJsonObject(call.arguments).has_value();
    return !complete && call.name == fragment.name;
}

ToolCallAssembler::Call& ToolCallAssembler::append(const Fragment& fragment) {
    m_calls.push_back({.wireIndex = fragment.index, .custom = fragment.custom});
    return m_calls.back();
}

ToolCallAssembler::Call& ToolCallAssembler::callFor(const Fragment& fragment) {
    const auto matches = [&](const Call& call) { return !fragment.index || call.wireIndex == fragment.index; };
    if (!fragment.id.empty())
        for (auto call = m_calls.rbegin(); call != m_calls.rend(); ++call)
            if (call->id == fragment.id && matches(*call))
                return *call;
    const auto newest = std::find_if(m_calls.rbegin(), m_calls.rend(), matches);
    if (newest == m_calls.rend())
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
        call.id = "call_" + randomAlphanumeric(24);
    call.started = true;
    events.emplace_back(
        ToolCallStarted{.index = index, .id = call.id, .name = call.name, .custom = call.custom, .choice = m_choice});
    if (!call.pending.empty())
        events.emplace_back(
            ToolCallDelta{.index = index, .arguments = std::exchange(call.pending, {}), .choice = m_choice});
}

void ToolCallAssembler::add(const json::object& object, EventBatch& events) {
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
    if (call.id.empty() && !call.started)
        call.id = fragment.id;
    if (call.name.empty())
        call.name = fragment.name;
    call.custom = call.custom || fragment.custom;
    if (!call.started && !call.name.empty())
        start(call, events);
    if (fragment.arguments.empty())
        return;
    call.hasArguments = true;
    call.arguments += fragment.arguments;
    if (!call.started) {
        call.pending += fragment.arguments;
        return;
    }
    events.emplace_back(ToolCallDelta{.index = static_cast<int>(&call - m_calls.data()),
                                      .arguments = std::move(fragment.arguments),
                                      .choice = m_choice});
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
