#include "base/strings.h"

#include <cstdint>
#include <cstring>

namespace patchbay {
namespace {

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct Sequence {
    std::size_t length; // bytes of the well-formed code point, or of the maximal ill-formed subpart
    bool valid;
};

// The table of well-formed UTF-8 byte sequences: Unicode 15, table 3-7.
Sequence nextSequence(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    if (first < 0x80)
        return {1, true};
    std::size_t length = 0;
    std::uint8_t low = 0x80, high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF)
        length = 2;
    else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        if (first == 0xE0)
            low = 0xA0;
        else if (first == 0xED)
            high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        if (first == 0xF0)
            low = 0x90;
        else if (first == 0xF4)
            high = 0x8F;
    } else
        return {1, false};
    for (std::size_t i = 1; i < length; ++i) {
        if (i >= text.size() || byte(i) < low || byte(i) > high)
            return {i, false};
        low = 0x80;
        high = 0xBF;
    }
    return {length, true};
}

} // namespace

std::string_view trim(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n\f\v";
    const auto begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

bool equalsIgnoreCase(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

std::string toLowerAscii(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = lower(c);
    return result;
}

bool startsWithIgnoreCase(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && equalsIgnoreCase(text.substr(0, prefix.size()), prefix);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    for (;;) {
        const auto end = text.find(separator);
        pieces.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return pieces;
        text.remove_prefix(end + 1);
    }
}

std::string percentDecode(std::string_view text, bool plusIsSpace) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0 && hexValue(text[i + 2]) >= 0) {
            result.push_back(static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2])));
            i += 2;
        } else
            result.push_back(plusIsSpace && text[i] == '+' ? ' ' : text[i]);
    }
    return result;
}

std::string percentEncode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);
        const bool unreserved = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                                c == '.' || c == '_' || c == '~';
        if (unreserved)
            result.push_back(c);
        else {
            result.push_back('%');
            result.push_back(kHex[byte >> 4]);
            result.push_back(kHex[byte & 15]);
        }
    }
    return result;
}

bool isValidUtf8(std::string_view text) {
    while (!text.empty()) {
        // Most text is ASCII, and every event passes here: eight bytes at a time.
        for (std::uint64_t block = 0; text.size() >= sizeof block; text.remove_prefix(sizeof block)) {
            std::memcpy(&block, text.data(), sizeof block);
            if (block & 0x8080808080808080ULL)
                break;
        }
        if (text.empty())
            break;
        const Sequence sequence = nextSequence(text);
        if (!sequence.valid)
            return false;
        text.remove_prefix(sequence.length);
    }
    return true;
}

std::string repairUtf8(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Sequence sequence = nextSequence(text);
        if (sequence.valid)
            result.append(text.substr(0, sequence.length));
        else
            result.append("\xEF\xBF\xBD");
        text.remove_prefix(sequence.length);
    }
    return result;
}

std::string_view truncateUtf8(std::string_view text, std::size_t maxBytes) {
    if (text.size() <= maxBytes)
        return text;
    while (maxBytes > 0 && (static_cast<std::uint8_t>(text[maxBytes]) & 0xC0) == 0x80)
        --maxBytes;
    return text.substr(0, maxBytes);
}

std::string maskSecret(std::string_view secret) {
    if (secret.size() < 12)
        return "…";
    return std::string(secret.substr(0, 3)) + "…" + std::string(secret.substr(secret.size() - 4));
}

} // namespace patchbay
