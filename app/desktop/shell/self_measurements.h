// What the About page says about the program itself: how long it took to start, how much memory it holds, how smooth its
// frames are. Counting frames must not cause any: it listens to what the window draws anyway, and the numbers are read
// when somebody looks (refresh()).
#pragma once

#include <array>
#include <mutex>

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

class QQuickWindow;

namespace patchbay {

class SelfMeasurements : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.about is the one there is.")
    Q_PROPERTY(QString version READ version CONSTANT)
    Q_PROPERTY(QString qtVersion READ qtVersion CONSTANT)
    /// From the start of the process to the first frame on the screen, ms; 0 = none yet, or not known.
    Q_PROPERTY(double startMs READ startMs NOTIFY changed)
    /// Memory that the process holds, MiB; 0 = not known.
    Q_PROPERTY(double memoryMiB READ memoryMiB NOTIFY changed)
    /// 99% of the last frames (at most 1000) were prepared and drawn in this time or less, ms; 0 = no frame yet.
    Q_PROPERTY(double frameP99Ms READ frameP99Ms NOTIFY changed)
    /// Frames drawn since the start.
    Q_PROPERTY(int frames READ frames NOTIFY changed)
public:
    explicit SelfMeasurements(QObject* parent = nullptr);
    /// Measures this window from now on.
    void watch(QQuickWindow* window);

    QString version() const;
    QString qtVersion() const;
    double startMs() const { return m_startMs; }
    double memoryMiB() const { return m_memoryMiB; }
    double frameP99Ms() const { return m_frameP99Ms; }
    int frames() const { return m_frames; }
    /// Reads the figures anew.
    Q_INVOKABLE void refresh();

Q_SIGNALS:
    void changed();

private:
    void frameBegins();
    void frameEnds();
    double percentile99();

    static constexpr std::size_t kKept = 1000;
    QPointer<QQuickWindow> m_window;
    std::mutex m_mutex; // a frame may be drawn in a thread of its own
    QElapsedTimer m_frame;
    std::array<float, kKept> m_times{}; ///< ms, a ring
    int m_drawn = 0;
    double m_firstFrameMs = 0;

    double m_startMs = 0;
    double m_memoryMiB = 0;
    double m_frameP99Ms = 0;
    int m_frames = 0;
};

} // namespace patchbay
