// What the window says about providers: names of formats, places of keys, what a trial gave. Words only, no state.
#pragma once

#include <QString>
#include <QVariantList>

#include "services/provider_editor.h"
#include "services/provider_trial.h"

namespace patchbay {

/// {value, title} of each wire format, for a choice.
QVariantList formatChoices();
QString formatTitle(WireFormat format);
/// {vendor, title, format, baseUrl, keyPage, keyVariable, local} of each known vendor.
QVariantList vendorPresets();
/// "OpenAI" for the provider that bears the vendor's name, else the id.
QString providerLabel(const ProviderConfig& provider);
/// "keychain", "encrypted file", "environment variable X", "file", "none"
QString keyPlaceText(const std::optional<SecretRef>& key);
/// "llama3 answered. First token after 0.21 s, 0.32 s in all."
QString trialText(const TrialReport& report);
QString seconds(Milliseconds time);

struct FailureText {
    QString text; ///< what happened, in the person's language, then what the other side said
    QString hint;
};
FailureText failureText(const Error& error);

} // namespace patchbay
