#include "app/desktop/markdown/highlight_engine.h"

#include <QFile>
#include <QHash>
#include <QJSEngine>
#include <QJSValue>
#include <QLoggingCategory>
#include <QMutex>

#include "app/desktop/markdown/code_languages.h"

namespace patchbay {

namespace {

QString scriptPath() {
    return QStringLiteral(":/patchbay/markdown/highlight.js");
}

/// The token of a class of highlight.js. None: a class for a stretch whose parts have their own.
int tokenOf(const QString& name) {
    static const QHash<QString, CodeToken> table = [] {
        QHash<QString, CodeToken> result;
        const auto add = [&](CodeToken token, const char* names) {
            for (const QString& name : QString::fromLatin1(names).split(u' '))
                result.insert(name, token);
        };
        add(CodeToken::Text, "params subst operator punctuation");
        add(CodeToken::Comment, "comment quote");
        add(CodeToken::Keyword, "keyword selector-tag meta-keyword doctag");
        add(CodeToken::String, "string regexp meta-string char code formula");
        add(CodeToken::Number, "number");
        add(CodeToken::Literal, "literal symbol bullet");
        add(CodeToken::Type, "type built_in builtin-name");
        add(CodeToken::Function, "title");
        add(CodeToken::Variable, "variable template-variable");
        add(CodeToken::Attribute, "attr attribute selector-attr selector-class selector-id selector-pseudo");
        add(CodeToken::Tag, "name tag template-tag");
        add(CodeToken::Meta, "meta");
        add(CodeToken::Addition, "addition");
        add(CodeToken::Deletion, "deletion");
        add(CodeToken::Heading, "section");
        add(CodeToken::Link, "link");
        return result;
    }();
    const auto found = table.constFind(name);
    return found == table.constEnd() ? -1 : int(*found);
}

/// While it lives the compiler's remarks about the style of foreign scripts are not logged.
class QuietCompiler {
public:
    QuietCompiler() { s_previous = QLoggingCategory::installFilter(filter); }
    ~QuietCompiler() { QLoggingCategory::installFilter(s_previous); }
    Q_DISABLE_COPY_MOVE(QuietCompiler)

private:
    static void filter(QLoggingCategory* category) {
        if (s_previous)
            s_previous(category);
        if (qstrcmp(category->categoryName(), "qt.qml.compiler") == 0)
            category->setEnabled(QtWarningMsg, false);
    }
    static QLoggingCategory::CategoryFilter s_previous;
};

QLoggingCategory::CategoryFilter QuietCompiler::s_previous = nullptr;

} // namespace

HighlightEngine::HighlightEngine() : m_engine(std::make_unique<QJSEngine>()) {}

HighlightEngine::~HighlightEngine() = default;

bool HighlightEngine::isAvailable() {
    return QFile::exists(scriptPath());
}

bool HighlightEngine::prepare() {
    m_engine->setInterrupted(false);
    if (m_loaded || m_failed)
        return m_loaded;
    QFile file(scriptPath());
    m_failed = !file.open(QIODevice::ReadOnly);
    if (m_failed)
        return false;
    static QMutex once; // two highlighters may load at the same time
    const QMutexLocker lock(&once);
    const QuietCompiler quiet;
    // What it expects of a browser; it must not find a console to write to.
    m_engine->evaluate(QStringLiteral("var self = this; var console = {log: function() {}, warn: function() {}, "
                                      "error: function() {}};"));
    const QJSValue result = m_engine->evaluate(QString::fromUtf8(file.readAll()), QStringLiteral("highlight.js"));
    QFile pieces(QStringLiteral(":/patchbay/markdown/highlight_pieces.js"));
    if (!pieces.open(QIODevice::ReadOnly))
        return false;
    const QJSValue function = m_engine->evaluate(QString::fromUtf8(pieces.readAll()), QStringLiteral("pieces.js"))
                                  .call({m_engine->globalObject().property(QStringLiteral("hljs"))});
    m_failed = result.isError() || !function.isCallable();
    m_loaded = !m_failed;
    if (m_loaded)
        m_engine->globalObject().setProperty(QStringLiteral("patchbayHighlight"), function);
    return m_loaded;
}

QList<CodeRun> HighlightEngine::run(const QString& code, const QString& language) {
    if (!m_loaded)
        return {};
    const QJSValue function = m_engine->globalObject().property(QStringLiteral("patchbayHighlight"));
    const QJSValue result = function.call({QJSValue(highlightLanguage(language)), QJSValue(code)});
    if (result.isError() || !result.isString())
        return {};
    return runsOf(result.toString(), code);
}

void HighlightEngine::interrupt() {
    m_engine->setInterrupted(true);
}

QList<CodeRun> HighlightEngine::runsOf(const QString& html, const QString& code) {
    QList<CodeRun> runs;
    QList<CodeToken> open{CodeToken::Text};
    qsizetype position = 0;
    const auto add = [&](QStringView text) {
        if (code.size() - position < text.size() || QStringView(code).mid(position, text.size()) != text)
            return false;
        position += text.size();
        if (!runs.isEmpty() && runs.last().token == open.last())
            runs.last().length += int(text.size());
        else
            runs.append({int(text.size()), open.last()});
        return true;
    };
    for (qsizetype i = 0; i < html.size();) {
        bool same = true;
        if (html[i] == u'<') {
            const qsizetype end = html.indexOf(u'>', i);
            if (end < 0)
                return {};
            const QString tag = html.mid(i + 1, end - i - 1);
            if (tag.startsWith(u'/')) {
                if (open.size() > 1)
                    open.removeLast();
            } else {
                // <span class="hljs-title">; names of other grammars come without the prefix
                QString name = tag.section(u'"', 1, 1);
                if (name.startsWith(QLatin1String("hljs-")))
                    name = name.mid(5);
                const int token = tokenOf(name);
                open.append(token < 0 ? open.last() : CodeToken(token));
            }
            i = end + 1;
        } else if (html[i] == u'&') {
            const qsizetype end = html.indexOf(u';', i);
            if (end < 0)
                return {};
            const QString entity = html.mid(i + 1, end - i - 1);
            const QChar character = entity == QLatin1String("lt")     ? u'<'
                                    : entity == QLatin1String("gt")   ? u'>'
                                    : entity == QLatin1String("quot") ? u'"'
                                    : entity == QLatin1String("amp")  ? u'&'
                                                                      : u'\'';
            same = add(QStringView(&character, 1));
            i = end + 1;
        } else {
            qsizetype end = i;
            while (end < html.size() && html[end] != u'<' && html[end] != u'&')
                ++end;
            same = add(QStringView(html).mid(i, end - i));
            i = end;
        }
        if (!same)
            return {};
    }
    return position == code.size() ? runs : QList<CodeRun>();
}

} // namespace patchbay
