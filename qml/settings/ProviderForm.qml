// What a provider is made of. The address that will be asked is shown as it is typed.
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: form

    required property ProvidersController providers
    /// The provider that is changed, as the list gives it; {} = a new one.
    required property var row
    property string vendor: ""

    signal done

    readonly property var choices: {
        const other = { vendor: "", title: qsTr("Another server") };
        return [other, ...presets];
    }
    readonly property bool isNew: !row.providerId
    readonly property var presets: providers.presets
    readonly property var preset: presets.find(entry => entry.vendor === vendor) ?? null
    readonly property string keyPage: isNew && preset ? preset.keyPage : ""
    readonly property string urlProblem: url.text.length > 0 || tried ? providers.urlProblem(format.currentValue, url.text) : ""
    readonly property bool forgets: !isNew && key.text.length === 0 && providers.forgetsKey(row.providerId, url.text)
    property bool tried: false
    property string failure: ""
    property string failureHint: ""

    spacing: Theme.gap12
    Component.onCompleted: {
        format.currentIndex = Math.max(0, format.indexOfValue(row.format ?? preset?.format ?? "openai"));
        if (isNew && vendor.length > 0)
            choose(vendor);
        (isNew ? vendors : url).forceActiveFocus();
    }

    function choose(name: string) {
        vendor = name;
        if (!preset)
            return;
        format.currentIndex = format.indexOfValue(preset.format);
        url.text = preset.baseUrl;
        id.text = providers.suggestId(name, "");
    }
    function usable(): bool {
        tried = true;
        return providers.urlProblem(format.currentValue, url.text).length === 0;
    }
    function draft(): var {
        return {
            providerId: row.providerId ?? "",
            id: id.text.length > 0 ? id.text : providers.suggestId(vendor, url.text),
            format: format.currentValue,
            vendor: isNew ? vendor : row.vendor,
            baseUrl: url.text,
            proxy: proxy.text,
            key: key.text,
            model: model.text,
            enabled: row.enabled ?? true
        };
    }

    Connections {
        target: form.providers
        function onSaved(id, note) {
            form.done();
        }
        function onSaveFailed(id, message, hint) {
            form.failure = message;
            form.failureHint = hint;
        }
        function onTested(id, ok, text, hint) {
            trial.show(ok, text, hint);
        }
    }

    Label {
        Layout.fillWidth: true
        text: form.isNew ? qsTr("Add a provider") : form.row.label
        size: Theme.sizeTitle
        strong: true
        Accessible.role: Accessible.Heading
    }
    FormRow {
        Layout.fillWidth: true
        visible: form.isNew
        label: qsTr("Vendor")
        ComboBox {
            id: vendors
            Layout.fillWidth: true
            label: qsTr("Vendor")
            textRole: "title"
            valueRole: "vendor"
            model: form.choices
            currentIndex: Math.max(0, form.presets.findIndex(entry => entry.vendor === form.vendor) + 1)
            onActivated: form.choose(currentValue)
        }
    }
    FormRow {
        Layout.fillWidth: true
        visible: form.isNew
        label: qsTr("Name")
        TextField {
            id: id
            Layout.fillWidth: true
            label: qsTr("Name")
            placeholderText: form.providers.suggestId(form.vendor, url.text)
        }
    }
    FormRow {
        Layout.fillWidth: true
        label: qsTr("Format")
        ComboBox {
            id: format
            Layout.fillWidth: true
            label: qsTr("Format")
            textRole: "title"
            valueRole: "value"
            model: form.providers.formats
        }
    }
    FormRow {
        Layout.fillWidth: true
        label: qsTr("Base URL")
        error: form.urlProblem
        TextField {
            id: url
            Layout.fillWidth: true
            label: qsTr("Base URL")
            text: form.row.baseUrl ?? ""
            placeholderText: "https://api.example.com/v1"
            error: form.urlProblem
        }
    }
    ResolvedUrl {
        Layout.fillWidth: true
        url: form.providers.resolvedUrlFor(format.currentValue, url.text)
    }
    FormRow {
        Layout.fillWidth: true
        label: qsTr("Key")
        help: form.row.hasKey ? Words.joined([form.row.maskedKey, form.row.keyPlace], " · ") : ""
        KeyField {
            id: key
            Layout.fillWidth: true
            placeholderText: form.row.hasKey && !form.forgets ? qsTr("Leave empty to keep the stored key")
                           : form.preset && form.preset.local ? qsTr("Usually none") : qsTr("Paste the key")
            onEdited: if (form.isNew && form.vendor.length === 0) {
                const guess = form.providers.vendorOfKey(text);
                if (guess.length > 0)
                    form.choose(guess);
            }
        }
    }
    KeyPageLink {
        Layout.fillWidth: true
        visible: form.keyPage.length > 0
        url: form.keyPage
    }
    ErrorBanner {
        Layout.fillWidth: true
        visible: form.forgets
        tone: "warn"
        message: qsTr("Another host: the stored key will be forgotten.")
        hint: qsTr("A key belongs to the host it was given for. Enter the key for the new one.")
    }
    FormRow {
        Layout.fillWidth: true
        label: qsTr("Proxy")
        TextField {
            id: proxy
            Layout.fillWidth: true
            label: qsTr("Proxy")
            text: form.row.proxy ?? ""
            placeholderText: qsTr("The system's; “none” for a direct way")
        }
    }
    FormRow {
        Layout.fillWidth: true
        label: qsTr("Model to test")
        TextField {
            id: model
            Layout.fillWidth: true
            label: qsTr("Model to test")
            placeholderText: qsTr("The cheapest that it lists")
        }
    }
    TrialResult {
        id: trial
        Layout.fillWidth: true
    }
    ErrorBanner {
        Layout.fillWidth: true
        visible: form.failure.length > 0
        message: form.failure
        hint: form.failureHint
    }
    ProviderFormButtons {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap4
        testing: trial.running
        saving: form.providers.busy
        onTestRequested: if (form.usable()) {
            trial.start();
            form.providers.test(form.draft());
        }
        onCancelRequested: form.done()
        onSaveRequested: if (form.usable()) {
            form.failure = "";
            form.providers.save(form.draft());
        }
    }
}
