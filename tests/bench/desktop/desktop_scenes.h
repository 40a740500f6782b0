// The scenes of the benchmark. Each runs in a process of its own, so that none pays for what another one left behind.
#pragma once

#include <string>
#include <vector>

namespace patchbay::bench {

struct Figure {
    std::string name;
    std::string unit;
    double value = 0;
    double target = 0; ///< at most; 0 = none
};

/// Names in the order in which they run.
std::vector<std::string> sceneNames();
/// Runs one scene in this process (argc and argv are Qt's). `execTime` is the monotonic clock, in nanoseconds, just
/// before this process was started. Prints each figure as "name|unit|value|target".
int runScene(const std::string& name, long long execTime, int argc, char** argv);

} // namespace patchbay::bench
