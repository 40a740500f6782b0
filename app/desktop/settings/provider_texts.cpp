#include "app/desktop/settings/provider_texts.h"

#include <array>

#include <QCoreApplication>
#include <QLocale>

#include "services/known_vendors.h"

namespace patchbay {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(patchbay::ProviderTexts)
};

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// In a few words; empty where the error's own text says it best.
QString headline(ErrorCode code) {
    switch (code) {
    case ErrorCode::Authentication:
        return Texts::tr("The key was refused.");
    case ErrorCode::Permission:
        return Texts::tr("The key may not do this.");
    case ErrorCode::Payment:
    case ErrorCode::QuotaExhausted:
        return Texts::tr("The account has no credit left.");
    case ErrorCode::RateLimited:
        return Texts::tr("The provider asks to wait.");
    case ErrorCode::NotFound:
        return Texts::tr("The provider does not know this address or model.");
    case ErrorCode::Unreachable:
        return Texts::tr("The server could not be reached.");
    case ErrorCode::Timeout:
        return Texts::tr("There was no answer in time.");
    case ErrorCode::Overloaded:
        return Texts::tr("The provider is overloaded.");
    case ErrorCode::UpstreamFailed:
    case ErrorCode::Malformed:
    case ErrorCode::Truncated:
        return Texts::tr("The answer is not what this format says.");
    case ErrorCode::StorageFull:
        return Texts::tr("The disk is full.");
    case ErrorCode::Conflict:
        return Texts::tr("There is a provider of this name already.");
    default:
        return {};
    }
}

QString advice(const Error& error) {
    switch (error.code) {
    case ErrorCode::Authentication:
        return Texts::tr("Check that the whole key was pasted and that it is a key of this vendor.");
    case ErrorCode::Payment:
    case ErrorCode::QuotaExhausted:
        return Texts::tr("Add credit at the vendor, or choose another provider.");
    case ErrorCode::NotFound:
        return Texts::tr("Check the format and the base URL, and the model where you named one.");
    case ErrorCode::Unreachable:
        return Texts::tr("Check the base URL, your network and the proxy. A local server must be running.");
    case ErrorCode::Timeout:
        return Texts::tr("A local model may still be loading. Try again in a moment.");
    case ErrorCode::UpstreamFailed:
    case ErrorCode::Malformed:
    case ErrorCode::Truncated:
        return Texts::tr("Check the format and the base URL.");
    default:
        return QString::fromStdString(error.hint);
    }
}

} // namespace

QVariantList formatChoices() {
    QVariantList list;
    for (const WireFormat format : {WireFormat::OpenAiChat, WireFormat::OpenAiResponses, WireFormat::Anthropic,
                                    WireFormat::Gemini, WireFormat::Ollama})
        list.append(QVariantMap{{"value", fromView(wireFormatName(format))}, {"title", formatTitle(format)}});
    return list;
}

QString formatTitle(WireFormat format) {
    switch (format) {
    case WireFormat::OpenAiChat:
        return Texts::tr("OpenAI chat completions");
    case WireFormat::OpenAiResponses:
        return Texts::tr("OpenAI responses");
    case WireFormat::Anthropic:
        return Texts::tr("Anthropic messages");
    case WireFormat::Ollama:
        return Texts::tr("Ollama");
    case WireFormat::Gemini:
        return Texts::tr("Google Gemini");
    }
    return {};
}

QVariantList vendorPresets() {
    QVariantList list;
    for (const KnownVendor& vendor : knownVendors())
        list.append(QVariantMap{{"vendor", fromView(vendor.name)},
                                {"title", fromView(vendor.title)},
                                {"format", fromView(wireFormatName(vendor.format))},
                                {"baseUrl", fromView(vendor.baseUrl)},
                                {"keyPage", fromView(vendor.keyPage)},
                                {"keyVariable", fromView(vendor.keyVariable)},
                                {"local", vendor.keyVariable.empty()}});
    return list;
}

QString providerLabel(const ProviderConfig& provider) {
    const KnownVendor* vendor = knownVendor(provider.id);
    return vendor != nullptr && vendor->name == provider.vendor ? fromView(vendor->title)
                                                                : QString::fromStdString(provider.id);
}

QString keyPlaceText(const std::optional<SecretRef>& key) {
    if (!key)
        return Texts::tr("none");
    switch (key->kind) {
    case SecretRef::Kind::Env:
        return Texts::tr("environment variable %1").arg(QString::fromStdString(key->name));
    case SecretRef::Kind::File:
        return Texts::tr("file %1").arg(QString::fromStdString(key->name));
    case SecretRef::Kind::Keychain:
        return Texts::tr("keychain");
    case SecretRef::Kind::Vault:
        return Texts::tr("encrypted file");
    }
    return {};
}

QString seconds(Milliseconds time) {
    const double value = static_cast<double>(time.count()) / 1000.0;
    return Texts::tr("%1 s").arg(QLocale().toString(value, 'f', value < 10 ? 2 : 1));
}

QString trialText(const TrialReport& report) {
    return Texts::tr("%1 answered. First token after %2, %3 in all.")
        .arg(QString::fromStdString(report.model), seconds(report.firstToken), seconds(report.total));
}

FailureText failureText(const Error& error) {
    const QString head = headline(error.code);
    const QString said = QString::fromStdString(error.message);
    return {head.isEmpty() ? said : head + QLatin1Char(' ') + said, advice(error)};
}

} // namespace patchbay
