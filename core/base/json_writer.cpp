#include "base/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/strings.h"

namespace patchbay {
namespace {

template <class Number> void appendNumber(std::string& out, Number number) {
    std::array<char, 40> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    out.append(buffer.data(), end);
}

/// Whether one of eight bytes needs an escape: below 0x20, a quote or a backslash. Exact: a subtraction borrows from
/// the next byte only where it has found one (H. S. Warren, Hacker's Delight, section 6-1).
bool needsEscape(std::uint64_t word) {
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
    constexpr std::uint64_t kHighs = 0x8080808080808080ULL;
    const auto hasZero = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & kHighs; };
    const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHighs;
    return (control | hasZero(word ^ kOnes * '"') | hasZero(word ^ kOnes * '\\')) != 0;
}

void appendEscaped(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        // Nearly all text needs no escape; eight bytes at a time it costs a tenth.
        for (std::uint64_t word = 0; text.size() - i >= sizeof(word); i += sizeof(word)) {
            std::memcpy(&word, text.data() + i, sizeof(word));
            if (needsEscape(word))
                break;
        }
        if (i == text.size())
            break;
        const auto byte = static_cast<std::uint8_t>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        out.append(text.substr(copied, i - copied));
        copied = i + 1;
        switch (byte) {
        case '"': out.append("\\\""); break;
        case '\\': out.append("\\\\"); break;
        case '\n': out.append("\\n"); break;
        case '\r': out.append("\\r"); break;
        case '\t': out.append("\\t"); break;
        default:
            out.append("\\u00");
            out.push_back(kHex[byte >> 4]);
            out.push_back(kHex[byte & 15]);
        }
    }
    out.append(text.substr(copied));
}

struct Layout {
    bool pretty = false;
    int depth = 0;
    void newLine(std::string& out) const {
        if (pretty)
            out.append("\n").append(static_cast<std::size_t>(depth) * 2, ' ');
    }
};

void append(std::string& out, const json::value& value, Layout& layout);

void appendArray(std::string& out, const json::array& array, Layout& layout) {
    out.push_back('[');
    ++layout.depth;
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (i > 0)
            out.push_back(',');
        layout.newLine(out);
        append(out, array[i], layout);
    }
    --layout.depth;
    if (!array.empty())
        layout.newLine(out);
    out.push_back(']');
}

void appendObject(std::string& out, const json::object& object, Layout& layout) {
    out.push_back('{');
    ++layout.depth;
    bool first = true;
    for (const auto& [key, member] : object) {
        if (!first)
            out.push_back(',');
        first = false;
        layout.newLine(out);
        appendJsonString(out, toView(key));
        out.append(layout.pretty ? ": " : ":");
        append(out, member, layout);
    }
    --layout.depth;
    if (!first)
        layout.newLine(out);
    out.push_back('}');
}

void append(std::string& out, const json::value& value, Layout& layout) {
    switch (value.kind()) {
    case json::kind::null: out.append("null"); return;
    case json::kind::bool_: out.append(value.get_bool() ? "true" : "false"); return;
    case json::kind::int64: appendNumber(out, value.get_int64()); return;
    case json::kind::uint64: appendNumber(out, value.get_uint64()); return;
    case json::kind::double_:
        if (std::isfinite(value.get_double()))
            appendNumber(out, value.get_double());
        else
            out.append("null");
        return;
    case json::kind::string: appendJsonString(out, toView(value.get_string())); return;
    case json::kind::array: appendArray(out, value.get_array(), layout); return;
    case json::kind::object: appendObject(out, value.get_object(), layout); return;
    }
}

} // namespace

void appendJson(std::string& out, const json::value& value) {
    Layout layout;
    append(out, value, layout);
}

std::string writeJson(const json::value& value) {
    std::string out;
    appendJson(out, value);
    return out;
}

std::string writeJsonPretty(const json::value& value) {
    std::string out;
    Layout layout{.pretty = true};
    append(out, value, layout);
    return out;
}

void appendJsonString(std::string& out, std::string_view text) {
    out.push_back('"');
    if (isValidUtf8(text))
        appendEscaped(out, text);
    else
        appendEscaped(out, repairUtf8(text));
    out.push_back('"');
}

} // namespace patchbay
