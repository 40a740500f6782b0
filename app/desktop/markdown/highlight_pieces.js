// Runs highlight.js over pieces of a few lines: its time grows with the square of a text's length, and a block that
// grows needs only its end done again. `top` is its state between two pieces.
(function (hljs) {
    "use strict";
    var pieceLength = 2000;
    var remembered = []; // last blocks: what is done of them

    function recall(language, code) {
        for (var i = 0; i < remembered.length; ++i) {
            var entry = remembered[i];
            if (entry.language === language && code.substr(0, entry.done.length) === entry.done) {
                remembered.splice(i, 1);
                return entry;
            }
        }
        return {language: language, done: "", value: "", top: undefined};
    }

    return function (language, code) {
        if (!hljs.getLanguage(language))
            return "";
        var entry = recall(language, code);
        var at = entry.done.length;
        for (;;) {
            var end = code.indexOf("\n", at + pieceLength);
            if (end < 0)
                break;
            var piece = hljs.highlight(language, code.substring(at, end + 1), true, entry.top);
            at = end + 1;
            entry.value += piece.value;
            entry.top = piece.top;
            entry.done = code.substr(0, at);
        }
        if (at > 0) {
            remembered.unshift(entry);
            remembered.length = Math.min(remembered.length, 4);
        }
        return entry.value + hljs.highlight(language, code.substr(at), true, entry.top).value;
    };
})
