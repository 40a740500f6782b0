#include "storage/search_text.h"

#include <QChar>
#include <QString>
#include <fmt/format.h>

#include "base/strings.h"

namespace patchbay {
namespace {

constexpr int kSplitterVersion = 1;
constexpr std::size_t kMaxTokenBytes = 128; // longer ones (base64, hashes) are found by their beginning

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 1;
};

CodePoint decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
    if (length == 0 || at + length > text.size())
        return {0xFFFD, 1};
    char32_t value = length == 1 ? first : first & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80)
            return {0xFFFD, 1};
        value = value << 6 | (byte(at + i) & 0x3F);
    }
    return {value, length};
}

enum class Kind { Separator, Word, Alone, Mark };

bool isAsciiWord(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool standsAlone(char32_t c) {
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Bopomofo:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        break;
    }
    // Shared marks of Kana (the long vowel), and the ideographic planes as far as Qt's tables do not name them yet.
    return c == 0x30FC || c == 0xFF70 || (c >= 0x20000 && c <= 0x3FFFF);
}

Kind kindOf(char32_t c) {
    if (c < 0x80)
        return isAsciiWord(c) ? Kind::Word : Kind::Separator;
    if (c == 0x200D || c == 0x200C || c == 0x00AD || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFF9E || c == 0xFF9F)
        return Kind::Mark; // joiners, soft hyphen, variation selectors, half-width sound marks
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
        return Kind::Mark;
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
        return standsAlone(c) ? Kind::Alone : Kind::Word;
    case QChar::Symbol_Other:
    case QChar::Symbol_Math:
    case QChar::Symbol_Currency:
        return Kind::Alone;
    case QChar::Symbol_Modifier:
        return c >= 0x1F000 ? Kind::Alone : Kind::Separator; // skin tones
    case QChar::Other_NotAssigned:
        return c >= 0x1F000 ? Kind::Alone : Kind::Separator; // emoji and ideographs newer than Qt
    default:
        return Kind::Separator;
    }
}

bool needsNoFolding(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA);
}

/// Compatibility form, no accents, no case; characters that would separate or be invisible are dropped.
std::string fold(std::string_view original) {
    QString text = QString::fromUtf8(original.data(), static_cast<qsizetype>(original.size()));
    text = text.normalized(QString::NormalizationForm_KD);
    // Only the general accents: vowel signs of other scripts and the sound marks of Kana change the word.
    text.removeIf([](QChar c) { return c.unicode() >= 0x0300 && c.unicode() <= 0x036F; });
    text = text.normalized(QString::NormalizationForm_KC).toCaseFolded();
    text.replace(QChar(0x00DF), QStringLiteral("ss")); // Qt folds one character to one
    text.removeIf([](QChar c) {
        const char16_t u = c.unicode();
        return (u < 0x80 && !isAsciiWord(u)) || u == 0x200D || u == 0x200C || u == 0x00AD || u == 0x2044 ||
               c.isSpace() || (u >= 0xFE00 && u <= 0xFE0F);
    });
    const QByteArray bytes = text.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

std::string foldToken(std::string_view original, bool ascii) {
    std::string folded = ascii ? toLowerAscii(original) : fold(original);
    if (folded.size() > kMaxTokenBytes)
        folded.resize(truncateUtf8(folded, kMaxTokenBytes).size());
    return folded;
}

} // namespace

std::vector<SearchToken> searchTokens(std::string_view text) {
    std::vector<SearchToken> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint first = decode(text, at);
        const Kind kind = kindOf(first.value);
        std::size_t end = at + first.length;
        if (kind == Kind::Separator || kind == Kind::Mark) {
            at = end;
            continue;
        }
        bool ascii = first.value < 0x80;
        bool bare = true; // no marks follow
        while (end < text.size()) {
            const CodePoint next = decode(text, end);
            const Kind nextKind = kindOf(next.value);
            if (nextKind != Kind::Mark && !(kind == Kind::Word && nextKind == Kind::Word))
                break;
            bare = bare && nextKind != Kind::Mark;
            ascii = ascii && next.value < 0x80;
            end += next.length;
        }
        const std::string_view original = text.substr(at, end - at);
        std::string folded = kind == Kind::Alone && bare && needsNoFolding(first.value) ? std::string(original)
                                                                                        : foldToken(original, ascii);
        if (!folded.empty())
            tokens.push_back({.text = std::move(folded), .begin = at, .end = end, .word = kind == Kind::Word});
        at = end;
    }
    return tokens;
}

std::string searchIndexText(std::string_view text) {
    std::string joined;
    joined.reserve(text.size() + text.size() / 4);
    for (const SearchToken& token : searchTokens(text)) {
        if (!joined.empty())
            joined.push_back(' ');
        joined += token.text;
    }
    return joined;
}

std::string searchTextVersion() {
    return fmt::format("{}.{}", kSplitterVersion, static_cast<int>(QChar::currentUnicodeVersion()));
}

SearchQuery parseSearchQuery(std::string_view text) {
    SearchQuery query;
    const auto add = [&query](std::string_view piece, bool mayContinue) {
        SearchPhrase phrase;
        bool word = false;
        for (SearchToken& token : searchTokens(piece)) {
            word = token.word;
            phrase.tokens.push_back(std::move(token.text));
        }
        if (phrase.tokens.empty())
            return;
        phrase.prefix = mayContinue && word;
        query.phrases.push_back(std::move(phrase));
    };
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '"') {
            const std::size_t close = text.find('"', at + 1);
            if (close != std::string_view::npos) {
                add(text.substr(at + 1, close - at - 1), false);
                at = close + 1;
                continue;
            }
            ++at; // a lone quote means nothing
            continue;
        }
        const std::size_t end = std::min(text.find_first_of(" \t\r\n\"", at), text.size());
        if (end > at)
            add(text.substr(at, end - at), trim(text.substr(end)).empty());
        at = end < text.size() && text[end] == '"' ? end : end + 1;
    }
    return query;
}

std::string SearchQuery::matchExpression() const {
    // Every token stands inside quotes and cannot hold one, so nothing of a query is read as an operator.
    std::string expression;
    for (const SearchPhrase& phrase : phrases) {
        if (!expression.empty())
            expression += " AND ";
        expression.push_back('"');
        for (std::size_t i = 0; i < phrase.tokens.size(); ++i) {
            if (i > 0)
                expression.push_back(' ');
            expression += phrase.tokens[i];
        }
        expression += phrase.prefix ? "\"*" : "\"";
    }
    return expression;
}

std::optional<TextRange> findPhrase(const std::vector<SearchToken>& tokens, const SearchQuery& query) {
    for (const SearchPhrase& phrase : query.phrases) {
        const std::size_t count = phrase.tokens.size();
        for (std::size_t start = 0; start + count <= tokens.size(); ++start) {
            bool match = true;
            for (std::size_t i = 0; match && i < count; ++i) {
                const std::string& have = tokens[start + i].text;
                const std::string& want = phrase.tokens[i];
                match = phrase.prefix && i + 1 == count ? have.starts_with(want) : have == want;
            }
            if (match)
                return TextRange{tokens[start].begin, tokens[start + count - 1].end};
        }
    }
    return std::nullopt;
}

} // namespace patchbay
