// The two directions of a wire format. A ClientCodec speaks to a vendor: ChatRequest -> bytes, bytes -> ChatEvents.
// A ServerCodec is the vendor towards a client: bytes -> ChatRequest, ChatEvents -> bytes. Both are pure (no socket, no
// clock, no loop); every format maps to and from the chat values only, never to another format.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "chat/chat_event.h"
#include "chat/chat_handler.h"
#include "chat/chat_request.h"
#include "chat/reply_builder.h"

namespace patchbay {

enum class WireFormat : std::uint8_t { OpenAiChat, OpenAiResponses, Anthropic, Ollama, Gemini };
/// "openai", "openai-responses", "anthropic", "ollama", "gemini"
std::string_view wireFormatName(WireFormat format);
/// Accepts the names above.
std::optional<WireFormat> wireFormatFromName(std::string_view name);

struct Header {
    std::string name;
    std::string value;
    bool operator==(const Header&) const = default;
};
using Headers = std::vector<Header>;
/// Case-insensitive; nullptr when absent.
const std::string* findHeader(const Headers& headers, std::string_view name);

/// How an OpenAI-compatible (or other) vendor deviates from its format; rows in vendors.cpp, chosen by name or by host.
struct VendorQuirks {
    std::string_view vendor = "generic";        ///< "openai", "deepseek", "mistral", "groq", "openrouter", "xai", …
    std::string_view maxTokensField = "max_tokens"; ///< or "max_completion_tokens"
    bool sendsStreamOptions = true;             ///< stream_options.include_usage is understood
    bool sendsParallelToolCalls = true;
    bool sendsDeveloperRole = false;            ///< else developer messages go as system
    bool sendsJsonSchema = true;                ///< response_format json_schema; else json_object plus the schema in the prompt
    bool sendsToolChoice = true;
    bool reasoningOutsideCompletion = false;    ///< xAI: completion_tokens excludes reasoning
    int toolCallIdLength = 0;                   ///< Mistral: ids must be 9 of [A-Za-z0-9]; 0 = any
    std::string_view reasoningField = "";       ///< field in which assistant reasoning is sent back; empty = not sent
    std::string_view authHeader = "authorization"; ///< Azure: "api-key" (bare value)
};

/// One provider as it is reached: base URL, key, quirks. Built from the configuration; never logged.
struct Endpoint {
    std::string provider; ///< the configured id
    WireFormat format = WireFormat::OpenAiChat;
    std::string baseUrl; ///< normalised by normalizeBaseUrl: what the vendor's own SDK takes, no trailing slash
    std::string key;     ///< empty = none is sent
    Headers headers;     ///< extra headers from the configuration
    VendorQuirks quirks;
    std::string proxy;   ///< URL; empty = the system's proxy; "none" = direct
    bool local = false;  ///< loopback or LAN: longer first-token clock
};

/// "/v1" belongs to the base URL of the OpenAI format and to no other; a superfluous "/v1" or slash is tolerated, a query
/// string (Azure's api-version) is kept. A bare OpenAI-format host with an empty path gets "/v1".
std::string normalizeBaseUrl(WireFormat format, std::string_view url);
/// base + path with exactly one slash between, before the base's query string.
std::string joinUrl(std::string_view base, std::string_view path);

/// A request to a vendor, ready to be sent.
struct WireRequest {
    std::string method = "POST";
    std::string url;
    Headers headers; ///< authorization included; content-type where there is a body
    std::string body;
};

/// The beginning of a vendor's answer.
struct WireReplyHead {
    int status = 200;
    Headers headers;
};

/// Reads one chat answer, streamed or not (it goes by the status and the content type of the head).
class ReplyDecoder {
public:
    virtual ~ReplyDecoder() = default;
    /// Bytes in any split; appends 0..n events. After an error the decoder must not be fed again.
    virtual Result<void> feed(std::string_view bytes, EventBatch& events) = 0;
    /// End of input; appends what was held back. Truncated input is an error, never a short success; an error answer
    /// (status >= 400, or an error inside a 200) is an error with `vendor` set.
    virtual Outcome finish(EventBatch& events) = 0;
    /// True once nothing more is expected ("[DONE]", message_stop, done:true): the reply can be finalised without waiting
    /// for the connection to close.
    virtual bool complete() const = 0;
};

struct ModelInfo {
    std::string id;
    std::string displayName;
    std::string ownedBy;
    std::int64_t created = 0; ///< Unix seconds; 0 = unknown
    std::optional<std::int64_t> contextWindow;
    std::optional<std::int64_t> maxOutput;
    std::vector<std::string> capabilities; ///< "tools", "vision", "json_schema", "reasoning", "embedding"
    bool operator==(const ModelInfo&) const = default;
};

struct EmbeddingRequest {
    std::string model;
    std::vector<std::string> input;
    std::vector<std::vector<std::int64_t>> tokenInput; ///< OpenAI's int[][]; then input is empty
    std::optional<std::int64_t> dimensions;
    std::string user;
    bool base64 = false; ///< the client asked for base64 (server side only)
    bool singleVector = false; ///< Ollama's older /api/embeddings: one prompt in, one vector out (server side only)
    bool operator==(const EmbeddingRequest&) const = default;
};

struct EmbeddingReply {
    std::string model;
    std::vector<std::vector<float>> embeddings;
    Usage usage;
    bool operator==(const EmbeddingReply&) const = default;
};

class ClientCodec {
public:
    virtual ~ClientCodec() = default;
    /// `request.model` is the upstream's model name. Fails (InvalidRequest, Unsupported) on what the format cannot carry.
    virtual Result<WireRequest> encodeChat(const ChatRequest& request, const Endpoint& endpoint) const = 0;
    virtual std::unique_ptr<ReplyDecoder> chatDecoder(const WireReplyHead& head, const ChatRequest& request,
                                                      const Endpoint& endpoint) const = 0;

    virtual WireRequest encodeListModels(const Endpoint& endpoint) const = 0;
    virtual Result<std::vector<ModelInfo>> decodeListModels(const WireReplyHead& head, std::string_view body) const = 0;

    /// Unsupported where the vendor has no embeddings (Anthropic).
    virtual Result<WireRequest> encodeEmbedding(const EmbeddingRequest& request, const Endpoint& endpoint) const = 0;
    virtual Result<EmbeddingReply> decodeEmbedding(const WireReplyHead& head, std::string_view body) const = 0;

    /// Unsupported where the vendor cannot count (OpenAI chat, Ollama); the caller then estimates.
    virtual Result<WireRequest> encodeCountTokens(const ChatRequest& request, const Endpoint& endpoint) const = 0;
    virtual Result<std::int64_t> decodeCountTokens(const WireReplyHead& head, std::string_view body) const = 0;
};

/// What a client sent, as far as a codec may look at it.
struct ClientRequest {
    std::string path;  ///< decoded path without query, for formats that name the model there (Gemini)
    std::string query; ///< raw
    Headers headers;
    std::string_view body;
};

/// An answer that is not a stream.
struct ClientReply {
    int status = 200;
    Headers headers; ///< beside content-type: application/json
    std::string body;
};

/// Identity of the reply towards the client: the client sees Patchbay's model name and ids, not the upstream's.
struct ReplyIdentity {
    std::string id;           ///< in the format's style; empty where the format has none
    std::string model;        ///< as the client asked for it
    std::int64_t created = 0; ///< Unix seconds
    std::string requestId = {}; ///< for errors in the stream; may be empty
};

/// Writes one streamed answer.
class ReplyEncoder {
public:
    virtual ~ReplyEncoder() = default;
    virtual std::string_view contentType() const = 0; ///< "text/event-stream; charset=utf-8" or "application/x-ndjson"
    /// Appends the bytes of an event; the format's opening frames come with the first.
    virtual void encode(const ChatEvent& event, std::string& out) = 0;
    /// Appends the closing frames ("[DONE]", message_stop, done line, response.completed with usage).
    virtual void finish(const ChatSummary& summary, std::string& out) = 0;
    /// Appends an error in the format's mid-stream form; nothing may follow.
    virtual void fail(const Error& error, std::string& out) = 0;
};

class ServerCodec {
public:
    virtual ~ServerCodec() = default;
    /// Errors are InvalidRequest with vendor.param naming the field.
    virtual Result<ChatRequest> decodeChat(const ClientRequest& request) const = 0;
    virtual std::unique_ptr<ReplyEncoder> chatEncoder(const ChatRequest& request, ReplyIdentity identity) const = 0;
    virtual ClientReply encodeReply(const ChatRequest& request, const ReplyIdentity& identity,
                                    const ChatReply& reply) const = 0;
    /// Status, body and headers (retry-after, request id, x-should-retry) in the format's own error shape.
    virtual ClientReply encodeError(const Error& error, std::string_view requestId) const = 0;

    virtual ClientReply encodeModels(const std::vector<ModelInfo>& models) const = 0;
    virtual ClientReply encodeModel(const ModelInfo& model) const = 0;

    virtual Result<EmbeddingRequest> decodeEmbedding(const ClientRequest& request) const = 0;
    virtual ClientReply encodeEmbedding(const EmbeddingRequest& request, const EmbeddingReply& reply) const = 0;

    /// The body of a count-tokens call as a chat request (Anthropic, Gemini).
    virtual Result<ChatRequest> decodeCountTokens(const ClientRequest& request) const = 0;
    virtual ClientReply encodeCountTokens(std::int64_t inputTokens) const = 0;
};

/// The codecs of every format; stateless and shared.
const ClientCodec& clientCodec(WireFormat format);
const ServerCodec& serverCodec(WireFormat format);

} // namespace patchbay
