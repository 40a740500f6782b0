#include "base/bytes.h"

#include <array>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace patchbay {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> makeReverse() {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        table[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    return table;
}
constexpr auto kReverse = makeReverse();

} // namespace

std::string base64Encode(std::string_view bytes) {
    std::string result;
    result.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t k) {
            return i + k < bytes.size() ? std::uint32_t{static_cast<std::uint8_t>(bytes[i + k])} : 0U;
        };
        const std::uint32_t group = byte(0) << 16 | byte(1) << 8 | byte(2);
        result.push_back(kAlphabet[group >> 18]);
        result.push_back(kAlphabet[group >> 12 & 63]);
        result.push_back(i + 1 < bytes.size() ? kAlphabet[group >> 6 & 63] : '=');
        result.push_back(i + 2 < bytes.size() ? kAlphabet[group & 63] : '=');
    }
    return result;
}

std::optional<std::string> base64Decode(std::string_view text) {
    std::string result;
    result.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    int count = 0, padding = 0;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
            continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const int value = kReverse[static_cast<std::uint8_t>(c)];
        if (value < 0 || padding > 0)
            return std::nullopt;
        group = group << 6 | static_cast<std::uint32_t>(value);
        if (++count == 4) {
            result.push_back(static_cast<char>(group >> 16));
            result.push_back(static_cast<char>(group >> 8));
            result.push_back(static_cast<char>(group));
            group = 0;
            count = 0;
        }
    }
    if (count == 1 || padding > 2)
        return std::nullopt;
    if (count >= 2)
        result.push_back(static_cast<char>(group >> (count == 2 ? 4 : 10)));
    if (count == 3)
        result.push_back(static_cast<char>(group >> 2));
    return result;
}

std::string hexEncode(std::string_view bytes) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string result;
    result.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        result.push_back(kHex[static_cast<std::uint8_t>(c) >> 4]);
        result.push_back(kHex[static_cast<std::uint8_t>(c) & 15]);
    }
    return result;
}

std::string randomBytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (count > 0 && RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
        throw std::runtime_error("the operating system gave no random bytes");
    return bytes;
}

std::string alphanumericsIn(std::string_view randomBytes) {
    constexpr std::string_view kSet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr unsigned kUnbiased = 256 / kSet.size() * kSet.size();
    std::string result;
    for (const char c : randomBytes)
        if (static_cast<std::uint8_t>(c) < kUnbiased)
            result.push_back(kSet[static_cast<std::uint8_t>(c) % kSet.size()]);
    return result;
}

std::string randomAlphanumeric(std::size_t count) {
    std::string result;
    while (result.size() < count)
        result += alphanumericsIn(randomBytes(count - result.size()));
    return result;
}

bool constantTimeEquals(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace patchbay
