// A list of objects as a model with roles: changes of a row are told as the timeline tells them.
import QtQuick

ListModel {
    id: rows

    dynamicRoles: true
    function fill(list: var) {
        clear();
        for (const row of list)
            append(row);
    }
}
