// The load generator: connections that ask for the script's answers and check each of them. One thread, keep-alive,
// plain asio. Every function throws std::runtime_error at the first answer that is not right.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "reply_check.h"

namespace patchbay::bench {

struct Destination {
    std::uint16_t port = 0;
    Fidelity fidelity = Fidelity::SameBytes;
};

/// Asks `requests` times on `concurrency` connections; how long that took.
std::chrono::nanoseconds runRequests(Destination to, PlainScript script, std::size_t requests, std::size_t concurrency);

/// Opens `streams` streams at once and reads them to their ends. `whenOpen` is called once all of them have brought at
/// least one event. How long it took.
std::chrono::nanoseconds runStreams(Destination to, StreamScript script, std::size_t streams,
                                    const std::function<void()>& whenOpen);

/// Asks each destination in turn, `requests` times each, one at a time; the times of each destination in order.
std::vector<std::vector<std::chrono::nanoseconds>> runAlternating(const std::vector<Destination>& destinations,
                                                                  PlainScript script, std::size_t requests);

/// Whether GET /healthz is answered with 200 (one try, false also while nobody listens).
bool isHealthy(std::uint16_t port);

} // namespace patchbay::bench
