// Puts a reply's tool-call fragments together, whatever the vendor makes of index, id and name: index missing (Mistral,
// Gemini), not from 0 (Anthropic behind gateways), always 0 with different ids; name repeated or empty; arguments null
// or an object. Calls come out numbered 0, 1, 2 … in order of appearance.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "chat/chat_event.h"
#include "providers/openai/arguments_progress.h"

namespace patchbay {

class ToolCallAssembler {
public:
    explicit ToolCallAssembler(int choice) : m_choice(choice) {}
    /// Malformed for more calls (kMaxReplyCalls) or longer arguments (kMaxReplyBytes) than a reply may have.
    Result<void> add(const json::object& fragment, EventBatch& events);
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
        ArgumentsProgress progress;
        std::optional<bool> valid; // what the parser said of closed arguments; asked once
        bool custom = false;
        bool started = false;
        bool hasArguments = false;
    };
    struct Fragment;
    Call& callFor(const Fragment& fragment);
    Call& append(const Fragment& fragment);
    Call* newestOf(const Fragment& fragment);
    void setId(Call& call, std::string id);
    static bool isComplete(Call& call);
    static bool continues(Call& call, const Fragment& fragment);
    void start(Call& call, EventBatch& events);

    int m_choice;
    std::vector<Call> m_calls;
    std::unordered_map<std::string, std::vector<std::size_t>> m_byId; // calls of one id, oldest first
    std::unordered_map<std::int64_t, std::size_t> m_byIndex;          // the newest call of a wire index
    std::size_t m_argumentBytes = 0;
};

} // namespace patchbay
