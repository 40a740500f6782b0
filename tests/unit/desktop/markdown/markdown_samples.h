// Markdown that is hard to read in pieces; shared by the tests of the growing document.
#pragma once

#include <QString>
#include <QStringList>

namespace patchbay::test {

/// Texts that one run of the parser and our piecewise reading must see alike.
inline QStringList hardSamples() {
    return {
        QStringLiteral("Hello *world*\nsecond line\n\nnext `code` **bold** ~~gone~~"),
        QStringLiteral("Title\n=====\n\nSub\n---\ntext\n***\n# One\n## Two ##\nthree"),
        QStringLiteral("> quote\nlazy\n> more\n\nafter\n> # h\n> - a\n>   - b\n> ```c\n> int x;\n> ```\nend"),
        QStringLiteral("- a\n- b\n  - c\n    - d\n  text\n- e\n\n  para in e\n\n- f\n\nafter"),
        QStringLiteral("1. a\n1. b\n1. c\n\n5. d\n\ntext\n\n7) x\n8) y"),
        QStringLiteral("1. step\n   ```python\n   def f():\n\n       return 1\n   ```\n2. next\n   > said\n\n3. last\nlazy\n\nend"),
        QStringLiteral("- [ ] open\n- [x] done\n  - [X] nested\n* other\n+ third"),
        QStringLiteral("| a | b |\n|:--|--:|\n| 1 | `x|y` |\n| 2 |\n\nafter"),
        QStringLiteral("text\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        QStringLiteral("```js\nlet a = '```';\n\n  b\n```\nafter\n~~~\nx\n```\n~~~~\nend"),
        QStringLiteral("```\nnever closed\n\n# no heading\n- no list"),
        QStringLiteral("``` not a fence ` here\ntext"),
        QStringLiteral("   ```\n   indented\n     more\n  less\n   ```\nx"),
        QStringLiteral("    code\n\n    more\n  text\n\n    code\ntext"),
        QStringLiteral("<div>\n<b>bold</b> & <script>alert(1)</script>\n</div>\n\n<br>line<br/>two &amp; &copy; &#20013; &#x4e2d; &bogus;"),
        QStringLiteral("[a]: http://example.com/a\n\nsee [a] and [b] and [c][a]\n\n[b]: <http://example.com/b> \"title\"\n"),
        QStringLiteral("later [x]\n\n- item [x]\n\n> [x]: https://example.org/x_y\n\n[x] again"),
        QStringLiteral("[foo]: /url\n===\n[foo]"),
        QStringLiteral("foo\n-"),
        QStringLiteral("-\n\n  foo\n\n-\n  bar\n- \n"),
        QStringLiteral("- foo\n14. bar\n\n14. baz\ntext\n15. no"),
        QStringLiteral("para\n- list\n1. one\n2. two\n10) ten"),
        QStringLiteral("* * *\n- - -\n___\n-- -\n+ a\n+\n\n  b"),
        QStringLiteral("1. a\n\n   b\n\n\n   c\n2. d\n\n\n\n3. e"),
        QStringLiteral("- a\n\n      code in a\n\n\n  - b\n ```\n top fence\n\n - x\n ```\n- z"),
        QStringLiteral("10. ten\n   ```\n   indent three is not inside ten\n\n   x\n   ```\n11. eleven"),
        QStringLiteral("- a\n  ```\n  code\n```\nafter"),
        QStringLiteral("Inline $x_1 + y_2$ and \\(a*b*c\\), money $5 and $10.\n\n$$\n\\frac{a}{b}\n- c\n= d\n$$\n\nDone \\[ x \\] end"),
        QStringLiteral("a\n$$\nunfinished\n\nb\n\\[\ny = 1\n\\]\nc"),
        QStringLiteral("- item $$\n  x_1\n  $$ end\n- **注意：**文字和**“引号”**文字"),
        QStringLiteral("中文**重点**。**（括号）**后面\n\n请看https://example.com/路径。然后"),
        QStringLiteral("![alt *text*](http://example.com/a.png)\n\n[![badge](b.png)](https://example.com) and ![x](data:abc)"),
        QStringLiteral("[js](javascript:alert(1)) [rel](docs/a.md) [ok](https://a.example) <https://b.example> <mailto:a@b.example>"),
        QStringLiteral("a\\\nb  \nc\n\\* not list\n\\# no"),
        QStringLiteral("\tcode with tab\n\n-\ttab item\n\n\tin item\n"),
        QStringLiteral("#\n\n# \n####### seven\n#no\n  ## two"),
        QStringLiteral("> a\n>\n> b\n\n> c\n>> d\n> e\n1. f\n> g\n14. h"),
        QStringLiteral("\n\n\n  leading\n\n   \n\ntrailing   \n\n\n"),
        QStringLiteral("- a\n > quote at one\n- b\n   > quote in b\n   lazy\nlazy two\n- c"),
        QStringLiteral("emoji 👩‍👩‍👧 and 𝔘𝔫𝔦 **𝔟**\n\n`𝔠`"),
        QStringLiteral("a | b\n--- | ---\n1 | 2\n\n|x|\n|-|\n|y|\n"),
        QStringLiteral("- one\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n\n  tail\n- two"),
    };
}

/// Pieces to make random texts of.
inline QStringList fragments() {
    return {
        QStringLiteral("\n"), QStringLiteral("\n"), QStringLiteral("\n\n"), QStringLiteral("\n\n"), QStringLiteral(" "),
        QStringLiteral("  "), QStringLiteral("    "), QStringLiteral("word "), QStringLiteral("字。"), QStringLiteral("# "),
        QStringLiteral("- "), QStringLiteral("* "), QStringLiteral("1. "), QStringLiteral("2. "), QStringLiteral("7) "),
        QStringLiteral("> "), QStringLiteral("\n```\n"), QStringLiteral("\n  ```c\n"), QStringLiteral("\n~~~\n"),
        QStringLiteral("---\n"), QStringLiteral("===\n"), QStringLiteral("***\n"), QStringLiteral("**"), QStringLiteral("*"),
        QStringLiteral("`"), QStringLiteral("[a]"), QStringLiteral("[a]: http://e.example\n"), QStringLiteral("[l](http://x.example)"),
        QStringLiteral("\\"), QStringLiteral("$x$"), QStringLiteral("$"), QStringLiteral("\n$$\n"), QStringLiteral("| a | b |\n|---|---|\n| c | d |\n\n"),
        QStringLiteral("<br>"), QStringLiteral("<div>"), QStringLiteral("&amp;"), QStringLiteral("\n- a\n- b\n"), QStringLiteral("\n1. a\n\n   b\n"),
        QStringLiteral("\n   - "), QStringLiteral("\n> q\n"), QStringLiteral("text\n"), QStringLiteral("    code\n"), QStringLiteral("_e_"),
    };
}

} // namespace patchbay::test
