#include "providers/open_calls.h"

namespace patchbay {

void OpenCalls::add(std::string id, std::string name) {
    m_byId[id].positions.push_back(m_calls.size());
    m_byName[name].positions.push_back(m_calls.size());
    m_calls.push_back({.call = {.id = std::move(id), .name = std::move(name)}});
}

OpenCalls::Call OpenCalls::take(Entry& entry) {
    entry.open = false;
    return std::move(entry.call);
}

std::optional<OpenCalls::Call> OpenCalls::takeFrom(std::unordered_map<std::string, Queue>& queues,
                                                   const std::string& key) {
    const auto found = queues.find(key);
    if (found == queues.end())
        return std::nullopt;
    Queue& queue = found->second;
    while (queue.next < queue.positions.size())
        if (Entry& entry = m_calls[queue.positions[queue.next++]]; entry.open)
            return take(entry);
    return std::nullopt;
}

std::optional<OpenCalls::Call> OpenCalls::takeById(const std::string& id) {
    return takeFrom(m_byId, id);
}

std::optional<OpenCalls::Call> OpenCalls::takeByName(const std::string& name) {
    return takeFrom(m_byName, name);
}

std::optional<OpenCalls::Call> OpenCalls::takeOldest() {
    while (m_oldest < m_calls.size())
        if (Entry& entry = m_calls[m_oldest++]; entry.open)
            return take(entry);
    return std::nullopt;
}

} // namespace patchbay
