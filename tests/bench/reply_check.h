// Whether an answer is the one that the upstream gave. nginx passes bytes on, so its answers must be equal to the byte;
// Patchbay writes an answer of its own (other id, time and member order), so the first one is read as JSON, and all
// others must equal it but for the id and the time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "script.h"

namespace patchbay::bench {

enum class Fidelity { SameBytes, SameMeaning };

class PlainCheck {
public:
    PlainCheck(const PlainScript& script, Fidelity fidelity) : m_script(script), m_fidelity(fidelity) {}
    /// Throws std::runtime_error with the answer when it is not the expected one.
    void check(std::string_view body);

private:
    void learn(std::string_view body);

    PlainScript m_script;
    Fidelity m_fidelity;
    std::string m_expected;
    /// Places in m_expected that differ from answer to answer: begin and end.
    std::vector<std::pair<std::size_t, std::size_t>> m_free;
};

/// Follows one streamed answer: every piece of text once and in order, then the finish reason, the usage and [DONE].
class StreamCheck {
public:
    explicit StreamCheck(std::size_t events) : m_expected(events) {}
    /// Takes the bytes out of `body` event by event. Throws std::runtime_error for anything out of order.
    void feed(std::string& body);
    /// Throws unless everything has come.
    void finish() const;
    std::size_t events() const { return m_events; }

private:
    void takeLine(std::string_view line);

    std::size_t m_expected;
    std::size_t m_events = 0;
    bool m_finished = false;
    bool m_usage = false;
    bool m_done = false;
};

} // namespace patchbay::bench
