// What the program is made of, and under which licences.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Patchbay

Card {
    id: card

    readonly property var parts: [
        { name: "Qt", licence: "LGPL-3.0" },
        { name: "Boost", licence: "BSL-1.0" },
        { name: "libcurl", licence: "curl" },
        { name: "SQLite", licence: qsTr("public domain") },
        { name: "libsodium", licence: "ISC" },
        { name: "OpenSSL", licence: "Apache-2.0" },
        { name: "QtKeychain", licence: "BSD-3-Clause" },
        { name: "QCoro", licence: "MIT" },
        { name: "MD4C", licence: "MIT" },
        { name: "highlight.js", licence: "BSD-3-Clause" },
        { name: "spdlog, fmt, toml++", licence: "MIT" },
        { name: "zlib", licence: "Zlib" }
    ]

    title: qsTr("Made with")
    spacing: Theme.gap8

    GridLayout {
        Layout.fillWidth: true
        columns: card.width > Theme.px(480) ? 2 : 1
        columnSpacing: Theme.gap32
        rowSpacing: Theme.gap4
        Repeater {
            model: card.parts
            RowLayout {
                id: part
                required property var modelData
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Label {
                    Layout.fillWidth: true
                    text: part.modelData.name
                    size: Theme.sizeDense
                }
                Label {
                    text: part.modelData.licence
                    size: Theme.sizeDense
                    tone: "text2"
                }
            }
        }
    }
}
