// What an Ollama server can do beside answering: say what it has, what runs, and fetch models. Requests and readers,
// pure like the codecs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "providers/codec.h"
#include "wire/ndjson_reader.h"

namespace patchbay {

struct OllamaModelCard {
    std::string family;        ///< "qwen3"
    std::string parameterSize; ///< "8.2B"
    std::string quantization;  ///< "Q4_K_M"
    std::string license;
    std::string chatTemplate;
    std::vector<std::string>
        capabilities; ///< Ollama's words: completion, tools, insert, vision, embedding, thinking, …
    std::optional<std::int64_t> contextLength;
    std::optional<std::int64_t> embeddingLength;
    bool operator==(const OllamaModelCard&) const = default;
};

struct OllamaRunningModel {
    std::string name;
    std::int64_t sizeBytes = 0;
    std::int64_t vramBytes = 0;
    std::optional<std::int64_t> contextLength;
    std::int64_t expires = 0; ///< Unix seconds; 0 = unknown
    bool operator==(const OllamaRunningModel&) const = default;
};

struct OllamaPullProgress {
    std::string status; ///< "pulling manifest", "pulling a3de86cd1c13", …, "success"
    std::string digest; ///< of the layer; layers interleave
    std::optional<std::int64_t> total;
    std::int64_t completed = 0;
    bool operator==(const OllamaPullProgress&) const = default;
};

WireRequest encodeOllamaShow(const Endpoint& endpoint, std::string_view model);
WireRequest encodeOllamaRunningQuery(const Endpoint& endpoint);
WireRequest encodeOllamaVersionQuery(const Endpoint& endpoint);
WireRequest encodeOllamaPull(const Endpoint& endpoint, std::string_view model);
WireRequest encodeOllamaDelete(const Endpoint& endpoint, std::string_view model);

Result<OllamaModelCard> decodeOllamaModelCard(const WireReplyHead& head, std::string_view body);
Result<std::vector<OllamaRunningModel>> decodeOllamaRunning(const WireReplyHead& head, std::string_view body);
Result<std::string> decodeOllamaVersion(const WireReplyHead& head, std::string_view body);

/// Reads the progress of a pull, push or create.
class OllamaPullReader {
public:
    explicit OllamaPullReader(WireReplyHead head) : m_head(std::move(head)) {}
    Result<void> feed(std::string_view bytes, std::vector<OllamaPullProgress>& progress);
    /// Fails unless "success" was reported.
    Result<void> finish(std::vector<OllamaPullProgress>& progress);

private:
    Result<void> takeLine(std::string_view line, std::vector<OllamaPullProgress>& progress);

    WireReplyHead m_head;
    NdjsonReader m_reader;
    std::string m_errorBody;
    bool m_success = false;
};

} // namespace patchbay
