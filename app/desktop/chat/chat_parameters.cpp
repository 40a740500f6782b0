#include "app/desktop/chat/chat_parameters.h"

#include <cmath>

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

namespace patchbay {
namespace {

QString toQString(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string storedName(const QString& name) {
    return name == QLatin1String("max_output_tokens") ? "max_tokens" : name.toStdString();
}

json::string jsonText(const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    return json::string(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
}

} // namespace

QVariantMap parametersToQt(const json::object& parameters) {
    QVariantMap map;
    for (const auto& member : parameters) {
        const json::value& value = member.value();
        QString name = toQString(std::string_view(member.key().data(), member.key().size()));
        if (name == QLatin1String("max_tokens"))
            name = QStringLiteral("max_output_tokens");
        if (value.is_double())
            map[name] = value.get_double();
        else if (value.is_int64())
            map[name] = static_cast<qlonglong>(value.get_int64());
        else if (value.is_bool())
            map[name] = value.get_bool();
        else if (value.is_string())
            map[name] = toQString(std::string_view(value.get_string().data(), value.get_string().size()));
        else if (value.is_array()) {
            QStringList texts;
            for (const json::value& item : value.get_array())
                if (item.is_string())
                    texts += toQString(std::string_view(item.get_string().data(), item.get_string().size()));
            map[name] = texts;
        }
    }
    return map;
}

void setParameterIn(json::object& parameters, const QString& name, const QVariant& value) {
    const std::string key = storedName(name);
    if (name == QLatin1String("stop")) {
        QStringList texts =
            value.typeId() == QMetaType::QString ? value.toString().split(QLatin1Char('\n')) : value.toStringList();
        texts.removeAll(QString());
        json::array array;
        for (const QString& text : texts)
            array.push_back(jsonText(text));
        if (array.empty())
            parameters.erase(key);
        else
            parameters[key] = std::move(array);
        return;
    }
    const bool none =
        !value.isValid() || value.isNull() || (value.typeId() == QMetaType::QString && value.toString().isEmpty());
    if (none) {
        parameters.erase(key);
        return;
    }
    if (name == QLatin1String("reasoning_effort")) {
        parameters[key] = jsonText(value.toString());
    } else if (value.typeId() == QMetaType::Bool) {
        parameters[key] = value.toBool();
    } else {
        bool isNumber = false;
        const double number = value.toDouble(&isNumber);
        if (!isNumber)
            parameters[key] = jsonText(value.toString());
        else if (number == std::floor(number) && std::abs(number) < 1e15)
            parameters[key] = static_cast<std::int64_t>(number); // QML has only doubles
        else
            parameters[key] = number;
    }
}

} // namespace patchbay
