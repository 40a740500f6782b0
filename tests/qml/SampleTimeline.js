// A chat with every kind of row, newest first, as the timeline gives it. An array is a model whose rows are `modelData`;
// Rows.qml turns it into roles.
.pragma library

const base = { kind: "paragraph", messageId: "m", blockId: "", role: "assistant", first: false, html: "", plain: "", source: "", level: 0,
    marker: "", language: "", code: "", highlighted: "", table: {}, folded: false, elapsedText: "", streaming: false, status: "complete",
    errorText: "", errorHint: "", attachments: [], versionIndex: 1, versionCount: 1, footer: {}, feedback: 0, toolName: "",
    toolArguments: "", toolResult: "", quoteDepth: 0, highlightedMatch: false };

function row(values, index) {
    const made = Object.assign({}, base, values);
    if (made.blockId === "")
        made.blockId = "b" + index;
    return made;
}
function chat() {
    return [
        { kind: "day", plain: "Monday, 23 November" },
        { kind: "user", messageId: "u1", role: "user", first: true, plain: "Compare quicksort and mergesort, with code and a table.", versionIndex: 2, versionCount: 3 },
        { kind: "reasoning", messageId: "a1", first: true, folded: true, plain: "The person wants a comparison.", elapsedText: "4.2 s" },
        { kind: "tool", messageId: "a1", folded: true, toolName: "search_web", toolArguments: "{\"q\": \"mergesort\"}", toolResult: "ok" },
        { kind: "heading", messageId: "a1", level: 2, html: "Two ways to sort" },
        { kind: "paragraph", messageId: "a1", html: "Both <b>divide and conquer</b>, but <i>where</i> the work happens differs. Quicksort partitions first with <font color=\"#8A3B12\">partition()</font>; mergesort merges last. See the <a href=\"https://example.org\">reference</a> for the analysis of the average case, which is what matters in practice for most inputs." },
        { kind: "list", messageId: "a1", level: 1, marker: "•", html: "Quicksort sorts <b>in place</b>" },
        { kind: "list", messageId: "a1", level: 2, marker: "•", html: "its worst case is quadratic, and that happens with sorted input when the first element is the pivot, so choose it at random" },
        { kind: "list", messageId: "a1", level: 1, marker: "3.", html: "Mergesort is stable" },
        { kind: "list", messageId: "a1", level: 1, marker: "☑", html: "稳定排序：相等元素的相对顺序不变" },
        { kind: "quote", messageId: "a1", quoteDepth: 1, html: "Premature optimization is the root of all evil." },
        { kind: "quote", messageId: "a1", quoteDepth: 1, html: "— Donald Knuth" },
        { kind: "code", messageId: "a1", language: "python", code: "def merge(a, b):\n    out = []\n    while a and b:\n        out.append((a if a[0] <= b[0] else b).pop(0))\n    return out + a + b   # what is left over is sorted already, and it goes to the very end of the list" },
        { kind: "table", messageId: "a1", table: { header: ["Property", "Quicksort", "Mergesort"], rows: [["Average", "O(n log n)", "O(n log n)"], ["Worst", "O(n²)", "O(n log n)"], ["Stable", "no", "<b>yes</b>"]], align: ["left", "right", "right"] } },
        { kind: "rule", messageId: "a1" },
        { kind: "math", messageId: "a1", html: "T(n) = 2·T(n⁄2) + Θ(n)" },
        { kind: "image", messageId: "a1", plain: "a tree of calls", source: "![a tree of calls](https://example.org/tree.png)" },
        { kind: "footer", messageId: "a1", status: "stopped", feedback: 1, versionIndex: 1, versionCount: 2, footer: { model: "playground/echo", tokens: "1,204 tokens", cost: "US$0.0031", firstToken: "0.4 s", speed: "82 tok/s", finish: "stop", time: "14:02" } },
        { kind: "user", messageId: "u2", role: "user", first: true, plain: "谢谢！再给一个更短的版本。" },
        { kind: "paragraph", messageId: "a2", first: true, html: "好的：快速排序就地、平均最快；归并排序稳定、最坏情况也有保证。" },
        { kind: "error", messageId: "a2", errorText: "The provider refused the key (401).", errorHint: "Check the key under Providers, then try again." }
    ].map(row).reverse();
}

const markdown = `# How to sort

Both **divide and conquer**, but *where* the work happens differs; \`partition()\` goes first. See [the reference](https://example.org).

1. Choose a pivot
2. Partition
   - smaller to the left
   - larger to the right
3. Recurse

- [x] done
- [ ] open

> Premature optimization is the root of all evil.
>
> > 过早优化是万恶之源。

\`\`\`cpp
#include <vector>
// Sorts in place.
template <class T> void quicksort(std::vector<T>& values, int low, int high) {
    if (low >= high) return;
    const int pivot = partition(values, low, high); // a long comment that makes the line scroll sideways
    quicksort(values, low, pivot - 1);
    quicksort(values, pivot + 1, high);
}
\`\`\`

| Property | Quicksort | Mergesort |
|:--|--:|:-:|
| Average | O(n log n) | O(n log n) |
| Worst | O(n²) | O(n log n) |
| Stable | no | **yes** |

---

$$\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}$$

![a tree](https://example.org/tree.png)

Last words, 最后一段。`;
