#include "app/desktop/markdown/code_languages.h"

#include <QHash>
#include <QSet>

namespace patchbay {

namespace {

// "<name of highlight.js>: <what else people write>"
constexpr const char* kLanguages[] = {
    "cpp: c c++ cc h hpp cxx hxx h++ cuda cu",
    "python: py py3 python3 gyp ipython",
    "javascript: js jsx mjs cjs node",
    "typescript: ts tsx mts cts",
    "java: jsp",
    "go: golang",
    "rust: rs",
    "cs: c# csharp",
    "ruby: rb gemspec irb rails",
    "php: php7 php8",
    "swift:",
    "kotlin: kt kts",
    "sql: mysql sqlite tsql plsql",
    "pgsql: postgres postgresql",
    "bash: sh zsh shell shellscript",
    "shell: console shell-session sh-session terminal",
    "powershell: ps ps1 pwsh",
    "dos: bat cmd batch",
    "json: jsonc json5 jsonl ndjson",
    "yaml: yml",
    "ini: toml cfg conf",
    "properties:",
    "xml: html xhtml svg vue svelte rss atom plist xsl xsd wsdl",
    "css:",
    "scss: sass",
    "less:",
    "markdown: md mkdown mkd",
    "dockerfile: docker containerfile",
    "cmake: cmake.in",
    "makefile: make mk mak",
    "gradle:",
    "diff: patch",
    "lua:",
    "perl: pl pm",
    "r: rscript",
    "julia: jl",
    "scala:",
    "groovy: jenkinsfile",
    "dart:",
    "elixir: ex exs",
    "erlang: erl",
    "haskell: hs",
    "ocaml: ml",
    "fsharp: fs f#",
    "clojure: clj cljs",
    "lisp: elisp commonlisp",
    "scheme: racket",
    "objectivec: objc objective-c mm obj-c",
    "matlab: octave",
    "fortran: f90 f95",
    "delphi: pascal pas",
    "vbnet: vb visualbasic",
    "ada:",
    "x86asm: asm nasm assembly",
    "armasm: arm",
    "llvm:",
    "glsl: hlsl shader vert frag",
    "verilog: v sv systemverilog",
    "vhdl:",
    "tex: latex",
    "nginx: nginxconf",
    "apache: apacheconf",
    "http: https",
    "protobuf: proto",
    "thrift:",
    "qml:",
    "vim: viml vimscript",
    "nix: nixos",
    "awk: gawk",
    "arduino: ino",
    "django: jinja jinja2",
    "handlebars: hbs mustache",
    "erb:",
    "coffeescript: coffee",
};

const QHash<QString, QString>& names() {
    static const QHash<QString, QString> table = [] {
        QHash<QString, QString> result;
        for (const char* line : kLanguages) {
            const QStringList parts = QString::fromLatin1(line).split(QStringLiteral(":"));
            // The first one counts: a block called "shell" is a script, not a session at a prompt.
            for (const QString& name : QStringList(parts[0]) + parts[1].split(u' ', Qt::SkipEmptyParts))
                if (!result.contains(name))
                    result.insert(name, parts[0]);
        }
        return result;
    }();
    return table;
}

} // namespace

QString highlightLanguage(const QString& name) {
    const QString lower = name.toLower();
    return names().value(lower, lower);
}

bool isKnownLanguage(const QString& name) {
    return names().contains(name.toLower());
}

} // namespace patchbay
