// The tool calls of a conversation that wait for their results. Formats tell by id, by name, or by nothing but the
// order which call a result answers; a history of many thousand calls is gone through once, whatever the order.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace patchbay {

class OpenCalls {
public:
    struct Call {
        std::string id;
        std::string name;
    };
    void add(std::string id, std::string name);
    /// Each takes the oldest waiting call that fits, or nullopt where there is none.
    std::optional<Call> takeById(const std::string& id);
    std::optional<Call> takeByName(const std::string& name);
    std::optional<Call> takeOldest();

private:
    struct Entry {
        Call call;
        bool open = true;
    };
    /// Positions in m_calls, oldest first; those before `next` are answered.
    struct Queue {
        std::vector<std::size_t> positions;
        std::size_t next = 0;
    };
    std::optional<Call> takeFrom(std::unordered_map<std::string, Queue>& queues, const std::string& key);
    Call take(Entry& entry);

    std::vector<Entry> m_calls;
    std::unordered_map<std::string, Queue> m_byId;
    std::unordered_map<std::string, Queue> m_byName;
    std::size_t m_oldest = 0;
};

} // namespace patchbay
