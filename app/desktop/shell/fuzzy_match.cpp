#include "app/desktop/shell/fuzzy_match.h"

#include <algorithm>

namespace patchbay {
namespace {

// Bands far enough apart that no number of bonuses lifts a match out of its own.
constexpr int kPrefix = 4000;
constexpr int kWordStart = 3000;
constexpr int kInside = 2000;
constexpr int kLetters = 1000;
constexpr int kWholeBonus = 500;
constexpr int kMaxPenalty = 400;

bool isIdeograph(QChar character) {
    return character.script() == QChar::Script_Han;
}

// One code unit stays one code unit, so that places in the folded text are places in the title.
QChar folded(QChar character) {
    if (character.decompositionTag() == QChar::Canonical || character.decompositionTag() == QChar::Wide) {
        const QString parts = character.decomposition();
        if (!parts.isEmpty() && !parts.front().isSurrogate())
            return folded(parts.front());
    }
    return character.toCaseFolded();
}

QList<int> run(qsizetype from, qsizetype length) {
    QList<int> places;
    for (qsizetype i = 0; i < length; ++i)
        places.append(int(from + i));
    return places;
}

} // namespace

FuzzyText::FuzzyText(const QString& text) : m_folded(text), m_text(text) {
    for (QChar& character : m_folded)
        character = folded(character);
}

bool FuzzyText::startsWord(qsizetype place) const {
    if (place == 0 || isIdeograph(m_text[place]))
        return true;
    const QChar before = m_text[place - 1];
    if (!before.isLetterOrNumber() || isIdeograph(before))
        return true;
    return (m_text[place].isUpper() && before.isLower()) || (m_text[place].isDigit() && !before.isDigit());
}

std::optional<FuzzyMatch> FuzzyText::match(const FuzzyText& needle) const {
    FuzzyMatch whole;
    for (const QStringView word : QStringView(needle.m_folded).split(u' ', Qt::SkipEmptyParts)) {
        const auto found = matchWord(word);
        if (!found)
            return std::nullopt;
        whole.score += found->score;
        whole.positions += found->positions;
    }
    std::sort(whole.positions.begin(), whole.positions.end());
    whole.positions.erase(std::unique(whole.positions.begin(), whole.positions.end()), whole.positions.end());
    return whole;
}

std::optional<FuzzyMatch> FuzzyText::matchWord(QStringView word) const {
    if (auto found = matchSubstring(word))
        return found;
    return matchLetters(word);
}

std::optional<FuzzyMatch> FuzzyText::matchSubstring(QStringView word) const {
    std::optional<FuzzyMatch> best;
    for (qsizetype at = m_folded.indexOf(word); at >= 0; at = m_folded.indexOf(word, at + 1)) {
        const int band = at == 0 ? kPrefix : startsWord(at) ? kWordStart : kInside;
        // Earlier is better, and so is a title of which less is left over.
        const int penalty = int(std::min<qsizetype>(kMaxPenalty, at + (m_folded.size() - word.size()) / 4));
        const int score = band - penalty + (m_folded.size() == word.size() ? kWholeBonus : 0);
        if (!best || score > best->score)
            best = FuzzyMatch{.score = score, .positions = run(at, word.size())};
    }
    return best;
}

// The letter right here, else at the start of a later word, else anywhere later.
qsizetype FuzzyText::nextFor(QChar letter, qsizetype from, bool first) const {
    if (!first && from < m_folded.size() && m_folded[from] == letter)
        return from;
    for (qsizetype at = m_folded.indexOf(letter, from); at >= 0; at = m_folded.indexOf(letter, at + 1))
        if (startsWord(at))
            return at;
    return first ? -1 : m_folded.indexOf(letter, from);
}

// Letters in order, preferring starts of words: "nc" fits "New chat". The first letter must start a word, or nearly
// every title would fit every short needle.
std::optional<FuzzyMatch> FuzzyText::matchLetters(QStringView word) const {
    if (word.size() < 2)
        return std::nullopt;
    FuzzyMatch found;
    qsizetype from = 0;
    int gaps = 0;
    int starts = 0;
    for (const QChar letter : word) {
        const bool first = found.positions.isEmpty();
        qsizetype at = nextFor(letter, from, first);
        if (at < 0)
            return std::nullopt;
        starts += startsWord(at) ? 1 : 0;
        gaps += first ? 0 : int(at - from);
        found.positions.append(int(at));
        from = at + 1;
    }
    // Scattered letters say nothing: at least half of them start words or follow the one before.
    if (gaps > 0 && starts * 2 < word.size())
        return std::nullopt;
    found.score = kLetters + starts * 20 - std::min(kMaxPenalty, gaps * 4);
    return found;
}

QString withBold(const QString& text, const QList<int>& positions) {
    QString html;
    bool bold = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool fits = std::binary_search(positions.begin(), positions.end(), int(i));
        if (fits != bold)
            html += fits ? QStringLiteral("<b>") : QStringLiteral("</b>");
        bold = fits;
        // Not QChar by QChar for surrogate pairs: they pass through one after the other unchanged.
        switch (text[i].unicode()) {
        case '<':
            html += QStringLiteral("&lt;");
            break;
        case '>':
            html += QStringLiteral("&gt;");
            break;
        case '&':
            html += QStringLiteral("&amp;");
            break;
        default:
            html += text[i];
        }
    }
    return bold ? html + QStringLiteral("</b>") : html;
}

} // namespace patchbay
