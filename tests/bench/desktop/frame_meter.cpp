#include "bench/desktop/frame_meter.h"

#include <algorithm>
#include <cmath>
#include <ctime>

#include <QFile>

namespace patchbay::bench {
namespace {

double secondsOf(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

} // namespace

double threadCpuSeconds() {
    return secondsOf(CLOCK_THREAD_CPUTIME_ID);
}

double processCpuSeconds() {
    return secondsOf(CLOCK_PROCESS_CPUTIME_ID);
}

double residentMegabytes() {
    QFile file("/proc/self/status");
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    return 0;
}

FrameMeter::FrameMeter(QQuickWindow& window) {
    connect(&window, &QQuickWindow::frameSwapped, this, &FrameMeter::presented, Qt::DirectConnection);
    restart();
}

void FrameMeter::restart() {
    m_costs.clear();
    m_last = threadCpuSeconds();
}

void FrameMeter::presented() {
    const double now = threadCpuSeconds();
    m_costs.push_back((now - m_last) * 1000);
    m_last = now;
}

double FrameMeter::quantile(double q) const {
    if (m_costs.empty())
        return 0;
    std::vector<double> sorted = m_costs;
    std::sort(sorted.begin(), sorted.end());
    const auto at = static_cast<std::size_t>(std::ceil(q * static_cast<double>(sorted.size()))) - 1;
    return sorted[std::min(at, sorted.size() - 1)];
}

double FrameMeter::shareOver(double milliseconds) const {
    if (m_costs.empty())
        return 0;
    const auto over = std::count_if(m_costs.begin(), m_costs.end(), [=](double cost) { return cost > milliseconds; });
    return static_cast<double>(over) / static_cast<double>(m_costs.size());
}

} // namespace patchbay::bench
