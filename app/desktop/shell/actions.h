// Everything that a key or the command palette can do, as one table: the window's menus, its keys, the palette and the
// list of shortcuts all read it. What an action does stands where the window is put together (Main.qml); adding one is
// one line here and one there.
#pragma once

#include <span>

#include <QString>

namespace patchbay {

/// Where a key works. `Window`: anywhere in the window. `Composer`: the composer asks ShortcutMap::matches itself,
/// because the key means something else while there is text.
enum class ActionScope { Window, Composer };

struct ActionInfo {
    const char* id;       ///< stable: stored in desktop.json and sent by Shortcuts.qml, "chat.new"
    const char* group;    ///< source text of the group's name; translated by groupOf
    const char* label;    ///< source text; translated by labelOf
    const char* sequence; ///< the default key in portable form ("Ctrl" is Cmd on macOS); "" = none
    bool inPalette = true;
    bool repeats = false; ///< goes on while the key is held
    ActionScope scope = ActionScope::Window;
};

std::span<const ActionInfo> actionTable();
const ActionInfo* findAction(const QString& id);
/// In the language of the window.
QString labelOf(const ActionInfo& action);
QString groupOf(const ActionInfo& action);

} // namespace patchbay
