#include "base/ids.h"

#include <fmt/format.h>

#include "base/bytes.h"

namespace patchbay {
namespace {

constexpr std::size_t kRandomBlock = 1024;

} // namespace

std::string IdGenerator::random(std::size_t count) {
    if (m_random.size() < count)
        m_random = randomBytes(kRandomBlock);
    std::string bytes = m_random.substr(m_random.size() - count);
    m_random.resize(m_random.size() - count);
    return bytes;
}

std::string IdGenerator::next() {
    const std::string bytes = random(10);
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<std::uint8_t>(bytes[i])}; };
    std::int64_t milliseconds = toUnixMilliseconds(m_clock.wallNow());
    // rand_a is a counter within the millisecond (RFC 9562 section 6.2, method 1); when it overflows, time is borrowed.
    if (milliseconds > m_lastMilliseconds) {
        m_counter = static_cast<std::uint32_t>(byte(8)); // starts low, leaving room to count
    } else {
        milliseconds = m_lastMilliseconds;
        if (++m_counter > 0xFFF) {
            ++milliseconds;
            m_counter = 0;
        }
    }
    m_lastMilliseconds = milliseconds;
    std::uint64_t low = 0;
    for (std::size_t i = 0; i < 8; ++i)
        low = low << 8 | byte(i);
    const std::uint64_t variant = (low & 0x3FFF'FFFF'FFFF'FFFFULL) | 0x8000'0000'0000'0000ULL;
    const auto time = static_cast<std::uint64_t>(milliseconds) & 0xFFFF'FFFF'FFFFULL;
    return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", time >> 16, time & 0xFFFF, m_counter, variant >> 48,
                       variant & 0xFFFF'FFFF'FFFFULL);
}

std::string IdGenerator::nextToken(std::string_view prefix) {
    std::string token(prefix);
    const std::size_t length = prefix.size() + 24;
    while (token.size() < length)
        token += alphanumericsIn(random(length - token.size()));
    return token;
}

bool isUuid(std::string_view text) {
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex)
            return false;
    }
    return true;
}

} // namespace patchbay
