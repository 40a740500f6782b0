// Colours for code, found by highlight.js in a JavaScript engine on a thread of its own, which starts with the first
// request. Answers come as a signal in the thread that asked. Code of an unknown language, code over 200 KB, and any
// code in a build without highlight.js is answered uncoloured; so is code that takes longer than the time limit.
//
//     highlighter.request(blockId, code, language, block.open); // again while the code grows: the newest one counts
//     connect(&highlighter, &CodeHighlighter::ready, ...);
#pragma once

#include <QObject>
#include <QString>

#include <memory>

#include "app/desktop/markdown/code_palette.h"

namespace patchbay {

class CodeHighlighter : public QObject {
    Q_OBJECT
public:
    explicit CodeHighlighter(QObject* parent = nullptr);
    /// Interrupts what runs and waits for its thread.
    ~CodeHighlighter() override;

    /// Colours of the answers from now on; blocks must be asked for again (their tokens are kept, so that is quick).
    /// Light at first.
    void setPalette(const CodePalette& palette);
    /// How long one block may take, in milliseconds; 2000 at first.
    void setTimeLimit(int milliseconds);

    /// Asks for the colours of a block; answers with ready() later, never from inside this call. A newer request of the
    /// same block replaces one that waits, and an answer that is out of date is not sent. `growing`: the code still
    /// streams; such requests of one block are spaced at least 150 ms apart, more when it takes long; the last one is
    /// never lost. Meanwhile show the last html and plainCodeHtml() of what came since: code only grows at its end.
    void request(const QString& blockId, const QString& code, const QString& language, bool growing = false);
    /// The block is gone or out of sight: no answer any more.
    void cancel(const QString& blockId);

    /// Whether the language, or an alias ("py", "c++", "shell"...), is one that will be coloured.
    static bool knows(const QString& language);
    /// Runs of highlight.js so far; what came from memory does not count.
    int runs() const;

Q_SIGNALS:
    /// `html` is StyledText for `code`; `colored` is false when nothing was found or a limit was hit.
    void ready(const QString& blockId, const QString& code, const QString& html, bool colored);

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

} // namespace patchbay
