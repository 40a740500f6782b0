// Small helps with text.
pragma Singleton
import QtQuick

QtObject {
    /// Those of `parts` that say something, in one line.
    function joined(parts: var, separator: string): string {
        return parts.filter(part => part !== undefined && part !== null && String(part).length > 0).join(separator);
    }
}
