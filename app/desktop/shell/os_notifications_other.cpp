#include "app/desktop/shell/os_notifications.h"

namespace patchbay {

std::unique_ptr<OsNotifications> OsNotifications::make() {
    return std::make_unique<OsNotifications>();
}

} // namespace patchbay
