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

/// The address of the link in each paragraph; empty for those without.
struct Probe {
    QStringList addresses;
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
    for (const QString& label : labels)
        text += "\n\n[" + label.toUtf8() + "]";
    parsedBytes += text.size();
    Probe probe;
    MD_PARSER parser{};
    parser.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTMLBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void*, void* data) {
        if (type == MD_BLOCK_P)
            static_cast<Probe*>(data)->addresses.append(QString());
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* data) {
        auto& addresses = static_cast<Probe*>(data)->addresses;
        if (type == MD_SPAN_A && !addresses.isEmpty()) {
            const MD_ATTRIBUTE& href = static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
            addresses.last() = QString::fromUtf8(href.text, href.size);
        }
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.text = [](MD_TEXTTYPE, const MD_CHAR*, MD_SIZE, void*) { return 0; };
    md_parse(text.constData(), MD_SIZE(text.size()), &parser, &probe);

    QStringList defined;
    const qsizetype first = probe.addresses.size() - labels.size();
    for (qsizetype i = 0; i < labels.size(); ++i) {
        if (first + i < 0 || probe.addresses[first + i].isEmpty())
            continue;
        const QString label = normalized(labels[i]);
        m_definitions.insert(label, lineFor(labels[i], probe.addresses[first + i]));
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
