// The heading of a group in a list or a page: small, quiet, at the left edge.
import QtQuick
import Patchbay

Label {
    size: Theme.sizeCaption
    tone: "text3"
    strong: true
    leftPadding: Theme.px(10)
    topPadding: Theme.gap12
    bottomPadding: Theme.gap4
    Accessible.role: Accessible.Heading
}
