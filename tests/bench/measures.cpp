#include "measures.h"

#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "load.h"
#include "proxies.h"

namespace patchbay::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;
using Seconds = std::chrono::duration<double>;

constexpr std::string_view kWarning = "patchbay, level warning";
/// The kernel gives memory back, and programs tidy up, some time after the last stream.
constexpr std::chrono::seconds kSettle{5};

std::size_t scaled(const Setting& setting, std::size_t work) {
    return setting.quick ? work / 10 : work;
}

Proxy patchbay(const Setting& setting, std::string_view folder, std::string name, std::string logLevel = {}) {
    const PatchbayStart start{setting.patchbay, setting.folder / folder, setting.upstreamPort, std::move(logLevel)};
    writePatchbayConfig(start);
    return startPatchbay(start, std::move(name));
}

std::vector<Proxy> allProxies(const Setting& setting) {
    std::vector<Proxy> proxies;
    proxies.push_back(startNginx(setting.folder / "nginx", setting.upstreamPort));
    proxies.push_back(patchbay(setting, "info", "patchbay"));
    proxies.push_back(patchbay(setting, "warning", std::string(kWarning), "warning"));
    return proxies;
}

double megabytes(std::size_t bytes) {
    return static_cast<double>(bytes) / (1U << 20U);
}

void measureLoad(const Setting& setting, Report& report, std::string_view what, PlainScript script,
                 std::size_t requests, std::size_t concurrency) {
    const std::vector<Proxy> proxies = allProxies(setting);
    for (const Proxy& proxy : proxies)
        runRequests(proxy.plain, script, 1000, concurrency); // warm up
    for (std::size_t round = 0; round < setting.rounds; ++round)
        for (const Proxy& proxy : proxies) {
            const auto before = proxy.process->cpuTime();
            const auto took = runRequests(proxy.plain, script, requests, concurrency);
            const Microseconds cpu = proxy.process->cpuTime() - before;
            const auto count = static_cast<double>(requests);
            report.add(fmt::format("CPU per request, {}", what), "us", proxy.name, cpu.count() / count);
            report.add(fmt::format("requests, {}", what), "1/s", proxy.name, count / Seconds(took).count());
        }
}

void measureRequests(const Setting& setting, Report& report) {
    measureLoad(setting, report, "500 B/700 B, 32 at once", PlainScript{}, scaled(setting, 10'000), 32);
    report.setTarget("CPU per request, 500 B/700 B, 32 at once", {Target::Kind::RatioToNginxAtMost, 4});
}

void measureThroughput(const Setting& setting, Report& report) {
    measureLoad(setting, report, "1 KB/1 KB, 10 at once", PlainScript{.requestBytes = 1024, .replyBytes = 1024},
                scaled(setting, 10'000), 10);
    report.setTarget("requests, 1 KB/1 KB, 10 at once", {Target::Kind::AtLeast, 8000});
}

void measureLatency(const Setting& setting, Report& report) {
    const std::vector<Proxy> proxies = allProxies(setting);
    std::vector<Destination> destinations{{setting.upstreamPort, Fidelity::SameBytes}};
    for (const Proxy& proxy : proxies)
        destinations.push_back(proxy.plain);
    runAlternating(destinations, PlainScript{}, 200); // warm up
    for (std::size_t round = 0; round < setting.rounds; ++round) {
        const auto times = runAlternating(destinations, PlainScript{}, scaled(setting, 2'000));
        for (std::size_t i = 0; i < proxies.size(); ++i) {
            std::vector<double> added;
            for (std::size_t at = 0; at < times[0].size(); ++at)
                added.push_back(Microseconds(times[i + 1][at] - times[0][at]).count() / 1000);
            report.add("added latency, p50", "ms", proxies[i].name, quantile(added, 0.5));
            report.add("added latency, p99", "ms", proxies[i].name, quantile(added, 0.99));
        }
    }
    report.setTarget("added latency, p50", {Target::Kind::AtMost, 0.15});
    report.setTarget("added latency, p99", {Target::Kind::AtMost, 1});
}

void measureStreaming(const Setting& setting, Report& report, std::string_view measure, StreamScript script,
                      std::size_t streams) {
    const std::vector<Proxy> proxies = allProxies(setting);
    for (const Proxy& proxy : proxies)
        runStreams(proxy.stream, StreamScript{.events = 20, .perSecond = 0}, streams, {}); // warm up
    for (std::size_t round = 0; round < setting.rounds; ++round)
        for (const Proxy& proxy : proxies) {
            const auto before = proxy.process->cpuTime();
            runStreams(proxy.stream, script, streams, {});
            const Microseconds cpu = proxy.process->cpuTime() - before;
            report.add(measure, "us", proxy.name, cpu.count() / static_cast<double>(streams * script.events));
        }
}

void measureStreams(const Setting& setting, Report& report) {
    measureStreaming(setting, report, "CPU per event, 200 streams at 50/s",
                     {.events = scaled(setting, 200), .perSecond = 50}, 200);
    report.setTarget("CPU per event, 200 streams at 50/s", {Target::Kind::RatioToNginxAtMost, 2});
}

void measureFlood(const Setting& setting, Report& report) {
    measureStreaming(setting, report, "CPU per event, 200 streams, unthrottled",
                     {.events = scaled(setting, 1000), .perSecond = 0}, 200);
}

/// Fresh processes each round: memory that an earlier round left behind would count as idle memory.
void measureManyStreams(const Setting& setting, Report& report) {
    const StreamScript script{.events = scaled(setting, 60), .perSecond = 10};
    constexpr std::size_t kStreams = 1000;
    for (std::size_t round = 0; round < setting.rounds; ++round)
        for (const bool ours : {false, true}) {
            const Proxy proxy = ours ? patchbay(setting, "many", "patchbay")
                                     : startNginx(setting.folder / "nginx", setting.upstreamPort);
            std::this_thread::sleep_for(std::chrono::seconds(1));
            const std::size_t idle = proxy.process->residentBytes();
            std::size_t open = 0;
            const auto before = proxy.process->cpuTime();
            runStreams(proxy.stream, script, kStreams, [&] { open = proxy.process->residentBytes(); });
            const Microseconds cpu = proxy.process->cpuTime() - before;
            const std::size_t atEnd = proxy.process->residentBytes();
            std::this_thread::sleep_for(kSettle);
            const std::size_t after = proxy.process->residentBytes();
            report.add("CPU per event, 1000 streams at 10/s", "us", proxy.name,
                       cpu.count() / static_cast<double>(kStreams * script.events));
            report.add("RSS idle", "MB", proxy.name, megabytes(idle));
            report.add("RSS, 1000 streams open", "MB", proxy.name, megabytes(std::max(open, atEnd)));
            report.add("RSS after, to idle", "x", proxy.name, static_cast<double>(after) / static_cast<double>(idle));
        }
    report.setTarget("RSS idle", {Target::Kind::AtMost, 40});
    report.setTarget("RSS, 1000 streams open", {Target::Kind::AtMost, 80});
    report.setTarget("RSS after, to idle", {Target::Kind::AtMost, 1.1});
}

double secondsToHealthy(const PatchbayStart& start) {
    const auto begin = SteadyClock::now();
    const Proxy proxy = startPatchbay(start, "patchbay");
    while (!isHealthy(proxy.plain.port))
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return Seconds(SteadyClock::now() - begin).count();
}

void measureStart(const Setting& setting, Report& report) {
    for (int i = 0; i < 20; ++i) {
        const PatchbayStart start{
            setting.patchbay, setting.folder / fmt::format("start{}", i), setting.upstreamPort, {}};
        writePatchbayConfig(start);
        report.add("first start to 200, new data folder", "s", "patchbay", secondsToHealthy(start));
        report.add("later start to 200", "s", "patchbay", secondsToHealthy(start));
    }
    report.setTarget("first start to 200, new data folder", {Target::Kind::AtMost, 0.3});
    report.setTarget("later start to 200", {Target::Kind::AtMost, 0.3});
}

} // namespace

const std::vector<Measurement>& measurements() {
    static const std::vector<Measurement> all{
        {"requests", "CPU and rate of whole answers, 32 at once", measureRequests},
        {"throughput", "rate of whole answers, 10 at once", measureThroughput},
        {"latency", "added latency, one at a time", measureLatency},
        {"streams", "CPU per streamed event, 200 streams at 50/s", measureStreams},
        {"flood", "CPU per streamed event, 200 streams at full speed", measureFlood},
        {"memory", "1000 streams: CPU, memory before, meanwhile and after", measureManyStreams},
        {"start", "time from start to the first answer", measureStart},
    };
    return all;
}

} // namespace patchbay::bench
