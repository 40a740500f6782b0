#include "app/desktop/markdown/link_definitions.h"

#include <QByteArray>
#include <QList>
#include <QRegularExpression>

#include <md4c.h>

namespace patchbay {

namespace {

constexpr int kMaxCandidates = 200;

QString normalized(QStringView label) {
    return label.toString().simplified().toCaseFolded();
}

// Opens the paragraph of each candidate; behind an unclosed code fence none of them is a paragraph.
constexpr char16_t kProbeMark = 0xF8F2;

struct Probe {
    int current = -1;
    QHash<int, QString> addresses; // candidate -> where its label links to
};

QString lineFor(const QString& label, QString address) {
    address.replace(u'\\', QLatin1String("\\\\"));
    address.replace(u'<', QLatin1String("\\<"));
    address.replace(u'>', QLatin1String("\\>"));
    address.replace(u'\n', u' ');
    return u'[' + label + QStringLiteral("]: <") + address + QStringLiteral(">\n");
}

} // namespace

QStringList LinkDefinitions::labelsIn(QStringView piece) {
    QStringList result;
    for (qsizetype open = piece.indexOf(u'['); open >= 0;) {
        qsizetype at = open + 1;
        while (at < piece.size() && piece[at] != u']' && piece[at] != u'[' && at - open <= 999)
            at += piece[at] == u'\\' ? 2 : 1;
        if (at < piece.size() && piece[at] == u']') {
            const QString label = normalized(piece.mid(open + 1, at - open - 1));
            if (!label.isEmpty() && !result.contains(label) && result.size() < kMaxCandidates)
                result.append(label);
        }
        open = piece.indexOf(u'[', qMin(at, piece.size()) == open ? open + 1 : qMin(at, piece.size()));
    }
    return result;
}

QStringList LinkDefinitions::collect(QStringView piece, qint64& parsedBytes) {
    if (piece.indexOf(QLatin1String("]:")) < 0)
        return {};
    static const QRegularExpression candidate(
        QStringLiteral("^[ \\t>*+\\-0-9.)]*\\[((?:[^\\[\\]\\\\]|\\\\.){1,999})\\]:"), QRegularExpression::MultilineOption);
    QStringList labels;
    auto matches = candidate.globalMatch(piece.toString());
    while (matches.hasNext() && labels.size() < kMaxCandidates) {
        const QString label = matches.next().captured(1).simplified();
        if (!label.isEmpty() && !m_definitions.contains(normalized(label)) && !labels.contains(label))
            labels.append(label);
    }
    if (labels.isEmpty())
        return {};

    QByteArray text = piece.toUtf8();
    for (qsizetype i = 0; i < labels.size(); ++i)
        text += QStringLiteral("\n\n%1%2 [%3]").arg(QChar(kProbeMark)).arg(i).arg(labels[i]).toUtf8();
    parsedBytes += text.size();
    Probe probe;
    MD_PARSER parser{};
    parser.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTMLBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE, void*, void* data) {
        static_cast<Probe*>(data)->current = -1;
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* data) {
        auto* found = static_cast<Probe*>(data);
        if (type == MD_SPAN_A && found->current >= 0) {
            const MD_ATTRIBUTE& href = static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
            found->addresses.insert(found->current, QString::fromUtf8(href.text, href.size));
        }
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* data) {
        const QString piece = QString::fromUtf8(text, size);
        if (type == MD_TEXT_NORMAL && piece.startsWith(QChar(kProbeMark)))
            static_cast<Probe*>(data)->current = piece.mid(1).trimmed().toInt();
        return 0;
    };
    md_parse(text.constData(), MD_SIZE(text.size()), &parser, &probe);

    QStringList defined;
    for (qsizetype i = 0; i < labels.size(); ++i) {
        const QString address = probe.addresses.value(int(i));
        if (address.isEmpty())
            continue;
        const QString label = normalized(labels[i]);
        m_definitions.insert(label, lineFor(labels[i], address));
        defined.append(label);
    }
    return defined;
}

QString LinkDefinitions::contextFor(QStringView piece) const {
    QString result;
    if (m_definitions.isEmpty())
        return result;
    for (const QString& label : labelsIn(piece))
        result += m_definitions.value(label);
    return result.isEmpty() ? result : result + u'\n';
}

} // namespace patchbay
