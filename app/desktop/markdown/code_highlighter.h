// Colours for code, found by highlight.js in a JavaScript engine on a thread of its own. Answers come as a signal in
// the thread that asked. Code of an unknown language, code over 200 KB, and any code in a build without highlight.js is
// answered uncoloured; so is code that takes longer than the time limit.
//
//     highlighter.request(blockId, code, language); // again while the code grows: only the newest one counts
//     connect(&highlighter, &CodeHighlighter::ready, ...);
#pragma once

#include <QObject>
#include <QString>

#include <memory>

namespace patchbay {

/// What a piece of code can be; each has a colour in a palette.
enum class CodeToken { Text, Comment, Keyword, String, Number, Literal, Type, Function, Variable, Attribute, Tag, Meta,
                       Addition, Deletion, Heading, Link, Count };

struct CodePalette {
    QString colors[size_t(CodeToken::Count)]; // "#rrggbb"; Text is not written into the html

    /// All of at least 4.5:1 on the sunken surfaces #F3F3F1 and #131416.
    static CodePalette light();
    static CodePalette dark();
    bool operator==(const CodePalette&) const = default;
};

/// The code without colours as StyledText html, its spaces and lines kept: what to show until ready() comes.
QString plainCodeHtml(const QString& code);

class CodeHighlighter : public QObject {
    Q_OBJECT
public:
    explicit CodeHighlighter(QObject* parent = nullptr);
    /// Interrupts what runs and waits for its thread.
    ~CodeHighlighter() override;

    /// Colours of the answers from now on; asked-for blocks must be asked for again (the found tokens are kept, so
    /// that is quick). Light at first.
    void setPalette(const CodePalette& palette);

    /// Asks for the colours of a block; answers with ready(blockId, ...) later, never from inside this call. A newer
    /// request of the same block replaces one that waits. `growing`: the code still streams; such requests of one
    /// block are spaced at least 150 ms apart, the last one is never lost.
    void request(const QString& blockId, const QString& code, const QString& language, bool growing = false);
    /// The block is gone or out of sight.
    void cancel(const QString& blockId);

    /// Whether highlight.js is there and knows the language or alias ("py", "c++", "shell"...).
    static bool knows(const QString& language);

Q_SIGNALS:
    /// `html` is StyledText for `code`; `colored` is false when nothing was found or the limit was hit.
    void ready(const QString& blockId, const QString& code, const QString& html, bool colored);

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

} // namespace patchbay
