// Every colour, gap and font of the window. Main.qml sets `dark`, `zoom` and `reducedMotion`; all else follows from them.
// Lengths are for the zoom in force: Theme.gap8, Theme.sizeBody, Theme.px(40) for a length that has no name.
pragma Singleton
import QtQuick

QtObject {
    id: theme

    property bool dark: false
    /// 0.8 to 2.0
    property real zoom: 1
    property bool reducedMotion: false

    function px(length: real): real {
        return Math.round(length * zoom);
    }
    /// `colour` at `opacity` (0 to 1).
    function tint(colour: color, opacity: real): color {
        return Qt.rgba(colour.r, colour.g, colour.b, opacity);
    }

    // Grounds, from the lowest to the highest
    readonly property color sunken: dark ? "#131416" : "#F3F3F1"
    readonly property color background: dark ? "#17181A" : "#FBFBFA"
    readonly property color surface: dark ? "#1E2023" : "#FFFFFF"
    readonly property color popup: dark ? "#24272B" : "#FFFFFF"

    // Text: what is said, what explains it, what may be overlooked; all at least 4.5:1 on every ground
    readonly property color text: dark ? "#E8E9EB" : "#1C1D1F"
    readonly property color text2: dark ? "#B3B7BE" : "#55585E"
    readonly property color text3: dark ? "#9297A0" : "#6A6D73"

    // Accent is for action only
    readonly property color accent: dark ? "#8AB0FF" : "#2457D6"
    readonly property color accentHover: dark ? "#A3C1FF" : "#1C49BA"
    readonly property color accentPressed: dark ? "#B8CFFF" : "#173E9F"
    readonly property color accentText: dark ? "#0D1B3D" : "#FFFFFF"
    readonly property color ok: dark ? "#6CCB8F" : "#1B7A43"
    readonly property color warn: dark ? "#E5B567" : "#8F5A00"
    readonly property color error: dark ? "#FF8F85" : "#B3261E"

    // Lines and tints
    readonly property color border: dark ? "#7C8189" : "#8A8A83"
    readonly property color separator: dark ? "#2C2F33" : "#E4E4E0"
    readonly property color hover: tint(text, dark ? 0.07 : 0.05)
    readonly property color pressed: tint(text, dark ? 0.12 : 0.09)
    readonly property color selected: tint(accent, dark ? 0.16 : 0.11)
    readonly property color userTint: dark ? "#262B36" : "#EBF0FB"
    readonly property color inlineCode: dark ? "#E0B48A" : "#8A3B12"
    readonly property color codeGround: dark ? "#131416" : "#F3F3F1"
    readonly property color warnTint: tint(warn, 0.12)
    readonly property color errorTint: tint(error, dark ? 0.12 : 0.08)
    readonly property color okTint: tint(ok, 0.12)
    readonly property color match: dark ? "#5A4A12" : "#FFE9A8"
    readonly property color selection: tint(accent, dark ? 0.40 : 0.28)
    readonly property color shade: dark ? "#99000000" : "#55202228"
    readonly property color shadow: dark ? "#000000" : "#1C1D1F"

    // Gaps
    readonly property real gap2: px(2)
    readonly property real gap4: px(4)
    readonly property real gap8: px(8)
    readonly property real gap12: px(12)
    readonly property real gap16: px(16)
    readonly property real gap24: px(24)
    readonly property real gap32: px(32)
    readonly property real radius: px(6)
    readonly property real radiusLarge: px(10)

    // Sizes of parts
    readonly property real controlHeight: px(32)
    readonly property real denseHeight: px(24)
    readonly property real rowHeight: px(36)
    readonly property real railWidth: px(56)
    readonly property real headerHeight: px(52)
    readonly property real readingWidth: px(760)
    readonly property real iconSize: px(18)
    readonly property real iconSmall: px(16)

    // Type
    readonly property FontMetrics systemFont: FontMetrics { font.pixelSize: 100 }
    readonly property string family: systemFont.font.family
    /// Height of a line as the font has it, for a size of 1.
    readonly property real lineRatio: systemFont.height / Math.max(1, systemFont.font.pixelSize)
    readonly property string monoFamily: Qt.platform.os === "windows" ? "Consolas" : Qt.platform.os === "osx" ? "Menlo" : "monospace"
    readonly property font controlFont: Qt.font({ pixelSize: sizeControl })
    readonly property font monoFont: Qt.font({ family: monoFamily, pixelSize: sizeControl })
    readonly property int sizeCaption: px(11)
    readonly property int sizeDense: px(12)
    readonly property int sizeControl: px(13)
    readonly property int sizeBody: px(15)
    readonly property int sizeTitle: px(18)
    readonly property int sizeDisplay: px(24)
    readonly property real lineDense: px(16)
    readonly property real lineCode: px(20)
    readonly property real lineBody: px(24)

    // Motion
    readonly property int quick: reducedMotion ? 0 : 120
    readonly property int calm: reducedMotion ? 0 : 160
    /// How long the pointer rests before a tooltip shows.
    readonly property int toolTipDelay: 600
}
