#include "app/desktop/markdown/code_highlighter.h"

#include <QCache>
#include <QElapsedTimer>
#include <QHash>
#include <QMetaObject>
#include <QMutex>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include "app/desktop/markdown/code_languages.h"
#include "app/desktop/markdown/highlight_engine.h"

namespace patchbay {

namespace {

constexpr qsizetype kMaxCode = 200 * 1024;
constexpr int kGrowingPause = 150; // ms
constexpr int kRestFactor = 15; // a block that grows is coloured for a fifteenth of the time, or less
constexpr int kGrace = 1000; // ms after an interruption; a regular expression does not hear it
constexpr int kCacheCost = 4 * 1024 * 1024; // characters of code

struct Request {
    QString code;
    QString language;
    bool growing = false;
};

/// A thread with its engine. When a regular expression runs wild in it, it is left alone and another one is made.
struct Worker {
    QThread thread;
    QObject context; // lives in the thread
    HighlightEngine* engine = nullptr; // made and destroyed in the thread
    QAtomicPointer<HighlightEngine> running; // to be interrupted
    QAtomicInt stopping;
};

/// Where a worker leaves its answer; it may outlive the highlighter.
struct Mailbox {
    QMutex mutex;
    CodeHighlighter* owner = nullptr;
};

} // namespace

struct CodeHighlighter::Private {
    explicit Private(CodeHighlighter* owner) : q(owner) {
        watchdog.setSingleShot(true);
        pause.setSingleShot(true);
        QObject::connect(&watchdog, &QTimer::timeout, q, [this] { onTimeout(); });
        QObject::connect(&pause, &QTimer::timeout, q, [this] { next(); });
        clock.start();
        mailbox->owner = q;
    }
    ~Private() {
        {
            const QMutexLocker lock(&mailbox->mutex);
            mailbox->owner = nullptr;
        }
        stop(3000);
    }
    Q_DISABLE_COPY_MOVE(Private)

    void start() {
        worker = new Worker;
        worker->context.moveToThread(&worker->thread);
        worker->thread.setObjectName(QStringLiteral("highlighter"));
        worker->thread.start(QThread::LowPriority);
    }

    /// Ends the worker; one that does not listen is leaked, for a thread cannot be ended from outside.
    void stop(int wait) {
        if (!worker)
            return;
        Worker* old = std::exchange(worker, nullptr);
        old->stopping.storeRelease(1);
        if (HighlightEngine* engine = old->running.loadAcquire())
            engine->interrupt();
        QMetaObject::invokeMethod(
            &old->context,
            [old] {
                delete std::exchange(old->engine, nullptr);
                old->thread.quit();
            },
            Qt::QueuedConnection);
        if (old->thread.wait(wait))
            delete old;
    }

    static QString cacheKey(const Request& request) { return highlightLanguage(request.language) + u'\n' + request.code; }

    void answer(const QString& id, const Request& request, const QList<CodeRun>& runs) {
        Q_EMIT q->ready(id, request.code, styledCode(request.code, runs, palette), !runs.isEmpty());
    }

    void schedule() {
        if (scheduled || busy)
            return;
        scheduled = true;
        QMetaObject::invokeMethod(q, [this] { next(); }, Qt::QueuedConnection);
    }

    /// Starts the next request that is due; answers directly what needs no run.
    void next() {
        scheduled = false;
        qint64 soonest = -1;
        for (qsizetype i = 0; i < order.size() && !busy;) {
            const QString id = order[i];
            const Request request = waiting.value(id);
            const qint64 due = request.growing ? nextRun.value(id, 0) : 0;
            if (due > clock.elapsed()) {
                soonest = soonest < 0 ? due : qMin(soonest, due);
                ++i;
                continue;
            }
            order.removeAt(i);
            waiting.remove(id);
            if (request.growing)
                nextRun.insert(id, clock.elapsed() + kGrowingPause);
            else
                nextRun.remove(id);
            const auto* known = cache.object(cacheKey(request));
            if (known)
                answer(id, request, *known);
            else if (request.language.isEmpty() || request.code.size() > kMaxCode || !HighlightEngine::isAvailable())
                answer(id, request, {});
            else
                run(id, request);
        }
        if (!busy && soonest >= 0)
            pause.start(int(qMax<qint64>(1, soonest - clock.elapsed())));
    }

    void run(const QString& id, const Request& request) {
        if (!worker)
            start();
        busy = true;
        ++runCount;
        current = ++lastRequest;
        currentId = id;
        currentRequest = request;
        interrupted = false;
        runBegin = clock.elapsed();
        watchdog.start(timeLimit);
        Worker* const used = worker;
        QMetaObject::invokeMethod(
            &used->context,
            [this, used, box = mailbox, request, number = current] {
                if (!used->engine)
                    used->engine = new HighlightEngine;
                used->engine->prepare();
                used->running.storeRelease(used->engine);
                QList<CodeRun> runs;
                if (!used->stopping.loadAcquire())
                    runs = used->engine->run(request.code, request.language);
                used->running.storeRelease(nullptr);
                const QMutexLocker lock(&box->mutex);
                if (box->owner) // `this` lives as long
                    QMetaObject::invokeMethod(
                        box->owner, [this, number, runs] { onDone(number, runs); }, Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
    }

    void onDone(quint64 number, const QList<CodeRun>& runs) {
        if (!busy || number != current)
            return; // given up before
        finish(runs);
    }

    void finish(const QList<CodeRun>& runs) {
        watchdog.stop();
        busy = false;
        const Request request = std::exchange(currentRequest, Request());
        const QString id = std::exchange(currentId, QString());
        // A block that grows is not worth keeping, unless it is the last state; what hit the limit is kept as plain.
        if (!request.growing || interrupted)
            cache.insert(cacheKey(request), new QList<CodeRun>(runs), int(request.code.size()) + 100);
        if (nextRun.contains(id))
            nextRun[id] = qMax(nextRun[id], clock.elapsed() + qMin<qint64>(2000, kRestFactor * (clock.elapsed() - runBegin)));
        const QPointer<CodeHighlighter> alive(q);
        if (!dropped && !(waiting.contains(id) && !waiting[id].growing))
            answer(id, request, runs);
        if (!alive)
            return;
        dropped = false;
        next();
    }

    void onTimeout() {
        if (!busy)
            return;
        if (!interrupted) {
            HighlightEngine* const engine = worker->running.loadAcquire();
            if (engine) { // else it still loads highlight.js, which always ends
                interrupted = true;
                engine->interrupt();
            }
            watchdog.start(engine ? kGrace : timeLimit);
            return;
        }
        stop(0);
        finish({});
    }

    CodeHighlighter* q;
    std::shared_ptr<Mailbox> mailbox = std::make_shared<Mailbox>();
    CodePalette palette = CodePalette::light();
    int timeLimit = 2000;
    Worker* worker = nullptr;
    QHash<QString, Request> waiting; // newest of each block
    QStringList order; // of first asking
    QHash<QString, qint64> nextRun; // of growing blocks: not before
    qint64 runBegin = 0;
    QCache<QString, QList<CodeRun>> cache{kCacheCost};
    QElapsedTimer clock;
    QTimer watchdog;
    QTimer pause;
    bool scheduled = false;
    bool busy = false;
    bool interrupted = false;
    bool dropped = false; // the running block was cancelled
    quint64 lastRequest = 0;
    quint64 current = 0;
    int runCount = 0;
    QString currentId;
    Request currentRequest;
};

CodeHighlighter::CodeHighlighter(QObject* parent) : QObject(parent), m_private(std::make_unique<Private>(this)) {}

CodeHighlighter::~CodeHighlighter() = default;

void CodeHighlighter::setPalette(const CodePalette& palette) {
    m_private->palette = palette;
}

void CodeHighlighter::setTimeLimit(int milliseconds) {
    m_private->timeLimit = milliseconds;
}

void CodeHighlighter::request(const QString& blockId, const QString& code, const QString& language, bool growing) {
    if (!m_private->waiting.contains(blockId))
        m_private->order.append(blockId);
    m_private->waiting.insert(blockId, {code, language, growing});
    if (m_private->currentId == blockId)
        m_private->dropped = false;
    m_private->schedule();
}

void CodeHighlighter::cancel(const QString& blockId) {
    m_private->waiting.remove(blockId);
    m_private->order.removeAll(blockId);
    m_private->nextRun.remove(blockId);
    if (m_private->busy && m_private->currentId == blockId)
        m_private->dropped = true;
}

bool CodeHighlighter::knows(const QString& language) {
    return HighlightEngine::isAvailable() && isKnownLanguage(language);
}

int CodeHighlighter::runs() const {
    return m_private->runCount;
}

} // namespace patchbay
