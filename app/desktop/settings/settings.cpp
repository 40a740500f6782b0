#include "app/desktop/settings/settings.h"

#include <algorithm>
#include <cmath>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaMethod>

#include "base/os_file.h"

namespace patchbay {
namespace {

constexpr int kWriteDelayMs = 400;
constexpr std::size_t kFileLimit = 1U << 20U;

// What reset() takes back.
constexpr const char* kChoices[] = {"language",   "theme",    "zoom",           "reducedMotion",
                                    "sendKey",    "codeWrap", "notifications",  "trayIcon",
                                    "showCost",   "restoreSession", "defaultModel"};

} // namespace

Settings::Settings(QObject* parent) : QObject(parent) {
    m_writing.setSingleShot(true);
    m_writing.setInterval(kWriteDelayMs);
    connect(&m_writing, &QTimer::timeout, this, &Settings::flush);
}

Settings::~Settings() {
    flush();
}

void Settings::load(const QString& file) {
    m_file = file;
    const auto text = readFile(file.toStdString(), kFileLimit);
    if (!text) {
        if (text.error().code != ErrorCode::NotFound)
            setAside(QString::fromStdString(text.error().message));
        return;
    }
    QJsonParseError failure;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(*text), &failure);
    if (!document.isObject()) {
        setAside(failure.error == QJsonParseError::NoError ? tr("it holds no object") : failure.errorString());
        return;
    }
    const QJsonObject before = std::exchange(m_values, document.object());
    for (const QString& name : m_values.keys())
        if (before.value(name) != m_values.value(name))
            emitChanged(name);
}

// Kept beside, because it may hold what the person wants back.
void Settings::setAside(const QString& why) {
    QString kept;
    for (int i = 1; i < 100 && kept.isEmpty(); ++i)
        if (const QString name = m_file + ".broken-" + QString::number(i); QFile::rename(m_file, name))
            kept = name;
    const QString text = tr("The settings file could not be read: %1.").arg(why);
    const QString hint = kept.isEmpty() ? tr("Defaults are used. Check %1.").arg(m_file)
                                        : tr("Defaults are used. The old file is now %1.").arg(kept);
    QMetaObject::invokeMethod(this, [this, text, hint] { Q_EMIT notice(text, hint); }, Qt::QueuedConnection);
}

bool Settings::flush() {
    m_writing.stop();
    if (!m_dirty || !m_persistent || m_file.isEmpty())
        return !m_dirty;
    const QByteArray bytes = QJsonDocument(m_values).toJson();
    const auto written = writeFileAtomically(
        m_file.toStdString(), std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())),
        FileMode::Private);
    m_dirty = !written;
    if (!written && !std::exchange(m_writeFailed, true)) // said once, not at every change
        Q_EMIT notice(tr("The settings could not be saved: %1").arg(QString::fromStdString(written.error().message)),
                      QString::fromStdString(written.error().hint));
    if (written)
        m_writeFailed = false;
    return !m_dirty;
}

void Settings::set(const char* name, const QJsonValue& value) {
    const QString key = QString::fromLatin1(name);
    if (m_values.contains(key) && m_values.value(key) == value)
        return;
    if (value.isUndefined())
        m_values.remove(key);
    else
        m_values.insert(key, value);
    m_dirty = true;
    m_writing.start();
    emitChanged(key);
}

void Settings::emitChanged(const QString& name) {
    const int index = metaObject()->indexOfProperty(name.toLatin1().constData());
    if (index >= 0 && metaObject()->property(index).hasNotifySignal())
        metaObject()->property(index).notifySignal().invoke(this);
    Q_EMIT valueChanged(name);
}

bool Settings::flag(const char* name, bool fallback) const {
    return m_values.value(QLatin1String(name)).toBool(fallback);
}

// The first choice is the default.
QString Settings::choice(const char* name, std::initializer_list<const char*> choices) const {
    const QString value = m_values.value(QLatin1String(name)).toString();
    for (const char* known : choices)
        if (value == QLatin1String(known))
            return value;
    return QString::fromLatin1(*choices.begin());
}

QString Settings::language() const {
    return choice("language", {"system", "en", "zh_CN"});
}

void Settings::setLanguage(const QString& language) {
    set("language", language);
}

QString Settings::theme() const {
    return choice("theme", {"system", "light", "dark"});
}

void Settings::setTheme(const QString& theme) {
    set("theme", theme);
}

double Settings::zoom() const {
    const double zoom = m_values.value(QLatin1String("zoom")).toDouble(1.0);
    return std::isfinite(zoom) ? std::clamp(zoom, 0.8, 2.0) : 1.0;
}

void Settings::setZoom(double zoom) {
    if (std::isfinite(zoom))
        set("zoom", std::round(std::clamp(zoom, 0.8, 2.0) * 100) / 100);
}

QString Settings::reducedMotion() const {
    return choice("reducedMotion", {"system", "on", "off"});
}

void Settings::setReducedMotion(const QString& wish) {
    set("reducedMotion", wish);
}

QString Settings::sendKey() const {
    return choice("sendKey", {"enter", "mod+enter"});
}

void Settings::setSendKey(const QString& key) {
    set("sendKey", key);
}

QString Settings::defaultModel() const {
    return m_values.value(QLatin1String("defaultModel")).toString();
}

QRect Settings::windowGeometry() const {
    const QJsonArray values = m_values.value(QLatin1String("windowGeometry")).toArray();
    return values.size() == 4 ? QRect(values[0].toInt(), values[1].toInt(), values[2].toInt(), values[3].toInt())
                              : QRect();
}

void Settings::setWindowGeometry(const QRect& geometry) {
    set("windowGeometry", QJsonArray{geometry.x(), geometry.y(), geometry.width(), geometry.height()});
}

QVariant Settings::value(const QString& name, const QVariant& fallback) const {
    const QJsonValue value = m_values.value(name);
    return value.isUndefined() ? fallback : value.toVariant();
}

void Settings::setValue(const QString& name, const QVariant& value) {
    const QJsonValue json = value.isValid() ? QJsonValue::fromVariant(value) : QJsonValue(QJsonValue::Undefined);
    if (json.isUndefined() && !m_values.contains(name))
        return;
    set(name.toLatin1().constData(), json);
}

void Settings::reset() {
    for (const char* name : kChoices)
        if (m_values.contains(QLatin1String(name)))
            set(name, QJsonValue(QJsonValue::Undefined));
}

} // namespace patchbay
