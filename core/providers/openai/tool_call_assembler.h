// Puts a reply's tool-call fragments together, whatever the vendor makes of index, id and name: index missing (Mistral,
// Gemini), not from 0 (Anthropic behind gateways), always 0 with different ids; name repeated or empty; arguments null
// or an object. Calls come out numbered 0, 1, 2 … in order of appearance.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "chat/chat_event.h"

namespace patchbay {

class ToolCallAssembler {
public:
    explicit ToolCallAssembler(int choice) : m_choice(choice) {}
    void add(const json::object& fragment, EventBatch& events);
    /// Ends all calls: a call without any arguments gets "{}". A call without a name is Malformed.
    Result<void> finish(EventBatch& events);
    bool empty() const { return m_calls.empty(); }

private:
    struct Call {
        std::optional<std::int64_t> wireIndex;
        std::string id;
        std::string name;
        std::string pending;   // arguments that came before the name
        std::string arguments; // all so far: whether a call is complete tells where the next begins
        bool custom = false;
        bool started = false;
        bool hasArguments = false;
    };
    struct Fragment;
    Call& callFor(const Fragment& fragment);
    Call& append(const Fragment& fragment);
    bool continues(const Call& call, const Fragment& fragment) const;
    void start(Call& call, EventBatch& events);

    int m_choice;
    std::vector<Call> m_calls;
};

} // namespace patchbay
