// highlight.js in a JavaScript engine. Lives on the thread that uses it; only interrupt() may be called from another.
#pragma once

#include <QList>
#include <QString>

#include <memory>

#include "app/desktop/markdown/code_palette.h"

class QJSEngine;

namespace patchbay {

class HighlightEngine {
public:
    HighlightEngine();
    ~HighlightEngine();

    /// Reads highlight.js (once; takes some 100 ms) and forgets an earlier interruption. Before each run.
    bool prepare();
    /// The tokens of `code`; empty when the language is unknown, the run was interrupted or highlight.js is not there.
    QList<CodeRun> run(const QString& code, const QString& language);
    /// Ends a run of the JavaScript engine soon, from any thread.
    void interrupt();

    /// Whether highlight.js was built in.
    static bool isAvailable();
    /// highlight.js's html -> runs; empty when its text is not `code`.
    static QList<CodeRun> runsOf(const QString& html, const QString& code);

private:
    std::unique_ptr<QJSEngine> m_engine; // made at once: interrupt() must find it
    bool m_loaded = false;
    bool m_failed = false;
};

} // namespace patchbay
