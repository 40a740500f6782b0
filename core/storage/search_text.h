// How text is cut into searchable tokens. SQLite's own tokenizers take a whole Chinese sentence for one word, so we
// cut:
//   - each Han, Kana, Hangul, Bopomofo, Thai, Lao, Khmer or Burmese character, and each symbol or emoji, is one token
//   - other letters and digits form words
//   - everything else separates
// Tokens are folded: compatibility forms (full-width Latin, half-width Kana), case, and Latin accents do not matter.
// The index holds the tokens joined by spaces; a query becomes phrases of the same tokens, so both sides always agree.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchbay {

struct SearchToken {
    std::string text;      ///< folded; ASCII letters and digits, or non-ASCII characters, never a space or a quote
    std::size_t begin = 0; ///< bytes in the original text
    std::size_t end = 0;
    bool word = false; ///< false = a character that stands alone
};

std::vector<SearchToken> searchTokens(std::string_view text);
/// All tokens joined by single spaces.
std::string searchIndexText(std::string_view text);
/// Changes when the same text may give other tokens than before; the index is then built anew.
std::string searchTextVersion();

/// Tokens that must stand next to each other.
struct SearchPhrase {
    std::vector<std::string> tokens;
    bool prefix = false; ///< the last token may go on
};

/// A user's query. White space separates phrases that must all occur, quotes hold a phrase together exactly; the last
/// word matches as a prefix. No character of a query has any other meaning.
struct SearchQuery {
    std::vector<SearchPhrase> phrases;
    bool empty() const { return phrases.empty(); }
    /// The query in FTS5's language, to be bound as a value.
    std::string matchExpression() const;
};
SearchQuery parseSearchQuery(std::string_view text);

/// Where in the original text (bytes) the first phrase that occurs stands.
struct TextRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const TextRange&) const = default;
};
std::optional<TextRange> findPhrase(const std::vector<SearchToken>& tokens, const SearchQuery& query);

} // namespace patchbay
