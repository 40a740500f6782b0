#include "app/desktop/markdown/latex.h"

#include <QSet>
#include <QStringList>

#include "app/desktop/markdown/latex_symbols.h"

namespace patchbay {

namespace {

constexpr int kMaxDepth = 40;

bool isOneOf(const QString& word, const char* words) {
    return QString::fromLatin1(words).split(u' ').contains(word);
}

/// Whether it can stand in a fraction or under a root without brackets.
bool isSimple(const QString& text) {
    if (text.startsWith(u'(') && text.indexOf(u')') == text.size() - 1)
        return true;
    for (const QChar c : text)
        if (c.isSpace() || QStringView(u"+-−/±=,·×*").contains(c))
            return false;
    return true;
}

QString bracketed(const QString& text) {
    return isSimple(text) ? text : u'(' + text + u')';
}

class LatexReader {
public:
    LatexReader(QStringView text, bool display) : m_text(text), m_display(display) {}

    QString run() {
        QString result;
        while (m_at < m_text.size()) {
            result += sequence({}, 0);
            if (m_at < m_text.size())
                result += m_text[m_at++]; // a stray } or \end
        }
        return tidy(result);
    }

private:
    static QString tidy(const QString& text) {
        QStringList lines;
        for (const QString& line : text.split(u'\n')) {
            const QString simple = line.simplified();
            if (!simple.isEmpty())
                lines.append(simple);
        }
        return lines.join(u'\n');
    }

    /// Up to an unmatched }, an \end or the character `stop`, none of which it takes.
    QString sequence(QChar stop, int depth) {
        QString result;
        while (m_at < m_text.size()) {
            const QChar c = m_text[m_at];
            if (c == u'}' || (!stop.isNull() && c == stop) || m_text.mid(m_at).startsWith(QLatin1String("\\end{")))
                break;
            result += atom(depth);
        }
        return result;
    }

    void skipSpaces() {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }

    QString atom(int depth) {
        const QChar c = m_text[m_at];
        if (depth > kMaxDepth) {
            ++m_at;
            return c;
        }
        switch (c.unicode()) {
        case u'{':
            return group(depth);
        case u'\\':
            return command(depth);
        case u'^':
        case u'_':
            return script(c == u'^', depth);
        case u'&':
            ++m_at;
            return m_rows > 0 ? QString(kCell) : QStringLiteral(" ");
        case u'~':
        case u'\n':
            ++m_at;
            return QStringLiteral(" ");
        case u'\'':
            ++m_at;
            return QStringLiteral("′");
        case u'%': { // a comment
            while (m_at < m_text.size() && m_text[m_at] != u'\n')
                ++m_at;
            return {};
        }
        default:
            ++m_at;
            return c;
        }
    }

    QString group(int depth) {
        ++m_at;
        const int rows = std::exchange(m_rows, 0);
        const QString result = sequence({}, depth + 1);
        m_rows = rows;
        if (m_at < m_text.size() && m_text[m_at] == u'}')
            ++m_at;
        return result;
    }

    /// A group or one atom.
    QString argument(int depth) {
        skipSpaces();
        if (m_at >= m_text.size() || m_text[m_at] == u'}')
            return {};
        return tidy(atom(depth + 1));
    }

    /// Between braces, as it is written.
    QString rawArgument() {
        skipSpaces();
        if (m_at >= m_text.size() || m_text[m_at] != u'{')
            return {};
        int open = 0;
        const qsizetype begin = m_at + 1;
        for (; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == u'\\')
                ++m_at;
            else if (m_text[m_at] == u'{')
                ++open;
            else if (m_text[m_at] == u'}' && --open == 0)
                return m_text.mid(begin, m_at++ - begin).toString();
        }
        m_at = m_text.size();
        return m_text.mid(begin).toString();
    }

    QString optionalArgument(int depth) {
        if (m_at >= m_text.size() || m_text[m_at] != u'[')
            return {};
        ++m_at;
        const QString result = tidy(sequence(u']', depth + 1));
        if (m_at < m_text.size() && m_text[m_at] == u']')
            ++m_at;
        return result;
    }

    QString script(bool up, int depth) {
        ++m_at;
        const QString text = argument(depth);
        if (text.isEmpty())
            return {};
        if (up && text == QStringLiteral("∘"))
            return QStringLiteral("°");
        const QString small = up ? latex::superscript(text) : latex::subscript(text);
        if (!small.isEmpty())
            return small;
        const QChar sign = up ? u'^' : u'_';
        return text.size() == 1 ? QString(sign) + text : QString(sign) + u'(' + text + u')';
    }

    QString command(int depth) {
        const qsizetype begin = m_at++;
        if (m_at >= m_text.size())
            return QStringLiteral("\\");
        if (!m_text[m_at].isLetter() || m_text[m_at].unicode() > 127)
            return symbolCommand();
        while (m_at < m_text.size() && m_text[m_at].isLetter() && m_text[m_at].unicode() < 128)
            ++m_at;
        const QString name = m_text.mid(begin + 1, m_at - begin - 1).toString();
        if (m_at < m_text.size() && m_text[m_at] == u'*')
            ++m_at;

        const auto symbol = latex::symbols().constFind(name);
        if (symbol != latex::symbols().constEnd())
            return *symbol;
        if (latex::isFunctionName(name)) {
            const bool letter = m_at < m_text.size() && (m_text[m_at].isLetterOrNumber() || m_text[m_at] == u'\\');
            return name + (letter ? QStringLiteral(" ") : QString());
        }
        if (isOneOf(name, "frac dfrac tfrac cfrac")) {
            const QString above = argument(depth);
            return bracketed(above) + u'/' + bracketed(argument(depth));
        }
        if (isOneOf(name, "binom dbinom tbinom")) {
            const QString above = argument(depth);
            return QStringLiteral("C(%1, %2)").arg(above, argument(depth));
        }
        if (name == QLatin1String("sqrt"))
            return root(depth);
        if (isOneOf(name, "text textrm textbf textit texttt textsf mbox hbox textnormal"))
            return rawArgument();
        if (isOneOf(name, "mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak boldsymbol bm operatorname boxed "
                          "substack underbrace overbrace phantom mathop mathbin mathrel smash ensuremath pmb"))
            return argument(depth);
        if (name == QLatin1String("mathbb") || name == QLatin1String("mathds"))
            return latex::blackboard(argument(depth));
        if (isOneOf(name, "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle"))
            return delimiter();
        if (isOneOf(name, "limits nolimits displaystyle textstyle scriptstyle nonumber notag centering hline"))
            return {};
        if (isOneOf(name, "label color hspace vspace hphantom vphantom")) {
            rawArgument();
            return {};
        }
        if (name == QLatin1String("textcolor")) {
            rawArgument();
            return argument(depth);
        }
        if (name == QLatin1String("tag"))
            return QStringLiteral("  (") + rawArgument() + u')';
        if (name == QLatin1String("pmod"))
            return QStringLiteral(" (mod ") + argument(depth) + u')';
        if (isOneOf(name, "overset stackrel underset")) {
            const QString aside = argument(depth);
            const QString base = argument(depth);
            return base + (name == QLatin1String("underset") ? QStringLiteral("_(") : QStringLiteral("^(")) + aside + u')';
        }
        if (name == QLatin1String("xrightarrow") || name == QLatin1String("xleftarrow")) {
            const QString label = argument(depth);
            return (name == QLatin1String("xrightarrow") ? QStringLiteral(" →(") : QStringLiteral(" ←(")) + label +
                   QStringLiteral(") ");
        }
        if (name == QLatin1String("not"))
            return negated(depth);
        if (const QChar mark = latex::accent(name); !mark.isNull())
            return accented(argument(depth), mark);
        if (name == QLatin1String("begin"))
            return environment(depth);
        return m_text.mid(begin, m_at - begin).toString();
    }

    /// \{ \, \\ and the like; m_at is at the sign.
    QString symbolCommand() {
        const QChar sign = m_text[m_at++];
        switch (sign.unicode()) {
        case u'\\':
            if (m_at < m_text.size() && m_text[m_at] == u'[') // \\[2pt]
                optionalArgument(0);
            return m_rows > 0 ? QString(kRow) : QStringLiteral("\n");
        case u',':
        case u';':
        case u':':
        case u' ':
        case u'\n':
        case u'>':
            return QStringLiteral(" ");
        case u'!':
            return {};
        case u'|':
            return QStringLiteral("‖");
        case u'(':
        case u')':
        case u'[':
        case u']':
            return {};
        default:
            return sign;
        }
    }

    QString root(int depth) {
        const QString degree = optionalArgument(depth);
        const QString inner = bracketed(argument(depth));
        if (degree.isEmpty() || degree == QLatin1String("2"))
            return QStringLiteral("√") + inner;
        if (degree == QLatin1String("3"))
            return QStringLiteral("∛") + inner;
        const QString small = latex::superscript(degree);
        return (small.isEmpty() ? u'(' + degree + u')' : small) + QStringLiteral("√") + inner;
    }

    QString delimiter() {
        skipSpaces();
        if (m_at < m_text.size() && m_text[m_at] == u'.') {
            ++m_at;
            return {};
        }
        return {}; // the bracket itself follows as an atom
    }

    QString negated(int depth) {
        const QString what = argument(depth);
        if (what == QStringLiteral("="))
            return QStringLiteral(" ≠ ");
        if (what == QStringLiteral("∈"))
            return QStringLiteral(" ∉ ");
        return what.isEmpty() ? what : u' ' + what + QChar(0x338) + u' ';
    }

    static QString accented(const QString& text, QChar mark) {
        QString result;
        for (qsizetype i = 0; i < text.size(); ++i) {
            result += text[i];
            if (!text[i].isHighSurrogate() && !text[i].isSpace() && !text[i].isMark())
                result += mark;
        }
        return result;
    }

    QString environment(int depth) {
        QString name = rawArgument();
        if (name.endsWith(u'*'))
            name.chop(1);
        if (name == QLatin1String("array"))
            rawArgument(); // its columns
        const int rows = std::exchange(m_rows, 1);
        const QString inner = sequence({}, depth + 1);
        m_rows = rows;
        if (m_at < m_text.size() && m_text[m_at] == u'\\') {
            m_at += 4; // \end
            rawArgument();
        }
        const bool matrix = name.endsWith(QLatin1String("matrix")) || name == QLatin1String("array");
        QStringList lines;
        for (const QString& row : inner.split(kRow)) {
            QStringList cells;
            for (const QString& cell : row.split(kCell))
                cells.append(tidy(cell));
            const QString line = matrix ? cells.join(QLatin1String(", ")) : tidy(cells.join(u' '));
            if (!line.isEmpty())
                lines.append(line);
        }
        if (matrix)
            return matrixBrackets(name, lines.join(QLatin1String("; ")));
        if (name == QLatin1String("cases"))
            return QStringLiteral("{ ") + lines.join(m_display ? QStringLiteral("\n{ ") : QStringLiteral("; "));
        return lines.join(m_display ? QStringLiteral("\n") : QStringLiteral("; "));
    }

    static QString matrixBrackets(const QString& name, const QString& inner) {
        switch (name.isEmpty() ? 0 : name[0].unicode()) {
        case u'p':
            return u'(' + inner + u')';
        case u'v':
            return u'|' + inner + u'|';
        case u'V':
            return QStringLiteral("‖") + inner + QStringLiteral("‖");
        case u'B':
            return u'{' + inner + u'}';
        default:
            return u'[' + inner + u']';
        }
    }

    static constexpr QChar kCell = QChar(0x1F);
    static constexpr QChar kRow = QChar(0x1E);

    QStringView m_text;
    qsizetype m_at = 0;
    bool m_display;
    int m_rows = 0; // > 0 directly inside an environment, where & and \\ mean cells and rows
};

} // namespace

QString latexToText(QStringView latex, bool display) {
    return LatexReader(latex, display).run();
}

} // namespace patchbay
