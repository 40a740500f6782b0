#include "app/desktop/markdown/prepared_text.h"

#include <QHash>

namespace patchbay {

namespace {

bool isCjk(QChar character) {
    const char16_t c = character.unicode();
    // Surrogates: the CJK extensions and emoji, which behave alike here.
    return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xDFFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF00 && c <= 0xFFEF);
}

bool isPunctuation(QChar character) {
    return character.isPunct() || character.isSymbol();
}

class Preparer {
public:
    explicit Preparer(QStringView text) : m_text(text) {
        m_out.reserve(text.size() + 16);
        // A text that uses our private characters itself gets no placeholders.
        m_mathAllowed = !text.contains(QChar(kMathBegin));
    }

    PreparedText run() {
        qsizetype line = 0;
        while (line < m_text.size()) {
            qsizetype end = m_text.indexOf(u'\n', line);
            end = end < 0 ? m_text.size() : end + 1;
            if (copyWholeLine(line, end))
                line = end;
            else
                line = scanInline(line, end);
        }
        return {m_out.toUtf8(), m_math};
    }

private:
    /// Fenced code and delimiter rows are not inline text.
    bool copyWholeLine(qsizetype begin, qsizetype end) {
        qsizetype at = begin;
        bool anyMarker = false;
        while (at < end && (m_text[at] == u' ' || m_text[at] == u'\t' || m_text[at] == u'>'))
            ++at;
        // List marks before a fence: "- ```c"
        while (m_fenceLength == 0 && at + 1 < end && !anyMarker) {
            qsizetype mark = at;
            while (mark < end && m_text[mark].isDigit())
                ++mark;
            if (mark < end && (mark > at ? (m_text[mark] == u'.' || m_text[mark] == u')')
                                         : (m_text[mark] == u'-' || m_text[mark] == u'*' || m_text[mark] == u'+')) &&
                mark + 1 < end && m_text[mark + 1] == u' ') {
                at = mark + 1;
                while (at < end && m_text[at] == u' ')
                    ++at;
            } else {
                anyMarker = true;
            }
        }
        qsizetype run = 0;
        const QChar mark = at < end ? m_text[at] : QChar();
        if (mark == u'`' || mark == u'~')
            while (at + run < end && m_text[at + run] == mark)
                ++run;
        if (m_fenceLength > 0) {
            if (run >= m_fenceLength && mark == m_fenceMark && m_text.mid(at + run, end - at - run).trimmed().isEmpty())
                m_fenceLength = 0;
            m_out += m_text.mid(begin, end - begin);
            return true;
        }
        if (run >= 3 && !(mark == u'`' && m_text.mid(at + run, end - at - run).contains(u'`'))) {
            m_fenceLength = run;
            m_fenceMark = mark;
            m_out += m_text.mid(begin, end - begin);
            return true;
        }
        if (isShortDelimiterRow(m_text.mid(at, end - at))) {
            m_out += m_text.mid(begin, at - begin);
            appendDelimiterRow(m_text.mid(at, end - at));
            return true;
        }
        if (m_text.mid(begin, end - begin).trimmed().isEmpty())
            m_runs.clear(); // emphasis does not go over a blank line
        return false;
    }

    static bool isShortDelimiterRow(QStringView line) {
        bool pipe = false;
        bool dash = false;
        for (const QChar c : line) {
            pipe = pipe || c == u'|';
            dash = dash || c == u'-';
            if (c != u'|' && c != u'-' && c != u':' && c != u' ' && c != u'\t' && c != u'\n')
                return false;
        }
        return pipe && dash;
    }

    void appendDelimiterRow(QStringView line) {
        qsizetype dashes = 0;
        for (const QChar c : line) {
            if (dashes > 0 && c != u'-')
                for (; dashes < 3; ++dashes)
                    m_out += u'-';
            dashes = c == u'-' ? dashes + 1 : 0;
            m_out += c;
        }
        if (dashes > 0)
            for (; dashes < 3; ++dashes)
                m_out += u'-';
    }

    /// Copies from `at` to the end of the line; goes beyond it when a span does. Returns where it stopped.
    qsizetype scanInline(qsizetype at, qsizetype end) {
        while (at < end) {
            const QChar c = m_text[at];
            qsizetype next = at;
            if (c == u'`')
                next = codeSpan(at);
            else if (c == u'\\')
                next = escape(at);
            else if (c == u'$')
                next = dollars(at);
            else if (c == u'*')
                next = stars(at);
            else if ((c == u'h' || c == u'w') && beginsAddress(at))
                next = address(at);
            else if (c.unicode() == kFlankSpace) {
                m_out += u' ';
                next = at + 1;
            } else {
                do // to the next sign that may mean something
                    ++next;
                while (next < end && !isSpecial(m_text[next]));
                m_out += m_text.mid(at, next - at);
            }
            at = next;
            if (at > end) { // a span that went over lines: go on to the end of its last line
                end = m_text.indexOf(u'\n', at - 1);
                end = end < 0 ? m_text.size() : end + 1;
                if (at > 0 && m_text[at - 1] == u'\n')
                    return at;
            }
        }
        return at;
    }

    static bool isSpecial(QChar c) {
        switch (c.unicode()) {
        case u'`':
        case u'\\':
        case u'$':
        case u'*':
        case u'h':
        case u'w':
        case kFlankSpace:
            return true;
        default:
            return false;
        }
    }

    /// Where the paragraph that holds `at` ends.
    qsizetype paragraphEnd(qsizetype at) {
        if (at < m_paragraphEnd)
            return m_paragraphEnd;
        qsizetype line = m_text.indexOf(u'\n', at);
        while (line >= 0) {
            qsizetype next = line + 1;
            while (next < m_text.size() && (m_text[next] == u' ' || m_text[next] == u'\t' || m_text[next] == u'>'))
                ++next;
            const QStringView rest = m_text.mid(next, 3);
            if (rest.isEmpty() || rest[0] == u'\n' || rest == QLatin1String("```") || rest == QLatin1String("~~~"))
                break;
            line = m_text.indexOf(u'\n', next);
        }
        m_paragraphEnd = line < 0 ? m_text.size() : line;
        return m_paragraphEnd;
    }

    qsizetype codeSpan(qsizetype at) {
        qsizetype run = 0;
        while (at + run < m_text.size() && m_text[at + run] == u'`')
            ++run;
        const qsizetype limit = paragraphEnd(at);
        // A run length that was not found once in this paragraph is not looked for again: else it is quadratic.
        if (!(m_missingRunsEnd == limit && m_missingRuns.contains(run))) {
            for (qsizetype i = at + run; i < limit;) {
                if (m_text[i] != u'`') {
                    ++i;
                    continue;
                }
                qsizetype other = 0;
                while (i + other < limit && m_text[i + other] == u'`')
                    ++other;
                if (other == run) {
                    m_out += m_text.mid(at, i + other - at);
                    return i + other;
                }
                i += other;
            }
            if (m_missingRunsEnd != limit) {
                m_missingRunsEnd = limit;
                m_missingRuns.clear();
            }
            m_missingRuns.append(run);
        }
        m_out += m_text.mid(at, run);
        return at + run;
    }

    qsizetype escape(qsizetype at) {
        if (at + 1 < m_text.size()) {
            const QChar next = m_text[at + 1];
            if (next == u'(' || next == u'[') {
                const bool display = next == u'[';
                const QString close = display ? QStringLiteral("\\]") : QStringLiteral("\\)");
                const qsizetype found = find(close, at + 2);
                if (found > at + 2)
                    return math(at, at + 2, found, found + 2, display);
            }
            if (next != u'\n') {
                m_out += m_text.mid(at, 2);
                return at + 2;
            }
        }
        m_out += m_text[at];
        return at + 1;
    }

    qsizetype dollars(qsizetype at) {
        if (at + 1 < m_text.size() && m_text[at + 1] == u'$') {
            const qsizetype found = find(QStringLiteral("$$"), at + 2);
            if (found > at + 2)
                return math(at, at + 2, found, found + 2, true);
            m_out += QLatin1String("$$");
            return at + 2;
        }
        // Money is not mathematics ("$5 and $10"): no space inside the signs, no digit behind the closing one.
        if (at + 1 < m_text.size() && !m_text[at + 1].isSpace()) {
            const qsizetype limit = paragraphEnd(at);
            for (qsizetype i = at + 1; i < limit && m_text[i] != u'\n'; ++i) {
                if (m_text[i] == u'\\') {
                    ++i;
                    continue;
                }
                if (m_text[i] == u'`')
                    break;
                if (m_text[i] != u'$')
                    continue;
                const bool closes = i > at + 1 && !m_text[i - 1].isSpace() &&
                                    !(i + 1 < m_text.size() && (m_text[i + 1].isDigit() || m_text[i + 1] == u'$'));
                if (closes)
                    return math(at, at + 1, i, i + 1, false);
                break;
            }
        }
        m_out += u'$';
        return at + 1;
    }

    qsizetype find(const QString& what, qsizetype from) {
        const qsizetype limit = paragraphEnd(from);
        qsizetype& none = m_notFound[what];
        if (none == limit + 1)
            return -1;
        const qsizetype found = m_text.left(limit).indexOf(what, from);
        if (found < 0)
            none = limit + 1;
        return found;
    }

    qsizetype math(qsizetype begin, qsizetype inner, qsizetype innerEnd, qsizetype end, bool display) {
        if (!m_mathAllowed) {
            m_out += m_text.mid(begin, end - begin);
            return end;
        }
        m_out += QChar(kMathBegin);
        for (const QChar digit : QString::number(m_math.size(), 16))
            m_out += QChar(kMathDigit + digit.digitValue() + (digit.isDigit() ? 0 : digit.unicode() - u'a' + 11));
        m_out += QChar(kMathEnd);
        m_math.append({m_text.mid(inner, innerEnd - inner).trimmed().toString(),
                       m_text.mid(begin, end - begin).toString(), display});
        return end;
    }

    bool beginsAddress(qsizetype at) const {
        const QStringView text = m_text.mid(at);
        return text.startsWith(QLatin1String("https://")) || text.startsWith(QLatin1String("http://")) ||
               text.startsWith(QLatin1String("www."));
    }

    /// Chinese is written without spaces: an address ends at its punctuation and may begin right behind a letter. md4c
    /// wants a space there, or angle brackets.
    qsizetype address(qsizetype at) {
        qsizetype end = at;
        const auto endsAddress = [](QChar c) {
            const char16_t u = c.unicode();
            return (u >= 0x3000 && u <= 0x303F) || (u >= 0xFF00 && u <= 0xFF65) || u == u'”' || u == u'’';
        };
        while (end < m_text.size() && !m_text[end].isSpace() && !endsAddress(m_text[end]) &&
               !QStringView(u"<>()[]|`*\\").contains(m_text[end]))
            ++end;
        const bool amongCjk = (at > 0 && isCjk(m_text[at - 1])) || (end < m_text.size() && endsAddress(m_text[end]));
        const bool brackets = amongCjk && m_text[at] == u'h' && !(at > 0 && m_text[at - 1] == u'<');
        if (brackets)
            m_out += u'<';
        m_out += m_text.mid(at, end - at);
        if (brackets)
            m_out += u'>';
        return end;
    }

    qsizetype stars(qsizetype at) {
        qsizetype run = 0;
        while (at + run < m_text.size() && m_text[at + run] == u'*')
            ++run;
        const QChar before = at > 0 ? m_text[at - 1] : QChar(u' ');
        const QChar after = at + run < m_text.size() ? m_text[at + run] : QChar(u' ');
        int& seen = m_runs[run];
        if (run > 3 || (before.isSpace() && after.isSpace())) {
            m_out += m_text.mid(at, run);
            return at + run;
        }
        const bool opens = seen % 2 == 0;
        ++seen;
        if (opens && isPunctuation(after) && !isPunctuation(before) && isCjk(before))
            m_out += QChar(kFlankSpace);
        m_out += m_text.mid(at, run);
        if (!opens && isPunctuation(before) && !isPunctuation(after) && isCjk(after))
            m_out += QChar(kFlankSpace);
        return at + run;
    }

    QStringView m_text;
    QString m_out;
    QList<MathSpan> m_math;
    bool m_mathAllowed = true;
    qsizetype m_fenceLength = 0;
    QChar m_fenceMark;
    qsizetype m_paragraphEnd = 0;
    qsizetype m_missingRunsEnd = -1;
    QList<qsizetype> m_missingRuns;
    QHash<QString, qsizetype> m_notFound;
    QHash<qsizetype, int> m_runs; // * runs of each length in this paragraph
};

} // namespace

int readPlaceholder(QStringView text, qsizetype& at) {
    qsizetype i = at + 1;
    int number = 0;
    while (i < text.size() && text[i].unicode() >= kMathDigit && text[i].unicode() < kMathDigit + 16)
        number = number * 16 + (text[i++].unicode() - kMathDigit);
    if (i == at + 1 || i >= text.size() || text[i].unicode() != kMathEnd)
        return -1;
    at = i + 1;
    return number;
}

QString PreparedText::restore(QStringView text) const {
    if (!text.contains(QChar(kMathBegin)) && !text.contains(QChar(kFlankSpace)))
        return text.toString();
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        if (text[i].unicode() == kMathBegin) {
            const int number = readPlaceholder(text, i);
            if (number >= 0 && number < math.size()) {
                result += math[number].source;
                continue;
            }
        }
        if (text[i].unicode() != kFlankSpace)
            result += text[i];
        ++i;
    }
    return result;
}

PreparedText prepareText(QStringView markdown) {
    return Preparer(markdown).run();
}

} // namespace patchbay
