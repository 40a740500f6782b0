#include "app/desktop/shell/self_measurements.h"

#include <algorithm>
#include <vector>

#include <QQuickWindow>

#include "app/os_self.h"

namespace patchbay {
namespace {

constexpr double kBytesPerMiB = 1024.0 * 1024.0;
constexpr double kMicrosecondsPerMs = 1000.0;

} // namespace

SelfMeasurements::SelfMeasurements(QObject* parent) : QObject(parent) {
}

QString SelfMeasurements::version() const {
    return QStringLiteral(PATCHBAY_VERSION);
}

QString SelfMeasurements::qtVersion() const {
    return QLatin1String(qVersion());
}

// Direct connections: the signals come from the thread that draws. A frame begins where the scene is gathered
// (afterAnimating) and ends when its drawing was handed over, so waiting for the screen is not counted.
void SelfMeasurements::watch(QQuickWindow* window) {
    if (m_window)
        m_window->disconnect(this);
    m_window = window;
    if (!window)
        return;
    connect(window, &QQuickWindow::afterAnimating, this, &SelfMeasurements::frameBegins, Qt::DirectConnection);
    connect(window, &QQuickWindow::afterRendering, this, &SelfMeasurements::frameEnds, Qt::DirectConnection);
}

void SelfMeasurements::frameBegins() {
    const std::lock_guard guard(m_mutex);
    m_frame.start();
}

void SelfMeasurements::frameEnds() {
    const std::lock_guard guard(m_mutex);
    if (!m_frame.isValid())
        return;
    m_times[std::size_t(m_drawn) % kKept] = float(double(m_frame.nsecsElapsed()) / 1e6);
    m_frame.invalidate();
    if (m_drawn++ == 0)
        m_firstFrameMs = double(microsecondsSinceProcessStart().value_or(0)) / kMicrosecondsPerMs;
}

double SelfMeasurements::percentile99() {
    const std::size_t known = std::min(std::size_t(m_drawn), kKept);
    if (known == 0)
        return 0;
    std::vector<float> sorted(m_times.begin(), m_times.begin() + std::ptrdiff_t(known));
    const std::size_t place = (known * 99 + 99) / 100 - 1; // the smallest time that 99% do not exceed
    std::nth_element(sorted.begin(), sorted.begin() + std::ptrdiff_t(place), sorted.end());
    return sorted[place];
}

void SelfMeasurements::refresh() {
    {
        const std::lock_guard guard(m_mutex);
        m_frames = m_drawn;
        m_startMs = m_firstFrameMs;
        m_frameP99Ms = percentile99();
    }
    m_memoryMiB = double(residentBytes().value_or(0)) / kBytesPerMiB;
    Q_EMIT changed();
}

} // namespace patchbay
