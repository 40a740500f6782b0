#include "storage/connection.h"

#include <unordered_map>

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <fmt/format.h>

#include "storage/sqlite_dialect.h"

namespace patchbay {
namespace {

QString toQt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QVariant toVariant(const SqlValue& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return QVariant(static_cast<qlonglong>(*integer));
    if (const auto* real = std::get_if<double>(&value))
        return QVariant(*real);
    if (const auto* text = std::get_if<std::string>(&value)) {
        // A null QString would be bound as NULL; an empty text must stay one.
        const QString converted = toQt(std::string_view(*text));
        return QVariant(converted.isNull() ? QStringLiteral("") : converted);
    }
    return {};
}

} // namespace

std::string SqlRow::text(int column) const {
    const QByteArray bytes = m_query.value(column).toString().toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

std::int64_t SqlRow::integer(int column) const {
    return m_query.value(column).toLongLong();
}

std::optional<std::int64_t> SqlRow::optionalInteger(int column) const {
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

bool SqlRow::isNull(int column) const {
    return m_query.isNull(column);
}

class Connection::Statements {
public:
    std::unordered_map<std::string, QSqlQuery> prepared;
};

Connection::Connection(std::string path, std::string name)
    : m_path(std::move(path)), m_name(std::move(name)), m_statements(std::make_unique<Statements>()) {
}

Result<std::unique_ptr<Connection>> Connection::open(std::string path, int busyTimeoutMs) {
    if (!QCoreApplication::instance())
        return makeError(ErrorCode::Internal, "a QCoreApplication must exist before the database is opened");
    std::unique_ptr<Connection> connection(new Connection(std::move(path), {}));
    connection->m_name = fmt::format("patchbay-{}", fmt::ptr(connection.get()));
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), toQt(connection->m_name));
    if (!database.isValid())
        return makeError(ErrorCode::Storage, "Qt's SQLite driver is not installed",
                         "install it; on Debian and Ubuntu the package is libqt6sql6-sqlite");
    database.setDatabaseName(toQt(connection->m_path));
    database.setConnectOptions(toQt(fmt::format("QSQLITE_BUSY_TIMEOUT={}", busyTimeoutMs)));
    if (!database.open()) {
        const QSqlError error = database.lastError();
        return sqliteError(error.nativeErrorCode().toInt(), error.text().toStdString(), connection->m_path);
    }
    return connection;
}

Connection::~Connection() {
    m_statements.reset(); // statements go before the connection that they belong to
    if (m_name.empty())
        return;
    {
        QSqlDatabase database = QSqlDatabase::database(toQt(m_name), false);
        if (database.isOpen())
            database.close();
    }
    QSqlDatabase::removeDatabase(toQt(m_name));
}

Result<void> Connection::run(std::string_view sql, SqlValues values) {
    return execute(sql, values, nullptr);
}

Result<void> Connection::each(std::string_view sql, SqlValues values,
                              const std::function<Result<void>(const SqlRow&)>& row) {
    return execute(sql, values, &row);
}

Result<std::int64_t> Connection::integer(std::string_view sql, SqlValues values) {
    auto value = first(sql, std::move(values), [](const SqlRow& row) { return row.integer(0); });
    if (!value)
        return value.error();
    return value->value_or(0);
}

Result<std::string> Connection::text(std::string_view sql, SqlValues values) {
    auto value = first(sql, std::move(values), [](const SqlRow& row) { return row.text(0); });
    if (!value)
        return value.error();
    return value->value_or(std::string());
}

Result<void> Connection::execute(std::string_view sql, SqlValues& values,
                                 const std::function<Result<void>(const SqlRow&)>* row) {
    const auto failed = [this](const QSqlError& error) {
        const QString text = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
        return sqliteError(error.nativeErrorCode().toInt(), text.toStdString(), m_path);
    };
    auto it = m_statements->prepared.find(std::string(sql));
    // A statement that is running already (a callback that runs the same SQL again) must not be reset under its reader.
    const bool busy = it != m_statements->prepared.end() && it->second.isActive();
    std::optional<QSqlQuery> own;
    if (it == m_statements->prepared.end() || busy) {
        QSqlQuery query(QSqlDatabase::database(toQt(m_name), false));
        query.setForwardOnly(true);
        if (!query.prepare(toQt(sql)))
            return failed(query.lastError());
        if (busy)
            own.emplace(std::move(query));
        else
            it = m_statements->prepared.emplace(std::string(sql), std::move(query)).first;
    }
    QSqlQuery& query = own ? *own : it->second;
    for (std::size_t i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), toVariant(values[i]));
    if (!query.exec()) {
        Error error = failed(query.lastError());
        query.finish();
        return error;
    }
    Result<void> result;
    if (query.isSelect()) {
        const SqlRow view(query);
        while (result && query.next())
            if (row)
                result = (*row)(view);
        if (result && query.lastError().isValid())
            result = failed(query.lastError());
    } else {
        m_changes = query.numRowsAffected();
    }
    query.finish(); // an unfinished reader would hold back every checkpoint
    return result;
}

void Connection::rollBack() {
    // After a full disk SQLite has rolled back by itself; then this fails with "no transaction is active", as wanted.
    (void)run("ROLLBACK");
}

} // namespace patchbay
