#include "app/desktop/chat/growing_reply.h"

namespace patchbay {

QString GrowingPart::take(const std::string& text) {
    if (text.size() <= taken)
        return {};
    const QByteArrayView fresh(text.data() + taken, static_cast<qsizetype>(text.size() - taken));
    taken = text.size();
    return decoder(fresh);
}

} // namespace patchbay
