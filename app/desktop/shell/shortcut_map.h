// The keyboard map: which key does what. One row per action of the table in actions.h, each with the key that is in
// force and the default one. The user's changes are kept under "shortcuts" in desktop.json, as {action: sequence}.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QHash>
#include <QKeySequence>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/shell/actions.h"
#include "app/desktop/shell/shell_store.h"

namespace patchbay {

class ShortcutMap : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.shortcuts is the one there is.")
    /// {action: key as people read it}, for bindings in menus and tool tips: `app.shortcuts.texts["chat.new"]`.
    Q_PROPERTY(QVariantMap texts READ texts NOTIFY changed)
    /// {action: portable key}, for a Shortcut elsewhere.
    Q_PROPERTY(QVariantMap keys READ keys NOTIFY changed)
    /// The actions that have a key, for a list to read: [{name, rows: [{label, text}]}] by group.
    Q_PROPERTY(QVariantList groups READ groups NOTIFY changed)
    /// Some key is not the default one.
    Q_PROPERTY(bool customized READ customized NOTIFY changed)
public:
    /// `groupFirst`: the first row of its group, to put a heading above.
    /// `sequence` and `defaultSequence` are portable ("Ctrl+N"), `text` and `defaultText` as the system writes them.
    enum Role { ActionRole = Qt::UserRole + 1, LabelRole, GroupRole, SequenceRole, TextRole, DefaultSequenceRole,
                DefaultTextRole, CustomRole, RepeatsRole, InWindowRole, GroupFirstRole };
    Q_ENUM(Role)

    explicit ShortcutMap(ShellStore& store, QObject* parent = nullptr);

    /// The key in force, portable; "" = none, or no such action.
    Q_INVOKABLE QString sequence(const QString& action) const;
    /// Why the action cannot have that key, in words: it would swallow typing, or another action has it. "" = it can.
    Q_INVOKABLE QString problemWith(const QString& action, const QString& sequence) const;
    /// The action that has the key already; "" = none.
    Q_INVOKABLE QString holderOf(const QString& action, const QString& sequence) const;
    /// Gives the key to the action and takes it from whichever other had it. "" frees the action of its key. False, and
    /// no change, for what is no usable key.
    Q_INVOKABLE bool rebind(const QString& action, const QString& sequence);
    Q_INVOKABLE void reset(const QString& action);
    Q_INVOKABLE void resetAll();
    /// What was pressed, portable, for a field that records a key; "" while only modifiers are down.
    Q_INVOKABLE static QString recorded(int key, int modifiers);
    /// Whether a key event is the action's key; for keys that a control handles itself.
    Q_INVOKABLE bool matches(const QString& action, int key, int modifiers) const;
    /// Reads the store again.
    void reload();
    /// The language has changed.
    void retranslate();

    QVariantMap texts() const;
    QVariantMap keys() const;
    QVariantList groups() const;
    bool customized() const { return !m_custom.isEmpty(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void changed();

private:
    static bool usable(const QKeySequence& key);
    QKeySequence keyOf(const ActionInfo& action) const;
    bool pageKeysAreDefault() const;
    void load();
    void store();
    void assign(const ActionInfo& action, const QKeySequence& key);
    void freeOthers(const ActionInfo& action, const QKeySequence& key);

    ShellStore& m_store;
    QHash<QString, QKeySequence> m_custom; ///< by action; differs from the default; an empty key = none
};

} // namespace patchbay
