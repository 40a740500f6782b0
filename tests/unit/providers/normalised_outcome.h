// The outcome of reading a vendor's answer in the vocabulary of tests/fixtures/wire/README.md ("Format of
// expected.json"), so that every format can be held against one kind of expectation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/codec.h"

namespace patchbay::test {

/// A fixture as the manifest describes it, with the answer's head and body taken apart.
struct Fixture {
    std::string file;
    std::string api; ///< "openai-chat", "ollama-pull", …
    WireFormat format = WireFormat::OpenAiChat;
    VendorQuirks quirks;
    WireReplyHead head;
    std::string body;
    bool stream = false;
    std::int64_t choices = 1;
    json::object expected;

    bool isChat() const;
};

/// Every entry of manifest.json; fails the test run when a file is missing.
std::vector<Fixture> loadFixtures(const std::string& folder);

/// Feeds `pieces` to the codec of the fixture and normalises what came out. With `stopWhenComplete`, nothing is fed
/// after the decoder said that it is complete, as the client does.
json::object chatOutcome(const Fixture& fixture, const std::vector<std::string_view>& pieces,
                         bool stopWhenComplete = false);
/// The same for the calls beside chat: models, embeddings, token counts, batches, Ollama's administration.
json::object callOutcome(const Fixture& fixture, const std::vector<std::string_view>& pieces);

/// The first difference, empty if there is none. Members of the error object that `expected` lacks are not compared;
/// numbers are compared by value.
std::string difference(const json::object& expected, const json::object& actual);

} // namespace patchbay::test
