// The conversations that pictures show: one with every kind of block, one that failed, and enough others to fill the
// list. The same at every run, the dates aside.
#pragma once

#include <string>
#include <vector>

#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "storage/records.h"

namespace patchbay {

struct DemoChat {
    Conversation conversation;
    std::vector<MessageRecord> messages; ///< parents before children
};

inline constexpr auto kBlocksChat = "blocks";
inline constexpr auto kErrorChat = "error";

/// `language`: "en" or "zh_CN". The ids begin with kBlocksChat and kErrorChat for these two.
std::vector<DemoChat> demoChats(const QString& language, std::int64_t nowMs, IdGenerator& ids);

} // namespace patchbay
