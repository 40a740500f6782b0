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

    Grid {
        id: grid
        Layout.fillWidth: true
        columns: card.width > Theme.px(480) ? 2 : 1
        columnSpacing: Theme.gap24
        rowSpacing: Theme.gap4
        Repeater {
            model: card.parts
            FactRow {
                required property var modelData
                width: (card.width - 2 * card.padding - (grid.columns - 1) * grid.columnSpacing) / grid.columns
                nameWidth: Theme.px(170)
                name: modelData.name
                text: modelData.licence
            }
        }
    }
}
