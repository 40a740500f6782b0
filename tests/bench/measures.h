// What is measured. Every measure runs its programs alternately, round by round, against one upstream, so that a busy
// moment of the machine meets all of them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "report.h"

namespace patchbay::bench {

struct Setting {
    std::string patchbay; ///< the program
    std::filesystem::path folder;
    std::uint16_t upstreamPort = 0;
    std::size_t rounds = 5;
    bool quick = false; ///< a tenth of the work, to see whether everything runs
};

struct Measurement {
    std::string_view name;
    std::string_view description;
    void (*run)(const Setting& setting, Report& report);
};

const std::vector<Measurement>& measurements();

} // namespace patchbay::bench
