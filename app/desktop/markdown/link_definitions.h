// Link reference definitions ([label]: address) of a text that is parsed in pieces: found in one piece, given to the
// others that use the label. What counts as a definition is md4c's decision: a piece is parsed with the candidates'
// labels behind it, and those that became links are defined.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QStringView>

namespace patchbay {

class LinkDefinitions {
public:
    bool isEmpty() const { return m_definitions.isEmpty(); }
    /// Labels newly defined in a finished piece. `parsedBytes` grows by what it cost.
    QStringList collect(QStringView piece, qint64& parsedBytes);
    /// To be put in front of a piece: the definitions of labels that stand in it.
    QString contextFor(QStringView piece) const;
    /// Everything in square brackets that could be a label, normalized.
    static QStringList labelsIn(QStringView piece);

private:
    QHash<QString, QString> m_definitions; // normalized label -> a line of Markdown
};

} // namespace patchbay
