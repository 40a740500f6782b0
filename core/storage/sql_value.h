// What goes into a statement and what comes out of it, without any Qt type: the rest of the program never sees QString.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

class QSqlQuery;

namespace patchbay {

/// A value bound to a placeholder. Text is UTF-8.
using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string>;
using SqlValues = std::vector<SqlValue>;

/// nullopt becomes NULL.
template <class T> SqlValue sqlOrNull(const std::optional<T>& value) {
    return value ? SqlValue(*value) : SqlValue(nullptr);
}
/// An empty text becomes NULL.
inline SqlValue sqlTextOrNull(std::string text) {
    return text.empty() ? SqlValue(nullptr) : SqlValue(std::move(text));
}

/// The current row of a running statement; valid only inside the callback that it is given to. NULL reads as an empty
/// text or 0; ask isNull where the difference matters.
class SqlRow {
public:
    explicit SqlRow(const QSqlQuery& query) : m_query(query) {}
    std::string text(int column) const;
    std::int64_t integer(int column) const;
    std::optional<std::int64_t> optionalInteger(int column) const;
    bool isNull(int column) const;

private:
    const QSqlQuery& m_query;
};

} // namespace patchbay
