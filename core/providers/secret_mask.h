// Takes secrets out of what others wrote. A vendor that repeats a key often cuts it ("sk-abc…9Z ***") or encodes the
// header that it came in, so pieces and base64 forms count too.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace patchbay {

class SecretMask {
public:
    /// Short secrets are looked for as a whole only.
    explicit SecretMask(const std::vector<std::string_view>& secrets);
    /// Puts "…" for every secret, every piece of one of kPiece bytes or more, and the same of its base64 forms.
    void apply(std::string& text) const;

    static constexpr std::size_t kPiece = 16;

private:
    void add(std::string form);

    std::vector<std::string> m_forms;         // looked for as a whole
    std::unordered_set<std::string> m_pieces; // all pieces of kPiece bytes
};

} // namespace patchbay
