#include "app/desktop/markdown/links.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace patchbay {

QString withoutDirectionTricks(const QString& text) {
    const auto isTrick = [](QChar character) {
        const char16_t c = character.unicode();
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x7F ||
               (c < 0x20 && c != u'\n' && c != u'\t');
    };
    if (std::none_of(text.begin(), text.end(), isTrick))
        return text;
    QString result = text;
    result.removeIf(isTrick);
    return result;
}

QString openableUrl(const QString& address) {
    const QUrl url(withoutDirectionTricks(address).trimmed(), QUrl::TolerantMode);
    if (!url.isValid())
        return {};
    const QString scheme = url.scheme().toLower();
    const bool web = scheme == QLatin1String("http") || scheme == QLatin1String("https");
    if (web ? url.host().isEmpty() : scheme != QLatin1String("mailto"))
        return {};
    return url.toString(QUrl::FullyEncoded);
}

QString hiddenHost(const QString& label, const QString& url) {
    static const QRegularExpression address(
        QStringLiteral("^\\s*(?:https?://)?(?:[^/@\\s]*@)?((?:[a-z0-9-]+\\.)+[a-z]{2,})(?:[/:?#]|\\s*$)"),
        QRegularExpression::CaseInsensitiveOption);
    const QString host = QUrl(url).host(QUrl::FullyEncoded).toLower();
    const auto match = address.match(withoutDirectionTricks(label));
    if (host.isEmpty() || !match.hasMatch())
        return {};
    const auto bare = [](QString name) {
        return name.startsWith(QLatin1String("www.")) ? name.mid(4) : name;
    };
    return bare(match.captured(1).toLower()) == bare(host) ? QString() : host;
}

} // namespace patchbay
