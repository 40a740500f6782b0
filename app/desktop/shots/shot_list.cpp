#include "app/desktop/shots/shot_list.h"

namespace patchbay {
namespace {

constexpr Shot kShots[] = {
    {"chat-empty", "chat", "new"},
    {"chat-blocks", "chat", "open:blocks"},
    {"chat-error", "chat", "open:error"},
    {"chat-streaming", "chat", "new;ask:playground/long:400@120;wait:900"},
    {"palette", "chat", "open:blocks;act:palette"},
    {"palette-found", "chat", "open:blocks;act:palette;find:co"},
    {"palette-nothing", "chat", "open:blocks;act:palette;find:zzqx"},
    {"shortcuts", "chat", "open:blocks;act:shortcuts"},
    {"quick-ask", "chat", "quick:playground/echo;wait:300;window:quickAsk"},
    {"settings", "settings", ""},
};

} // namespace

std::span<const Shot> shotList() {
    return kShots;
}

} // namespace patchbay
