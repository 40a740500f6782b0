// What the blocks say: text, links, formulas, tables; and whole messages as rich and plain text.
#include <QRegularExpression>
#include <QtTest>

#include "app/desktop/markdown/latex.h"
#include "app/desktop/markdown/links.h"
#include "app/desktop/markdown/markdown_document.h"
#include "app/desktop/markdown/rich_html.h"

using namespace patchbay;

namespace {

QString htmlOf(const char* markdown) {
    const MarkdownDocument document(QString::fromUtf8(markdown));
    QStringList html;
    for (const Block& block : document.blocks())
        html.append(block.html);
    return html.join(u'\n');
}

QString kindsOf(const char* markdown) {
    const MarkdownDocument document(QString::fromUtf8(markdown));
    QStringList kinds;
    for (const Block& block : document.blocks())
        kinds.append(blockKindName(block.kind) + (block.level > 0 ? QString::number(block.level) : QString()) + block.marker);
    return kinds.join(u' ');
}

} // namespace

class MarkdownContentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void inlineTextBecomesStyledText_data() {
        QTest::addColumn<QByteArray>("markdown");
        QTest::addColumn<QByteArray>("html");
        const auto add = [](const char* name, const char* markdown, const char* html) {
            QTest::addRow("%s", name) << QByteArray(markdown) << QByteArray(html);
        };
        add("styles", "*a* **b** ~~c~~ `d`", "<i>a</i> <b>b</b> <s>c</s> <code>d</code>");
        add("escaped", "a < b & \"c\" > d", "a &lt; b &amp; &quot;c&quot; &gt; d");
        add("html is text", "<img src=x onerror=alert(1)> <b>x</b>",
            "&lt;img src=x onerror=alert(1)&gt; &lt;b&gt;x&lt;/b&gt;");
        add("html block is text", "<script>\nalert('*x*')\n</script>", "&lt;script&gt;<br>alert('<i>x</i>')<br>&lt;/script&gt;");
        add("line breaks", "a\nb<br>c<br/>d", "a<br>b<br>c<br>d");
        add("entities", "&lt;b&gt; &copy; &#x4e2d; &nope; &#0;", "&lt;b&gt; © 中 &amp;nope; \xEF\xBF\xBD");
        add("spaces in code", "`a  b`", "<code>a &nbsp;b</code>");
        add("link", "[a](https://e.example/x?a=1&b=2)", "<a href=\"https://e.example/x?a=1&amp;b=2\">a</a>");
        add("mail", "<mailto:a@e.example> b@e.example",
            "<a href=\"mailto:a@e.example\">mailto:a@e.example</a> <a href=\"mailto:b@e.example\">b@e.example</a>");
        add("script link", "[a](javascript:alert(1))", "a (javascript:alert(1))");
        add("file link", "[a](file:///etc/passwd)", "a (file:///etc/passwd)");
        add("relative link", "[a](docs/a.md)", "a (docs/a.md)");
        add("quote in link", "[a](<https://e.example/\"onclick=x>)", "<a href=\"https://e.example/%22onclick=x\">a</a>");
        add("label names another host", "[https://bank.example](https://evil.example/)",
            "<a href=\"https://evil.example/\">https://bank.example</a> (evil.example)");
        add("image", "![the *alt*](https://e.example/a.png)", "<a href=\"https://e.example/a.png\">[the alt]</a>");
        add("data image", "x ![a](data:image/png;base64,AAAA)", "x [a] (data:image/png;base64,AAAA)");
        add("badge", "[![b](b.png)](https://e.example)", "<a href=\"https://e.example\">[b]</a>");
        add("direction", "[a\xE2\x80\xAEgpj](https://e.example)", "<a href=\"https://e.example\">agpj</a>");
        add("cjk bold before letter", "**注意：**文字", "<b>注意：</b>文字");
        add("cjk quoted bold", "他说**“你好”**了", "他说<b>“你好”</b>了");
        add("cjk brackets", "见**函数(a)**的说明", "见<b>函数(a)</b>的说明");
        add("cjk bold then stop", "这是**重点**。后面**再**说", "这是<b>重点</b>。后面<b>再</b>说");
        add("cjk address", "见https://e.example/a，然后", "见<a href=\"https://e.example/a\">https://e.example/a</a>，然后");
        add("ideographic space", "　首行", "&nbsp;&nbsp;首行");
        add("math", "so $x_1^2 + \\alpha$ is \\(a*b*c\\)", "so x₁² + α is a*b*c");
        add("money", "from $5 to $10 and US$3", "from $5 to $10 and US$3");
        add("math in code", "`$x$` and `\\(y\\)`", "<code>$x$</code> and <code>\\(y\\)</code>");
        add("math is escaped", "$a<b$", "a&lt;b");
    }
    void inlineTextBecomesStyledText() {
        QFETCH(QByteArray, markdown);
        QFETCH(QByteArray, html);
        QCOMPARE(htmlOf(markdown.constData()), QString::fromUtf8(html));
    }

    void blocksHaveKindsAndMarkers() {
        QCOMPARE(kindsOf("# a\n\nb\n\n- c\n  1. d\n\n     e\n- [x] f\n- [ ] g\n\n> h\n\n---\n\n```c\ni\n```\n\n|j|\n|-|\n\n$$k$$"),
                 QStringLiteral("heading1 paragraph list1• list21. list2 list1☑ list1☐ quote rule code table math"));
        QCOMPARE(kindsOf("![a](b.png)"), QStringLiteral("image"));
        QCOMPARE(kindsOf("before $$x$$ after"), QStringLiteral("paragraph math paragraph"));
        QCOMPARE(kindsOf("3. a\n3. b\n\n   c\n7. d"), QStringLiteral("list13. list14. list1 list15."));
    }

    void codeKeepsLanguageTextAndNesting() {
        const MarkdownDocument document(QStringLiteral("- a\n  > ```Python title=x\n  > def f():\n  >     pass\n  > ```\n"));
        QCOMPARE(document.count(), 2);
        const Block code = document.block(1);
        QCOMPARE(code.language, QStringLiteral("python"));
        QCOMPARE(code.code, QStringLiteral("def f():\n    pass"));
        QCOMPARE(code.listDepth, 1);
        QCOMPARE(code.quoteDepth, 1);
        QCOMPARE(code.source(), QStringLiteral("```python\ndef f():\n    pass\n```"));
    }

    void sourceFenceIsLongerThanThoseInside() {
        const MarkdownDocument document(QStringLiteral("````\n```\n````"));
        QCOMPARE(document.block(0).source(), QStringLiteral("````\n```\n````"));
    }

    void everyBlockHasItsSource() {
        const MarkdownDocument document(
            QStringLiteral("# T\n\ntext *a*\nmore\n\n1. one\n2. two\n\n   still $x$\n   - sub\n\n> q\n\n| a |\n|---|\n| b |\n\nx $$y$$ z\n"));
        QStringList sources;
        for (const Block& block : document.blocks())
            sources.append(block.source());
        QCOMPARE(sources, QStringList({QStringLiteral("# T"), QStringLiteral("text *a*\nmore"), QStringLiteral("1. one"),
                                       QStringLiteral("2. two"), QStringLiteral("   still $x$"), QStringLiteral("   - sub"),
                                       QStringLiteral("> q"), QStringLiteral("| a |\n|---|\n| b |"), QStringLiteral("x"),
                                       QStringLiteral("$$y$$"), QStringLiteral(" z")}));
    }

    void tableCellsAreHtmlWithAlignment() {
        const MarkdownDocument document(QStringLiteral("|a|b|c|\n|:-|:-:|-:|\n|**1**|`x\\|y`|<br>|\n|2|\n"));
        const BlockTable table = document.block(0).table;
        QCOMPARE(table.header, QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(table.rows.size(), 2);
        QCOMPARE(table.rows[0][0], QStringLiteral("<b>1</b>"));
        QCOMPARE(table.rows[0][1], QStringLiteral("<code>x|y</code>"));
        QCOMPARE(table.rows[1].size(), 3);
        QCOMPARE(table.align, QList<CellAlign>({CellAlign::Left, CellAlign::Center, CellAlign::Right}));
    }

    void latexIsReadable_data() {
        QTest::addColumn<QString>("latex");
        QTest::addColumn<QString>("text");
        const auto add = [](const char* latex, const char* text) {
            QTest::addRow("%s", latex) << QString::fromUtf8(latex) << QString::fromUtf8(text);
        };
        add("E = mc^2", "E = mc²");
        add("\\frac{a+b}{2}", "(a+b)/2");
        add("\\frac12", "1/2");
        add("x_{i,j}^{n+1}", "x_(i,j)ⁿ⁺¹");
        add("\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}", "∑ᵢ₌₁ⁿ i = (n(n+1))/2");
        add("\\sqrt{x+1} \\sqrt[3]{x} \\sqrt[n]{x}", "√(x+1) ∛x ⁿ√x");
        add("\\alpha \\leq \\beta \\neq \\Gamma", "α ≤ β ≠ Γ");
        add("f: \\mathbb{R}^n \\to \\mathbb{Z}", "f: ℝⁿ → ℤ");
        add("\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}", "(a, b; c, d)");
        add("\\begin{cases} 1 & x>0 \\\\ 0 & \\text{else} \\end{cases}", "{ 1 x>0; 0 else");
        add("\\left( \\frac{a}{b} \\right]", "( a/b ]");
        add("\\hat{x} \\vec{v}", "x̂ v⃗");
        add("\\lim_{x \\to 0} \\sin x", "lim_(x → 0) sin x");
        add("\\text{if } x \\in A \\cup B", "if x ∈ A ∪ B");
        add("90^\\circ", "90°");
        add("\\unknown{x} \\%", "\\unknownx %");
        add("{{{", "");
        add("\\frac{", "/");
        add("}}a", "}}a");
        add("a \\\\ b", "a\nb");
        add("\\int_0^\\infty e^{-x^2} dx", "∫₀^∞ e^(-x²) dx");
    }
    void latexIsReadable() {
        QFETCH(QString, latex);
        QFETCH(QString, text);
        QCOMPARE(latexToText(latex), text);
    }

    void deepLatexEnds() {
        QVERIFY(!latexToText(QStringLiteral("{").repeated(100000)).contains(u'x'));
        QVERIFY(!latexToText(QStringLiteral("\\frac{").repeated(20000)).isEmpty());
        latexToText(QStringLiteral("\\begin{matrix}").repeated(5000));
    }

    void richHtmlKeepsStructureAndNothingDangerous() {
        const QString html = blocksToRichHtml(QStringLiteral(
            "# T\n\n1. a\n   - b\n   - c\n2. d\n\n> q\n\n```js\nlet a = '<b>';\n```\n\n|x|y|\n|-|-:|\n|1|**2**|\n\n"
            "<script>alert(1)</script> [l](https://e.example) ![i](https://e.example/i.png) [j](javascript:x)\n\n5. e"));
        QCOMPARE(html, QStringLiteral(
                           "<h1>T</h1>\n<ol>\n<li>a<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ol>\n"
                           "<blockquote>\n<p>q</p>\n</blockquote>\n"
                           "<pre style=\"font-family:monospace\"><code>let a = '&lt;b&gt;';</code></pre>\n"
                           "<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\">\n<tr><th>x</th><th align=\"right\">y</th></tr>\n"
                           "<tr><td>1</td><td align=\"right\"><b>2</b></td></tr>\n</table>\n"
                           "<p>&lt;script&gt;alert(1)&lt;/script&gt; <a href=\"https://e.example\">l</a> "
                           "<a href=\"https://e.example/i.png\">[i]</a> j (javascript:x)</p>\n<ol start=\"5\">\n<li>e</li>\n</ol>\n"));
    }

    void plainTextHasNoMarks() {
        QCOMPARE(plainText(QStringLiteral("# T\n\n**a** [b](https://e.example)\n\n- c\n  - d\n- e\n\n```\nx *y*\n```")),
                 QStringLiteral("T\n\na b\n\n• c\n  ◦ d\n• e\n\nx *y*"));
    }

    void codeColorIsPutIn() {
        QCOMPARE(withCodeColor(QStringLiteral("a <code>b</code>"), QStringLiteral("#123456")),
                 QStringLiteral("a <code><font color=\"#123456\">b</font></code>"));
    }
};

QTEST_APPLESS_MAIN(MarkdownContentTest)
#include "markdown_content_test.moc"
