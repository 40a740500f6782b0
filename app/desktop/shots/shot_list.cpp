#include "app/desktop/shots/shot_list.h"

namespace patchbay {
namespace {

constexpr Shot kShots[] = {
    {"chat-empty", "chat", "new"},
    {"chat-blocks", "chat", "open:blocks"},
    {"chat-error", "chat", "open:error"},
    {"chat-streaming", "chat", "new;ask:playground/long:400@120;wait:900"},
    {"chat-inspector", "chat", "open:blocks;item:inspectorVisible=true"},
    {"chat-models", "chat", "open:blocks;item:inspectorVisible=;act:chat.model"},
    {"chat-find", "chat", "open:blocks;act:chat.find"},
    {"chat-search", "chat", "open:blocks;act:chat.searchAll"},
    {"palette", "chat", "open:blocks;act:palette"},
    {"palette-found", "chat", "open:blocks;act:palette;find:co"},
    {"palette-nothing", "chat", "open:blocks;act:palette;find:zzqx"},
    {"shortcuts", "chat", "open:blocks;act:shortcuts"},
    {"quick-ask", "chat", "quick:playground/echo;wait:300;window:quickAsk"},
    {"settings-general", "settings", "item:section=general"},
    {"settings-appearance", "settings", "item:section=appearance"},
    {"settings-input", "settings", "item:section=input"},
    {"settings-shortcuts", "settings", "item:section=shortcuts"},
    {"settings-data", "settings", "item:section=data"},
    {"settings-about", "settings", "item:section=about"},
    {"providers", "providers", ""},
    {"providers-new", "providers", "item:editing=new"},
    {"first-run-look", "", "firstRun:0"},
    {"first-run-provider", "", "firstRun:1;wait:500"},
    {"first-run-reply", "", "firstRun:2"},
};

} // namespace

std::span<const Shot> shotList() {
    return kShots;
}

} // namespace patchbay
