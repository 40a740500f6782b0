#include "app/desktop/transfer/attachment_text.h"

#include <algorithm>

#include <QFileInfo>
#include <QHash>
#include <QStringDecoder>

namespace patchbay {
namespace {

bool isControl(char16_t c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B) || c == 0x7F ||
           (c >= 0x80 && c < 0xA0 && c != 0x85);
}

// A few stray control characters are found in logs; many mean that it is something else.
bool readsAsText(const QString& text) {
    if (text.contains(QChar(0)))
        return false;
    const auto controls = std::count_if(text.begin(), text.end(), [](QChar c) { return isControl(c.unicode()); });
    return controls * 100 <= text.size();
}

std::optional<QString> decodeAs(QStringDecoder decoder, QByteArrayView bytes) {
    if (!decoder.isValid())
        return std::nullopt;
    QString text = decoder.decode(bytes);
    if (decoder.hasError() || !readsAsText(text))
        return std::nullopt;
    return text;
}

bool isChinese(char16_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF5E);
}

// Nearly any bytes can be read as GB18030; Chinese text gives common characters only.
bool readsAsChinese(const QString& text) {
    qsizetype wide = 0, chinese = 0;
    for (const QChar c : text) {
        wide += c.unicode() >= 0x80;
        chinese += isChinese(c.unicode());
    }
    return chinese >= 2 && chinese * 10 >= wide * 9;
}

// Latin letters have a zero in every other byte.
std::optional<QStringConverter::Encoding> unmarkedUtf16(const QByteArray& bytes) {
    if (bytes.size() < 4 || bytes.size() % 2 != 0)
        return std::nullopt;
    const qsizetype looked = std::min<qsizetype>(bytes.size(), 4096);
    qsizetype even = 0, odd = 0;
    for (qsizetype i = 0; i < looked; ++i)
        if (bytes[i] == 0)
            ++(i % 2 == 0 ? even : odd);
    if (odd * 5 >= looked && even * 20 < looked)
        return QStringConverter::Utf16LE;
    if (even * 5 >= looked && odd * 20 < looked)
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

std::optional<QString> decodeAny(const QByteArray& bytes) {
    if (const auto marked = QStringConverter::encodingForData(bytes))
        return decodeAs(QStringDecoder(*marked, QStringConverter::Flag::Default), bytes);
    if (auto text = decodeAs(QStringDecoder(QStringConverter::Utf8), bytes))
        return text;
    if (const auto wide = unmarkedUtf16(bytes))
        return decodeAs(QStringDecoder(*wide), bytes);
    if (bytes.contains('\0'))
        return std::nullopt;
    if (auto text = decodeAs(QStringDecoder("GB18030"), bytes); text && readsAsChinese(*text))
        return text;
    QStringDecoder western("windows-1252");
    return decodeAs(western.isValid() ? std::move(western) : QStringDecoder(QStringConverter::Latin1), bytes);
}

} // namespace

std::optional<QString> decodeText(const QByteArray& bytes) {
    auto text = decodeAny(bytes);
    if (text) {
        text->replace("\r\n", "\n");
        text->replace(u'\r', u'\n');
    }
    return text;
}

QString fenceLanguage(const QString& fileName) {
    static const QHash<QString, QString> kLanguages = [] {
        QHash<QString, QString> languages;
        const auto add = [&languages](const char* language, const QStringList& endings) {
            for (const QString& ending : endings)
                languages.insert(ending, QString::fromLatin1(language));
        };
        add("bash", {"sh", "bash", "zsh", "bashrc", "zshrc"});
        add("c", {"c", "h"});
        add("cmake", {"cmake"});
        add("cpp", {"cc", "cpp", "cxx", "hh", "hpp", "hxx", "ino"});
        add("csharp", {"cs"});
        add("css", {"css"});
        add("csv", {"csv", "tsv"});
        add("dart", {"dart"});
        add("diff", {"diff", "patch"});
        add("dockerfile", {"dockerfile"});
        add("elixir", {"ex", "exs"});
        add("erlang", {"erl"});
        add("fortran", {"f", "f90", "f95"});
        add("go", {"go"});
        add("graphql", {"graphql", "gql"});
        add("haskell", {"hs"});
        add("html", {"html", "htm", "xhtml", "vue", "svelte"});
        add("ini", {"ini", "cfg", "conf", "properties", "desktop"});
        add("java", {"java"});
        add("javascript", {"js", "mjs", "cjs"});
        add("json", {"json", "jsonl", "ndjson", "ipynb", "webmanifest"});
        add("jsx", {"jsx"});
        add("julia", {"jl"});
        add("kotlin", {"kt", "kts"});
        add("latex", {"tex", "bib"});
        add("lua", {"lua"});
        add("makefile", {"makefile", "mk"});
        add("matlab", {"m"});
        add("nix", {"nix"});
        add("objectivec", {"mm"});
        add("ocaml", {"ml", "mli"});
        add("perl", {"pl", "pm"});
        add("php", {"php"});
        add("powershell", {"ps1", "psm1"});
        add("protobuf", {"proto"});
        add("python", {"py", "pyi", "pyw"});
        add("qml", {"qml"});
        add("r", {"r"});
        add("ruby", {"rb", "gemfile", "rakefile"});
        add("rust", {"rs"});
        add("scala", {"scala"});
        add("sql", {"sql"});
        add("swift", {"swift"});
        add("toml", {"toml"});
        add("tsx", {"tsx"});
        add("typescript", {"ts", "mts", "cts"});
        add("verilog", {"v", "sv"});
        add("vhdl", {"vhd", "vhdl"});
        add("xml", {"xml", "svg", "xsl", "xsd", "plist", "ui", "qrc"});
        add("yaml", {"yaml", "yml"});
        add("zig", {"zig"});
        return languages;
    }();
    const QFileInfo info(fileName);
    if (info.fileName().compare(QLatin1String("CMakeLists.txt"), Qt::CaseInsensitive) == 0)
        return QStringLiteral("cmake");
    const QString ending = info.suffix().isEmpty() ? info.fileName() : info.suffix();
    return kLanguages.value(ending.toLower());
}

QString fenced(const QString& text, const QString& language) {
    QString fence = QStringLiteral("```");
    while (text.contains(fence))
        fence += u'`';
    return fence + language + u'\n' + text + (text.endsWith(u'\n') ? QString() : QStringLiteral("\n")) + fence;
}

} // namespace patchbay
