// Measures Patchbay against nginx proxying the same in the same run. What and how: docs/BENCHMARKS.md.
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/json_writer.h"
#include "measures.h"
#include "proxies.h"
#include "upstream.h"

namespace {

using namespace patchbay;
using namespace patchbay::bench;

struct Options {
    std::string patchbay;
    std::string only;
    std::string json;
    std::size_t rounds = 5;
    bool quick = false;
};

constexpr std::string_view kUsage = "gateway_bench --patchbay PROGRAM [name] [--json FILE] [--rounds N] [--quick]\n"
                                    "Names (all without one):\n";

int usage() {
    fmt::print(stderr, "{}", kUsage);
    for (const Measurement& one : measurements())
        fmt::print(stderr, "  {:<11} {}\n", one.name, one.description);
    return 2;
}

bool isName(std::string_view text) {
    for (const Measurement& one : measurements())
        if (one.name == text)
            return true;
    return false;
}

std::optional<Options> parse(int count, char** arguments) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        const bool hasValue = i + 1 < count;
        if (argument == "--quick")
            options.quick = true;
        else if (argument == "--patchbay" && hasValue)
            options.patchbay = arguments[++i];
        else if (argument == "--json" && hasValue)
            options.json = arguments[++i];
        else if (argument == "--rounds" && hasValue)
            std::from_chars(arguments[i + 1], arguments[i + 1] + std::strlen(arguments[i + 1]), options.rounds), ++i;
        else if (isName(argument))
            options.only = argument;
        else
            return std::nullopt;
    }
    if (options.patchbay.empty() || options.rounds == 0)
        return std::nullopt;
    return options;
}

/// A thousand streams need two thousand descriptors in a proxy.
void raiseDescriptorLimit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

json::object machine() {
    utsname name{};
    ::uname(&name);
    std::string system, model;
    std::ifstream release("/etc/os-release"), processors("/proc/cpuinfo");
    for (std::string line; std::getline(release, line);)
        if (line.starts_with("PRETTY_NAME=\"") && line.size() > 14)
            system = line.substr(13, line.size() - 14);
    for (std::string line; model.empty() && std::getline(processors, line);)
        if (line.starts_with("model name"))
            model = line.substr(line.find(':') + 2);
    std::array<double, 1> load{};
    ::getloadavg(load.data(), 1);
    return {{"system", system},
            {"kernel", std::string(name.release)},
            {"processor", model},
            {"cores", ::sysconf(_SC_NPROCESSORS_ONLN)},
            {"load_before", load[0]}};
}

int run(const Options& options) {
    raiseDescriptorLimit();
    const json::object host = machine();
    const ScratchFolder scratch;
    Process upstream({"/proc/self/exe", "upstream"}, scratch.path() / "upstream.log");
    Setting setting{.patchbay = options.patchbay,
                    .folder = scratch.path(),
                    .upstreamPort = static_cast<std::uint16_t>(std::stoi(upstream.readLine())),
                    .rounds = options.rounds,
                    .quick = options.quick};
    Report report;
    for (const Measurement& one : measurements()) {
        if (!options.only.empty() && options.only != one.name)
            continue;
        fmt::print(stderr, "{}: {}\n", one.name, one.description);
        one.run(setting, report);
    }
    fmt::print("{}", report.table());
    if (!options.json.empty()) {
        json::object result = report.toJson();
        result["time"] = formatRfc3339(std::chrono::system_clock::now());
        result["machine"] = host;
        result["rounds"] = options.rounds;
        result["quick"] = options.quick;
        std::ofstream file(options.json);
        file << writeJsonPretty(result) << '\n';
        if (!file.flush())
            throw std::runtime_error("cannot write " + options.json);
    }
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    if (count == 2 && std::string_view(arguments[1]) == "upstream")
        return runUpstream();
    const auto options = parse(count, arguments);
    if (!options)
        return usage();
    try {
        return run(*options);
    } catch (const std::exception& failure) {
        fmt::print(stderr, "gateway_bench: {}\n", failure.what());
        return 1;
    }
}
