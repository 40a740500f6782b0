#include "app/desktop/markdown/latex_symbols.h"

#include <QSet>

namespace patchbay::latex {

namespace {

struct Pair {
    const char* name;
    const char16_t* text;
};

// clang-format off
constexpr Pair kSymbols[] = {
    {"alpha", u"α"}, {"beta", u"β"}, {"gamma", u"γ"}, {"delta", u"δ"}, {"epsilon", u"ϵ"}, {"varepsilon", u"ε"},
    {"zeta", u"ζ"}, {"eta", u"η"}, {"theta", u"θ"}, {"vartheta", u"ϑ"}, {"iota", u"ι"}, {"kappa", u"κ"},
    {"lambda", u"λ"}, {"mu", u"μ"}, {"nu", u"ν"}, {"xi", u"ξ"}, {"omicron", u"ο"}, {"pi", u"π"}, {"varpi", u"ϖ"},
    {"rho", u"ρ"}, {"varrho", u"ϱ"}, {"sigma", u"σ"}, {"varsigma", u"ς"}, {"tau", u"τ"}, {"upsilon", u"υ"},
    {"phi", u"ϕ"}, {"varphi", u"φ"}, {"chi", u"χ"}, {"psi", u"ψ"}, {"omega", u"ω"},
    {"Gamma", u"Γ"}, {"Delta", u"Δ"}, {"Theta", u"Θ"}, {"Lambda", u"Λ"}, {"Xi", u"Ξ"}, {"Pi", u"Π"},
    {"Sigma", u"Σ"}, {"Upsilon", u"Υ"}, {"Phi", u"Φ"}, {"Psi", u"Ψ"}, {"Omega", u"Ω"},
    {"sum", u"∑"}, {"prod", u"∏"}, {"coprod", u"∐"}, {"int", u"∫"}, {"iint", u"∬"}, {"iiint", u"∭"}, {"oint", u"∮"},
    {"bigcup", u"⋃"}, {"bigcap", u"⋂"}, {"bigoplus", u"⨁"}, {"bigotimes", u"⨂"}, {"bigvee", u"⋁"}, {"bigwedge", u"⋀"},
    {"infty", u"∞"}, {"partial", u"∂"}, {"nabla", u"∇"}, {"forall", u"∀"}, {"exists", u"∃"}, {"nexists", u"∄"},
    {"emptyset", u"∅"}, {"varnothing", u"∅"}, {"hbar", u"ℏ"}, {"ell", u"ℓ"}, {"Re", u"ℜ"}, {"Im", u"ℑ"}, {"aleph", u"ℵ"},
    {"angle", u"∠"}, {"triangle", u"△"}, {"square", u"□"}, {"Box", u"□"}, {"blacksquare", u"■"}, {"qed", u"∎"},
    {"degree", u"°"}, {"prime", u"′"}, {"dagger", u"†"}, {"ddagger", u"‡"}, {"checkmark", u"✓"}, {"star", u"⋆"},
    {"bullet", u"•"}, {"circ", u"∘"}, {"ast", u"∗"}, {"neg", u"¬"}, {"lnot", u"¬"}, {"top", u"⊤"}, {"bot", u"⊥"},
    {"ldots", u"…"}, {"dots", u"…"}, {"dotsc", u"…"}, {"cdots", u"⋯"}, {"dotsb", u"⋯"}, {"vdots", u"⋮"}, {"ddots", u"⋱"},
    {"langle", u"⟨"}, {"rangle", u"⟩"}, {"lfloor", u"⌊"}, {"rfloor", u"⌋"}, {"lceil", u"⌈"}, {"rceil", u"⌉"},
    {"lvert", u"|"}, {"rvert", u"|"}, {"vert", u"|"}, {"lVert", u"‖"}, {"rVert", u"‖"}, {"Vert", u"‖"},
    {"lbrace", u"{"}, {"rbrace", u"}"}, {"lbrack", u"["}, {"rbrack", u"]"}, {"backslash", u"\\"}, {"imath", u"ı"}, {"jmath", u"ȷ"},
    {"quad", u"  "}, {"qquad", u"    "}, {"space", u" "}, {"cdot", u"·"}, {"colon", u":"}, {"S", u"§"}, {"P", u"¶"},
    {"flat", u"♭"}, {"sharp", u"♯"}, {"natural", u"♮"}, {"surd", u"√"}, {"wp", u"℘"}, {"mho", u"℧"}, {"copyright", u"©"},
    {"pounds", u"£"}, {"euro", u"€"}, {"dag", u"†"}, {"textbackslash", u"\\"}, {"AA", u"Å"}, {"aa", u"å"}, {"ss", u"ß"},
    // relations and binary operators
    {"le", u" ≤ "}, {"leq", u" ≤ "}, {"leqslant", u" ≤ "}, {"ge", u" ≥ "}, {"geq", u" ≥ "}, {"geqslant", u" ≥ "},
    {"ne", u" ≠ "}, {"neq", u" ≠ "}, {"ll", u" ≪ "}, {"gg", u" ≫ "}, {"lt", u" < "}, {"gt", u" > "}, {"approx", u" ≈ "},
    {"equiv", u" ≡ "}, {"sim", u" ∼ "}, {"simeq", u" ≃ "}, {"cong", u" ≅ "}, {"propto", u" ∝ "}, {"doteq", u" ≐ "},
    {"triangleq", u" ≜ "}, {"coloneqq", u" ≔ "}, {"asymp", u" ≍ "}, {"prec", u" ≺ "}, {"succ", u" ≻ "}, {"preceq", u" ⪯ "}, {"succeq", u" ⪰ "},
    {"in", u" ∈ "}, {"notin", u" ∉ "}, {"ni", u" ∋ "}, {"subset", u" ⊂ "}, {"subseteq", u" ⊆ "}, {"subsetneq", u" ⊊ "},
    {"supset", u" ⊃ "}, {"supseteq", u" ⊇ "}, {"cup", u" ∪ "}, {"cap", u" ∩ "}, {"setminus", u" ∖ "}, {"uplus", u" ⊎ "},
    {"sqcup", u" ⊔ "}, {"sqcap", u" ⊓ "}, {"land", u" ∧ "}, {"wedge", u" ∧ "}, {"lor", u" ∨ "}, {"vee", u" ∨ "},
    {"oplus", u" ⊕ "}, {"ominus", u" ⊖ "}, {"otimes", u" ⊗ "}, {"odot", u" ⊙ "}, {"oslash", u" ⊘ "},
    {"times", u" × "}, {"div", u" ÷ "}, {"pm", u" ± "}, {"mp", u" ∓ "}, {"bmod", u" mod "}, {"mod", u" mod "},
    {"mid", u" | "}, {"nmid", u" ∤ "}, {"parallel", u" ∥ "}, {"nparallel", u" ∦ "}, {"perp", u" ⊥ "},
    {"vdash", u" ⊢ "}, {"dashv", u" ⊣ "}, {"models", u" ⊨ "}, {"vDash", u" ⊨ "}, {"therefore", u" ∴ "}, {"because", u" ∵ "},
    {"to", u" → "}, {"rightarrow", u" → "}, {"longrightarrow", u" ⟶ "}, {"leftarrow", u" ← "}, {"gets", u" ← "},
    {"longleftarrow", u" ⟵ "}, {"leftrightarrow", u" ↔ "}, {"longleftrightarrow", u" ⟷ "}, {"uparrow", u" ↑ "}, {"downarrow", u" ↓ "},
    {"updownarrow", u" ↕ "}, {"Rightarrow", u" ⇒ "}, {"Longrightarrow", u" ⟹ "}, {"implies", u" ⟹ "}, {"Leftarrow", u" ⇐ "},
    {"impliedby", u" ⟸ "}, {"Leftrightarrow", u" ⇔ "}, {"iff", u" ⟺ "}, {"Longleftrightarrow", u" ⟺ "}, {"mapsto", u" ↦ "},
    {"longmapsto", u" ⟼ "}, {"hookrightarrow", u" ↪ "}, {"hookleftarrow", u" ↩ "}, {"rightharpoonup", u" ⇀ "}, {"rightleftharpoons", u" ⇌ "},
    {"leadsto", u" ⇝ "}, {"rightsquigarrow", u" ⇝ "}, {"nearrow", u" ↗ "}, {"searrow", u" ↘ "}, {"upharpoonright", u" ↾ "},
    {"ltimes", u" ⋉ "}, {"rtimes", u" ⋊ "}, {"bowtie", u" ⋈ "}, {"diamond", u"⋄"}, {"trianglelefteq", u" ⊴ "}, {"lesssim", u" ≲ "}, {"gtrsim", u" ≳ "},
};
constexpr char16_t kSuperscriptFrom[] = u"0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφϕχ′'";
constexpr char16_t kSuperscriptTo[] =   u"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵠᵡ′′";
constexpr char16_t kSubscriptFrom[] = u"0123456789+-−=()aehijklmnoprstuvxβγρφϕχ";
constexpr char16_t kSubscriptTo[] =   u"₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵩᵪ";
// clang-format on
static_assert(sizeof(kSuperscriptFrom) == sizeof(kSuperscriptTo));
static_assert(sizeof(kSubscriptFrom) == sizeof(kSubscriptTo));

QString mapped(const QString& text, const char16_t* from, const char16_t* to, size_t count) {
    QString result;
    for (const QChar character : text) {
        if (character == u' ')
            continue;
        size_t i = 0;
        while (i < count && from[i] != character.unicode())
            ++i;
        if (i == count)
            return {};
        result += QChar(to[i]);
    }
    return result;
}

} // namespace

const QHash<QString, QString>& symbols() {
    static const QHash<QString, QString> table = [] {
        QHash<QString, QString> result;
        for (const Pair& pair : kSymbols)
            result.insert(QString::fromLatin1(pair.name), QString::fromUtf16(pair.text));
        return result;
    }();
    return table;
}

bool isFunctionName(const QString& command) {
    static const QSet<QString> names = [] {
        const QString all = QStringLiteral(
            "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp lim limsup liminf max min "
            "sup inf arg det dim ker deg gcd hom Pr tr rank");
        const QStringList list = all.split(u' ');
        return QSet<QString>(list.begin(), list.end());
    }();
    return names.contains(command);
}

QString superscript(const QString& text) {
    return mapped(text, kSuperscriptFrom, kSuperscriptTo, sizeof(kSuperscriptFrom) / sizeof(char16_t) - 1);
}

QString subscript(const QString& text) {
    return mapped(text, kSubscriptFrom, kSubscriptTo, sizeof(kSubscriptFrom) / sizeof(char16_t) - 1);
}

QString blackboard(const QString& text) {
    QString result;
    for (const QChar character : text) {
        switch (character.unicode()) {
        case u'C':
            result += u'ℂ';
            break;
        case u'H':
            result += u'ℍ';
            break;
        case u'N':
            result += u'ℕ';
            break;
        case u'P':
            result += u'ℙ';
            break;
        case u'Q':
            result += u'ℚ';
            break;
        case u'R':
            result += u'ℝ';
            break;
        case u'Z':
            result += u'ℤ';
            break;
        default:
            if (character >= u'A' && character <= u'Z') {
                const char32_t code = 0x1D538 + (character.unicode() - u'A');
                result += QString::fromUcs4(&code, 1);
            } else if (character == u'1') {
                const char32_t code = 0x1D7D9;
                result += QString::fromUcs4(&code, 1);
            } else {
                result += character;
            }
        }
    }
    return result;
}

QChar accent(const QString& command) {
    static const QHash<QString, char16_t> table{
        {QStringLiteral("hat"), 0x302},      {QStringLiteral("widehat"), 0x302},  {QStringLiteral("bar"), 0x304},
        {QStringLiteral("overline"), 0x305}, {QStringLiteral("tilde"), 0x303},    {QStringLiteral("widetilde"), 0x303},
        {QStringLiteral("dot"), 0x307},      {QStringLiteral("ddot"), 0x308},     {QStringLiteral("vec"), 0x20D7},
        {QStringLiteral("acute"), 0x301},    {QStringLiteral("grave"), 0x300},    {QStringLiteral("check"), 0x30C},
        {QStringLiteral("breve"), 0x306},    {QStringLiteral("mathring"), 0x30A}, {QStringLiteral("underline"), 0x332},
    };
    return QChar(table.value(command, 0));
}

} // namespace patchbay::latex
