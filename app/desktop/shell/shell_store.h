// What the shell keeps between two starts (keys, recent commands, geometry), by name. The settings stand behind it;
// tests keep it in memory.
#pragma once

#include <QString>
#include <QVariantMap>

namespace patchbay {

class ShellStore {
public:
    virtual ~ShellStore() = default;
    /// Invalid when nothing is kept under that name.
    virtual QVariant value(const QString& name) const = 0;
    virtual void setValue(const QString& name, const QVariant& value) = 0;
};

class MemoryStore final : public ShellStore {
public:
    QVariant value(const QString& name) const override { return m_values.value(name); }
    void setValue(const QString& name, const QVariant& value) override { m_values.insert(name, value); }

private:
    QVariantMap m_values;
};

} // namespace patchbay
