// What each frame costs the window's thread: CPU time between two presented frames, with everything that happened in
// between (events, model changes, layout, painting). Time spent waiting does not count, so a busy machine changes little.
#pragma once

#include <vector>

#include <QObject>
#include <QQuickWindow>

namespace patchbay::bench {

/// CPU seconds of the calling thread.
double threadCpuSeconds();
/// CPU seconds of this process, all threads.
double processCpuSeconds();
/// MB of this process that are in memory (VmRSS).
double residentMegabytes();

class FrameMeter : public QObject {
    Q_OBJECT
public:
    explicit FrameMeter(QQuickWindow& window);
    void restart();
    int frames() const { return static_cast<int>(m_costs.size()); }
    /// Milliseconds of the frame at that quantile (0 to 1); 0 without frames.
    double quantile(double q) const;
    double worst() const { return quantile(1.0); }
    /// Share of the frames that cost more.
    double shareOver(double milliseconds) const;

private:
    void presented();

    std::vector<double> m_costs; // milliseconds
    double m_last = 0;
};

} // namespace patchbay::bench
