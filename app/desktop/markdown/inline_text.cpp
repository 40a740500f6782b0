#include "app/desktop/markdown/inline_text.h"

#include <QCoreApplication>

#include "app/desktop/markdown/entities.h"
#include "app/desktop/markdown/latex.h"
#include "app/desktop/markdown/links.h"

namespace patchbay {

namespace {

QString withoutSpaceAtEnds(QString text) {
    while (text.endsWith(QLatin1String("<br>")))
        text.chop(4);
    while (text.startsWith(QLatin1String("<br>")))
        text.remove(0, 4);
    return text;
}

} // namespace

QString escapedText(QStringView text) {
    QString result;
    result.reserve(text.size() + text.size() / 8);
    qsizetype copied = 0; // most text is copied in long stretches
    const auto replace = [&](qsizetype at, QStringView with) {
        result += text.mid(copied, at - copied);
        result += with;
        copied = at + 1;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        switch (text[i].unicode()) {
        case u'<':
            replace(i, u"&lt;");
            break;
        case u'>':
            replace(i, u"&gt;");
            break;
        case u'&':
            replace(i, u"&amp;");
            break;
        case u'"':
            replace(i, u"&quot;");
            break;
        case u'\n':
            replace(i, u"<br>");
            break;
        case 0:
            replace(i, u"\uFFFD");
            break;
        case 0xA0:
            replace(i, u"&nbsp;");
            break;
        case 0x3000: // StyledText makes one small space of it
            replace(i, u"&nbsp;&nbsp;");
            break;
        case u' ':
            if (i > 0 && text[i - 1] == u' ')
                replace(i, u"&nbsp;");
            break;
        default:
            break;
        }
    }
    result += text.mid(copied);
    return result;
}

QString attributeText(const MD_ATTRIBUTE& attribute, const PreparedText& prepared) {
    QString result;
    for (int i = 0; attribute.text && attribute.substr_offsets[i] < attribute.size; ++i) {
        const auto begin = attribute.substr_offsets[i];
        const QString piece = QString::fromUtf8(attribute.text + begin, attribute.substr_offsets[i + 1] - begin);
        if (attribute.substr_types[i] == MD_TEXT_ENTITY)
            result += entityText(piece);
        else if (attribute.substr_types[i] == MD_TEXT_NULLCHAR)
            result += QChar(QChar::ReplacementCharacter);
        else
            result += prepared.restore(piece);
    }
    return result;
}

void InlineText::enter(MD_SPANTYPE type, const void* detail) {
    Span span{type, {}, {}, m_plain.size()};
    if (type == MD_SPAN_A) {
        span.address = attributeText(static_cast<const MD_SPAN_A_DETAIL*>(detail)->href, m_prepared);
        ++m_links;
    } else if (type == MD_SPAN_IMG) {
        span.address = attributeText(static_cast<const MD_SPAN_IMG_DETAIL*>(detail)->src, m_prepared);
    }
    span.url = openableUrl(span.address);
    if (m_spans.isEmpty() && type != MD_SPAN_IMG)
        ++m_pieces;
    if (type == MD_SPAN_IMG)
        ++m_images;
    if (m_images == 0) {
        switch (type) {
        case MD_SPAN_EM:
            m_html += QLatin1String("<i>");
            break;
        case MD_SPAN_STRONG:
            m_html += QLatin1String("<b>");
            break;
        case MD_SPAN_DEL:
            m_html += QLatin1String("<s>");
            break;
        case MD_SPAN_U:
            m_html += QLatin1String("<u>");
            break;
        case MD_SPAN_CODE:
            m_html += QLatin1String("<code>");
            break;
        case MD_SPAN_A:
            if (!span.url.isEmpty())
                m_html += QStringLiteral("<a href=\"") + span.url.toHtmlEscaped() + QStringLiteral("\">");
            break;
        default:
            break;
        }
    }
    m_spans.append(span);
}

void InlineText::leave(MD_SPANTYPE type) {
    if (m_spans.isEmpty())
        return;
    const Span span = m_spans.takeLast();
    if (type == MD_SPAN_IMG) {
        if (--m_images > 0)
            return;
        QString alt = withoutDirectionTricks(m_plain.mid(span.plainBegin)).simplified();
        m_plain.truncate(span.plainBegin);
        if (alt.isEmpty())
            alt = QCoreApplication::translate("Markdown", "image");
        const QString label = QStringLiteral("[%1]").arg(alt);
        if (m_spans.isEmpty()) {
            ++m_pieces;
            m_imageAddress = span.address;
        }
        if (m_links > 0) { // a picture as a link: the link is what counts
            append(label);
        } else if (span.url.isEmpty()) {
            append(label + QStringLiteral(" (") + withoutDirectionTricks(span.address).left(200) + u')');
        } else {
            m_html += QStringLiteral("<a href=\"") + span.url.toHtmlEscaped() + QStringLiteral("\">");
            append(label);
            m_html += QLatin1String("</a>");
        }
        if (m_spans.isEmpty())
            --m_pieces; // append counted it again
        return;
    }
    if (m_images > 0)
        return;
    switch (type) {
    case MD_SPAN_EM:
        m_html += QLatin1String("</i>");
        break;
    case MD_SPAN_STRONG:
        m_html += QLatin1String("</b>");
        break;
    case MD_SPAN_DEL:
        m_html += QLatin1String("</s>");
        break;
    case MD_SPAN_U:
        m_html += QLatin1String("</u>");
        break;
    case MD_SPAN_CODE:
        m_html += QLatin1String("</code>");
        break;
    case MD_SPAN_A: {
        --m_links;
        if (!span.url.isEmpty())
            m_html += QLatin1String("</a>");
        const QString label = m_plain.mid(span.plainBegin);
        if (span.url.isEmpty()) {
            const QString address = withoutDirectionTricks(span.address);
            if (!address.isEmpty() && address != label)
                append(QStringLiteral(" (") + address + u')');
        } else if (const QString host = hiddenHost(label, span.url); !host.isEmpty()) {
            append(QStringLiteral(" (") + host + u')');
        }
        break;
    }
    default:
        break;
    }
}

void InlineText::append(const QString& text) {
    if (m_spans.isEmpty() && !text.trimmed().isEmpty())
        ++m_pieces;
    m_plain += text;
    if (m_images > 0)
        return;
    // An override of the direction has no use in a reply and could make a label read as another address.
    m_html += escapedText(withoutDirectionTricks(text));
}

void InlineText::lineBreak() {
    m_plain += u'\n';
    if (m_images == 0)
        m_html += QLatin1String("<br>");
}

void InlineText::add(MD_TEXTTYPE type, QStringView text) {
    switch (type) {
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR: // models end lines where they mean to
        lineBreak();
        return;
    case MD_TEXT_NULLCHAR:
        append(QString(QChar::ReplacementCharacter));
        return;
    case MD_TEXT_ENTITY:
        append(entityText(text));
        return;
    case MD_TEXT_HTML: {
        const QString tag = text.toString().toLower().remove(u' ');
        if (tag == QLatin1String("<br>") || tag == QLatin1String("<br/>"))
            lineBreak();
        else
            append(m_prepared.restore(text));
        return;
    }
    case MD_TEXT_CODE:
    case MD_TEXT_LATEXMATH:
        append(m_prepared.restore(text));
        return;
    case MD_TEXT_NORMAL:
        break;
    }
    if (!text.contains(QChar(kMathBegin)) && !text.contains(QChar(kFlankSpace))) {
        append(text.toString());
        return;
    }
    QString piece;
    for (qsizetype i = 0; i < text.size();) {
        if (text[i].unicode() == kMathBegin) {
            const int number = readPlaceholder(text, i);
            if (number >= 0 && number < m_prepared.math.size()) {
                append(piece);
                piece.clear();
                addMath(m_prepared.math[number]);
                continue;
            }
        }
        if (text[i].unicode() != kFlankSpace)
            piece += text[i];
        ++i;
    }
    if (!piece.isEmpty())
        append(piece);
}

void InlineText::addMath(const MathSpan& math) {
    append(latexToText(math.latex));
}

QString InlineText::html() const {
    return withoutSpaceAtEnds(m_html.trimmed());
}

QString InlineText::plain() const {
    return m_plain.trimmed();
}

void InlineText::clear() {
    m_html.clear();
    m_plain.clear();
    m_pieces = 0;
    m_imageAddress.clear();
}

} // namespace patchbay
