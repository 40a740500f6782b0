#include "app/desktop/shell/shortcut_map.h"

#include <algorithm>

namespace patchbay {
namespace {

const QString kStoreName = QStringLiteral("shortcuts");

constexpr QLatin1String kPagePrefix("page.");

QKeySequence defaultKey(const ActionInfo& action) {
    return QKeySequence(QLatin1String(action.sequence), QKeySequence::PortableText);
}

QKeySequence parsed(const QString& portable) {
    return QKeySequence(portable, QKeySequence::PortableText);
}

} // namespace

ShortcutMap::ShortcutMap(ShellStore& store, QObject* parent) : QAbstractListModel(parent), m_store(store) {
    load();
    connect(this, &QAbstractItemModel::dataChanged, this, &ShortcutMap::changed);
}

// A file edited by hand may give one key to two actions: the first one keeps it.
void ShortcutMap::load() {
    const QVariantMap kept = m_store.value(kStoreName).toMap();
    for (const ActionInfo& action : actionTable()) {
        const QString id = QLatin1String(action.id);
        if (!kept.contains(id))
            continue;
        const QString text = kept.value(id).toString();
        const QKeySequence key = parsed(text);
        const bool valid = text.isEmpty() || usable(key);
        if (valid && key != defaultKey(action) && holderOf(id, text).isEmpty())
            m_custom.insert(id, key);
    }
}

void ShortcutMap::reload() {
    m_custom.clear();
    load();
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void ShortcutMap::store() {
    QVariantMap kept;
    for (auto custom = m_custom.cbegin(); custom != m_custom.cend(); ++custom)
        kept.insert(custom.key(), custom.value().toString(QKeySequence::PortableText));
    m_store.setValue(kStoreName, kept);
}

QKeySequence ShortcutMap::keyOf(const ActionInfo& action) const {
    const auto custom = m_custom.constFind(QLatin1String(action.id));
    return custom == m_custom.cend() ? defaultKey(action) : *custom;
}

QString ShortcutMap::sequence(const QString& action) const {
    const ActionInfo* found = findAction(action);
    return found ? keyOf(*found).toString(QKeySequence::PortableText) : QString();
}

// A key without Ctrl, Alt or Meta must not be one that types.
bool ShortcutMap::usable(const QKeySequence& key) {
    if (key.count() != 1)
        return false;
    const QKeyCombination pressed = key[0];
    if (pressed.key() == Qt::Key_unknown || pressed.key() == 0)
        return false;
    const auto strong = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    if (pressed.keyboardModifiers() & strong)
        return true;
    switch (pressed.key()) {
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Backspace:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Delete:
    case Qt::Key_Space:
        return false;
    default:
        return pressed.key() >= Qt::Key_Escape;
    }
}

QString ShortcutMap::holderOf(const QString& action, const QString& sequence) const {
    const QKeySequence key = parsed(sequence);
    if (key.isEmpty())
        return {};
    for (const ActionInfo& other : actionTable())
        if (action != QLatin1String(other.id) && keyOf(other) == key)
            return QLatin1String(other.id);
    return {};
}

QString ShortcutMap::problemWith(const QString& action, const QString& sequence) const {
    if (sequence.isEmpty())
        return {};
    if (!usable(parsed(sequence)))
        return tr("This key is needed for typing. Hold Ctrl or Alt with it, or take a function key.");
    if (const ActionInfo* other = findAction(holderOf(action, sequence)))
        return tr("“%1” has this key.").arg(labelOf(*other));
    return {};
}

bool ShortcutMap::rebind(const QString& action, const QString& sequence) {
    const ActionInfo* found = findAction(action);
    const QKeySequence key = parsed(sequence);
    if (!found || (!sequence.isEmpty() && !usable(key)))
        return false;
    freeOthers(*found, key);
    assign(*found, key);
    store();
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    return true;
}

void ShortcutMap::assign(const ActionInfo& action, const QKeySequence& key) {
    if (key == defaultKey(action))
        m_custom.remove(QLatin1String(action.id));
    else
        m_custom.insert(QLatin1String(action.id), key);
}

void ShortcutMap::freeOthers(const ActionInfo& action, const QKeySequence& key) {
    if (key.isEmpty())
        return;
    for (const ActionInfo& other : actionTable())
        if (&other != &action && keyOf(other) == key)
            assign(other, QKeySequence());
}

void ShortcutMap::reset(const QString& action) {
    if (const ActionInfo* found = findAction(action))
        rebind(action, QLatin1String(found->sequence));
}

void ShortcutMap::resetAll() {
    m_custom.clear();
    store();
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

QString ShortcutMap::recorded(int key, int modifiers) {
    switch (key) {
    case 0:
    case Qt::Key_unknown:
    case Qt::Key_Control:
    case Qt::Key_Shift:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_CapsLock:
    case Qt::Key_NumLock:
        return {};
    case Qt::Key_Backtab:
        key = Qt::Key_Tab;
        break;
    default:
        break;
    }
    const auto held = Qt::KeyboardModifiers(modifiers) & ~Qt::KeypadModifier & ~Qt::GroupSwitchModifier;
    return QKeySequence(QKeyCombination(held, Qt::Key(key))).toString(QKeySequence::PortableText);
}

bool ShortcutMap::matches(const QString& action, int key, int modifiers) const {
    const QString pressed = recorded(key, modifiers);
    return !pressed.isEmpty() && pressed == sequence(action);
}

void ShortcutMap::retranslate() {
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

QVariantMap ShortcutMap::texts() const {
    QVariantMap texts;
    for (const ActionInfo& action : actionTable())
        texts.insert(QLatin1String(action.id), keyOf(action).toString(QKeySequence::NativeText));
    return texts;
}

QVariantMap ShortcutMap::keys() const {
    QVariantMap keys;
    for (const ActionInfo& action : actionTable())
        keys.insert(QLatin1String(action.id), keyOf(action).toString(QKeySequence::PortableText));
    return keys;
}

// The numbered pages are one row as long as they have their own keys: "Ctrl+1…9".
bool ShortcutMap::pageKeysAreDefault() const {
    return std::none_of(m_custom.keyBegin(), m_custom.keyEnd(),
                        [](const QString& action) { return action.startsWith(kPagePrefix); });
}

QVariantList ShortcutMap::groups() const {
    const bool onePageRow = pageKeysAreDefault();
    QVariantList groups;
    QVariantMap group;
    QVariantList rows;
    const auto finishGroup = [&] {
        if (!rows.isEmpty())
            groups.append(QVariantMap{{QStringLiteral("name"), group.value(QStringLiteral("name"))},
                                      {QStringLiteral("rows"), rows}});
        rows.clear();
    };
    for (const ActionInfo& action : actionTable()) {
        const QString name = groupOf(action);
        if (group.value(QStringLiteral("name")) != name) {
            finishGroup();
            group.insert(QStringLiteral("name"), name);
        }
        QString text = keyOf(action).toString(QKeySequence::NativeText);
        QString label = labelOf(action);
        if (onePageRow && QLatin1String(action.id).startsWith(kPagePrefix)) {
            if (!QLatin1String(action.id).endsWith(u'1'))
                continue;
            text += QStringLiteral("…9");
            label = tr("Open a page by its number");
        }
        if (!text.isEmpty())
            rows.append(QVariantMap{{QStringLiteral("label"), label}, {QStringLiteral("text"), text}});
    }
    finishGroup();
    return groups;
}

int ShortcutMap::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(actionTable().size());
}

QVariant ShortcutMap::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ActionInfo& action = actionTable()[std::size_t(index.row())];
    switch (role) {
    case ActionRole:
        return QLatin1String(action.id);
    case Qt::DisplayRole:
    case LabelRole:
        return labelOf(action);
    case GroupRole:
        return groupOf(action);
    case SequenceRole:
        return keyOf(action).toString(QKeySequence::PortableText);
    case TextRole:
        return keyOf(action).toString(QKeySequence::NativeText);
    case DefaultSequenceRole:
        return defaultKey(action).toString(QKeySequence::PortableText);
    case DefaultTextRole:
        return defaultKey(action).toString(QKeySequence::NativeText);
    case CustomRole:
        return m_custom.contains(QLatin1String(action.id));
    case RepeatsRole:
        return action.repeats;
    case InWindowRole:
        return action.scope == ActionScope::Window;
    case GroupFirstRole:
        return index.row() == 0 || action.group != actionTable()[std::size_t(index.row()) - 1].group;
    default:
        return {};
    }
}

QHash<int, QByteArray> ShortcutMap::roleNames() const {
    return {{ActionRole, "action"},
            {LabelRole, "label"},
            {GroupRole, "group"},
            {SequenceRole, "sequence"},
            {TextRole, "text"},
            {DefaultSequenceRole, "defaultSequence"},
            {DefaultTextRole, "defaultText"},
            {CustomRole, "custom"},
            {RepeatsRole, "repeats"},
            {InWindowRole, "inWindow"},
            {GroupFirstRole, "groupFirst"}};
}

} // namespace patchbay
