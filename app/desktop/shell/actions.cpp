#include "app/desktop/shell/actions.h"

#include <algorithm>

#include <QCoreApplication>

namespace patchbay {
namespace {

constexpr const char* kContext = "Actions";

constexpr auto kChats = QT_TRANSLATE_NOOP("Actions", "Chats");
constexpr auto kReplies = QT_TRANSLATE_NOOP("Actions", "Messages");
constexpr auto kView = QT_TRANSLATE_NOOP("Actions", "View");
constexpr auto kPages = QT_TRANSLATE_NOOP("Actions", "Pages");
constexpr auto kProgram = QT_TRANSLATE_NOOP("Actions", "Program");

#if defined(Q_OS_MACOS)
// Qt calls the Control key of a Mac "Meta"; Cmd+Tab belongs to the system.
constexpr auto kNextChatKey = "Meta+Tab";
constexpr auto kPreviousChatKey = "Meta+Shift+Tab";
#else
constexpr auto kNextChatKey = "Ctrl+Tab";
constexpr auto kPreviousChatKey = "Ctrl+Shift+Tab";
#endif

constexpr ActionInfo kActions[] = {
    {"chat.new", kChats, QT_TRANSLATE_NOOP("Actions", "New chat"), "Ctrl+N"},
    {"chat.next", kChats, QT_TRANSLATE_NOOP("Actions", "Next chat"), kNextChatKey, true, true},
    {"chat.previous", kChats, QT_TRANSLATE_NOOP("Actions", "Previous chat"), kPreviousChatKey, true, true},
    {"chat.find", kChats, QT_TRANSLATE_NOOP("Actions", "Find in this chat"), "Ctrl+F"},
    {"chat.searchAll", kChats, QT_TRANSLATE_NOOP("Actions", "Search all chats"), "Ctrl+Shift+F"},
    {"chat.model", kChats, QT_TRANSLATE_NOOP("Actions", "Choose the model"), "Ctrl+Shift+M"},
    {"chat.rename", kChats, QT_TRANSLATE_NOOP("Actions", "Rename this chat"), ""},
    {"chat.pin", kChats, QT_TRANSLATE_NOOP("Actions", "Pin or unpin this chat"), ""},
    {"chat.fork", kChats, QT_TRANSLATE_NOOP("Actions", "Duplicate this chat"), ""},
    {"chat.export", kChats, QT_TRANSLATE_NOOP("Actions", "Export this chat"), ""},
    {"chat.import", kChats, QT_TRANSLATE_NOOP("Actions", "Import chats"), ""},
    {"chat.delete", kChats, QT_TRANSLATE_NOOP("Actions", "Delete this chat"), ""},

    {"composer.focus", kReplies, QT_TRANSLATE_NOOP("Actions", "Go to the composer"), "Ctrl+L"},
    {"composer.attach", kReplies, QT_TRANSLATE_NOOP("Actions", "Attach files"), ""},
    {"message.editLast", kReplies, QT_TRANSLATE_NOOP("Actions", "Edit the last message (in an empty composer)"), "Up",
     false, false, ActionScope::Composer},
    {"message.regenerate", kReplies, QT_TRANSLATE_NOOP("Actions", "Regenerate the reply"), "Ctrl+R"},
    {"version.previous", kReplies, QT_TRANSLATE_NOOP("Actions", "Previous version of the message"), "Alt+Left", true,
     true},
    {"version.next", kReplies, QT_TRANSLATE_NOOP("Actions", "Next version of the message"), "Alt+Right", true, true},
    {"reply.copy", kReplies, QT_TRANSLATE_NOOP("Actions", "Copy the last reply"), "Ctrl+Shift+C"},
    {"code.copy", kReplies, QT_TRANSLATE_NOOP("Actions", "Copy the last code block"), "Ctrl+Shift+;"},

    {"view.end", kView, QT_TRANSLATE_NOOP("Actions", "Jump to the newest message"), "End"},
    {"view.pageUp", kView, QT_TRANSLATE_NOOP("Actions", "Scroll up one page"), "Shift+PgUp", false, true},
    {"view.pageDown", kView, QT_TRANSLATE_NOOP("Actions", "Scroll down one page"), "Shift+PgDown", false, true},
    {"view.sidebar", kView, QT_TRANSLATE_NOOP("Actions", "Show or hide the sidebar"), "Ctrl+\\"},
    {"view.theme", kView, QT_TRANSLATE_NOOP("Actions", "Switch between light and dark"), ""},
    {"view.zoomIn", kView, QT_TRANSLATE_NOOP("Actions", "Zoom in"), "Ctrl+=", true, true},
    {"view.zoomOut", kView, QT_TRANSLATE_NOOP("Actions", "Zoom out"), "Ctrl+-", true, true},
    {"view.zoomReset", kView, QT_TRANSLATE_NOOP("Actions", "Normal size"), "Ctrl+0"},

    // The palette has the pages themselves, by name.
    {"page.1", kPages, QT_TRANSLATE_NOOP("Actions", "First page"), "Ctrl+1", false},
    {"page.2", kPages, QT_TRANSLATE_NOOP("Actions", "Second page"), "Ctrl+2", false},
    {"page.3", kPages, QT_TRANSLATE_NOOP("Actions", "Third page"), "Ctrl+3", false},
    {"page.4", kPages, QT_TRANSLATE_NOOP("Actions", "Fourth page"), "Ctrl+4", false},
    {"page.5", kPages, QT_TRANSLATE_NOOP("Actions", "Fifth page"), "Ctrl+5", false},
    {"page.6", kPages, QT_TRANSLATE_NOOP("Actions", "Sixth page"), "Ctrl+6", false},
    {"page.7", kPages, QT_TRANSLATE_NOOP("Actions", "Seventh page"), "Ctrl+7", false},
    {"page.8", kPages, QT_TRANSLATE_NOOP("Actions", "Eighth page"), "Ctrl+8", false},
    {"page.9", kPages, QT_TRANSLATE_NOOP("Actions", "Ninth page"), "Ctrl+9", false},

    {"palette", kProgram, QT_TRANSLATE_NOOP("Actions", "Command palette"), "Ctrl+K", false},
    {"shortcuts", kProgram, QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"), "Ctrl+/"},
    {"settings", kProgram, QT_TRANSLATE_NOOP("Actions", "Settings"), "Ctrl+,", false},
    {"escape", kProgram, QT_TRANSLATE_NOOP("Actions", "Stop the reply, else close what is open"), "Esc", false},
    {"quit", kProgram, QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q"},
};

} // namespace

std::span<const ActionInfo> actionTable() {
    return kActions;
}

const ActionInfo* findAction(const QString& id) {
    const auto* found = std::find_if(std::begin(kActions), std::end(kActions),
                                     [&](const ActionInfo& action) { return id == QLatin1String(action.id); });
    return found == std::end(kActions) ? nullptr : found;
}

QString labelOf(const ActionInfo& action) {
    return QCoreApplication::translate(kContext, action.label);
}

QString groupOf(const ActionInfo& action) {
    return QCoreApplication::translate(kContext, action.group);
}

} // namespace patchbay
