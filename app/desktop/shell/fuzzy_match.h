// How well a few typed letters fit a title, as in the command palettes of editors: a prefix beats the start of a word,
// that beats the middle of one, and letters that only appear in order come last. Case and accents do not count. Chinese
// has no spaces, so there every place of a title counts as the start of a word.
#pragma once

#include <optional>

#include <QList>
#include <QString>

namespace patchbay {

struct FuzzyMatch {
    int score = 0;         ///< higher is better; comparable between titles for the same needle
    QList<int> positions;  ///< which characters of the title fit, ascending; for drawing them bold
};

/// A title (or another text that may be searched) prepared once: letter case and accents taken off.
class FuzzyText {
public:
    FuzzyText() = default;
    explicit FuzzyText(const QString& text);
    /// Every word of `needle` must fit; nullopt when one does not. An empty needle fits everything with score 0.
    std::optional<FuzzyMatch> match(const FuzzyText& needle) const;

private:
    std::optional<FuzzyMatch> matchWord(QStringView word) const;
    std::optional<FuzzyMatch> matchSubstring(QStringView word) const;
    std::optional<FuzzyMatch> matchLetters(QStringView word) const;
    qsizetype nextFor(QChar letter, qsizetype from, bool first) const;
    bool startsWord(qsizetype place) const;

    QString m_folded;      ///< one code unit per code unit of the text
    QString m_text;
};

/// `text` as StyledText with the characters at `positions` in bold.
QString withBold(const QString& text, const QList<int>& positions);

} // namespace patchbay
