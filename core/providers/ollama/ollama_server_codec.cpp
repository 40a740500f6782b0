// Ollama towards a client.
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/json_writer.h"
#include "providers/ollama/ollama_codec.h"
#include "providers/ollama/ollama_common.h"
#include "providers/ollama/ollama_reply_encoder.h"
#include "providers/ollama/ollama_request_decoder.h"

namespace patchbay {
namespace {

using namespace ollama;

ClientReply jsonReply(const json::object& body, int status = 200) {
    return {.status = status, .body = writeJson(body)};
}

// Ollama's command line cuts the digest to 12 characters, so there must be one. There is no file behind the model: the
// digest is made of its name (FNV-1a, 64 bits, four seeds).
std::string digestOf(std::string_view name) {
    std::string digest;
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
        std::uint64_t hash = 0xcbf29ce484222325ULL + seed;
        for (const char c : name)
            hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ULL;
        digest += fmt::format("{:016x}", hash);
    }
    return digest;
}

json::object detailsOf(const ModelInfo& model) {
    json::object details{{"parent_model", ""},        {"format", ""},         {"family", model.ownedBy},
                         {"families", json::array{}}, {"parameter_size", ""}, {"quantization_level", ""}};
    if (model.contextWindow)
        details["context_length"] = *model.contextWindow;
    return details;
}

json::array capabilitiesOf(const ModelInfo& model) {
    json::array result;
    const auto has = [&](std::string_view name) {
        return std::ranges::find(model.capabilities, name) != model.capabilities.end();
    };
    result.emplace_back(has("embedding") ? "embedding" : "completion");
    for (const auto& [ours, theirs] : {std::pair{"tools", "tools"}, {"vision", "vision"}, {"reasoning", "thinking"}})
        if (has(ours))
            result.emplace_back(theirs);
    return result;
}

json::object listedModel(const ModelInfo& model) {
    return {{"name", model.id},
            {"model", model.id},
            {"modified_at", timeText(model.created)},
            {"size", 0},
            {"digest", digestOf(model.id)},
            {"details", detailsOf(model)},
            {"capabilities", capabilitiesOf(model)}};
}

// In the shortest form of a float: as a double, 0.1f would take 19 characters.
void appendVector(std::string& out, const std::vector<float>& vector) {
    out.push_back('[');
    for (const float value : vector) {
        std::array<char, 32> buffer;
        const float finite = std::isfinite(value) ? value : 0.0F;
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), finite).ptr;
        if (out.back() != '[')
            out.push_back(',');
        out.append(buffer.data(), end);
    }
    out.push_back(']');
}

class OllamaServerCodec final : public ServerCodec {
public:
    Result<ChatRequest> decodeChat(const ClientRequest& request) const override { return decodeRequest(request); }

    std::unique_ptr<ReplyEncoder> chatEncoder(const ChatRequest& request, ReplyIdentity identity) const override {
        return std::make_unique<OllamaReplyEncoder>(identity, isGenerate(request));
    }

    ClientReply encodeReply(const ChatRequest& request, const ReplyIdentity& identity,
                            const ChatReply& reply) const override {
        return jsonReply(wholeReply(identity, reply, isGenerate(request)));
    }

    ClientReply encodeError(const Error& error, std::string_view requestId) const override {
        ClientReply reply = jsonReply({{"error", error.message}}, error.httpStatus());
        if (!requestId.empty())
            reply.headers.push_back({"x-request-id", std::string(requestId)});
        if (error.retryAfter) {
            const auto seconds = std::ceil(std::chrono::duration<double>(*error.retryAfter).count());
            reply.headers.push_back({"retry-after", std::to_string(static_cast<std::int64_t>(seconds))});
        }
        return reply;
    }

    ClientReply encodeModels(const std::vector<ModelInfo>& models) const override {
        json::array list;
        for (const ModelInfo& model : models)
            list.emplace_back(listedModel(model));
        return jsonReply({{"models", std::move(list)}});
    }

    ClientReply encodeModel(const ModelInfo& model) const override {
        json::object info{{"general.architecture", "patchbay"}};
        if (model.contextWindow)
            info["patchbay.context_length"] = *model.contextWindow;
        return jsonReply({{"license", ""},
                          {"modelfile", ""},
                          {"parameters", ""},
                          {"template", ""},
                          {"details", detailsOf(model)},
                          {"model_info", std::move(info)},
                          {"capabilities", capabilitiesOf(model)},
                          {"modified_at", timeText(model.created)}});
    }

    Result<EmbeddingRequest> decodeEmbedding(const ClientRequest& source) const override {
        const auto body = requestObject(source.body);
        if (!body)
            return body.error();
        auto model = requiredModel(*body);
        if (!model)
            return model.error();
        EmbeddingRequest request{.model = std::move(*model), .dimensions = findInt(*body, "dimensions")};
        request.singleVector = source.path.ends_with("/api/embeddings");
        const char* const field = request.singleVector ? "prompt" : "input";
        const json::value* input = find(*body, field);
        if (!input)
            return invalidField(field, std::string(field) + " is required");
        const bool list = input->is_array() && !request.singleVector;
        for (const json::value& text : list ? input->get_array() : json::array{*input}) {
            if (!text.is_string())
                return invalidField(field, "invalid " + std::string(field) + " type: it must be text");
            request.input.emplace_back(toView(text.get_string()));
        }
        if (request.input.empty())
            return invalidField(field, std::string(field) + " is empty");
        return request;
    }

    ClientReply encodeEmbedding(const EmbeddingRequest& request, const EmbeddingReply& reply) const override {
        std::string body;
        if (request.singleVector) {
            body = "{\"embedding\":";
            appendVector(body, reply.embeddings.empty() ? std::vector<float>{} : reply.embeddings.front());
            return {.body = body.append("}")};
        }
        body = "{\"model\":";
        appendJsonString(body, request.model);
        body.append(",\"embeddings\":[");
        for (const std::vector<float>& vector : reply.embeddings) {
            if (body.back() == ']')
                body.push_back(',');
            appendVector(body, vector);
        }
        body.append("],\"total_duration\":0,\"load_duration\":0");
        if (reply.usage.inputTotal)
            body.append(",\"prompt_eval_count\":").append(std::to_string(*reply.usage.inputTotal));
        return {.body = body.append("}")};
    }

    Result<ChatRequest> decodeCountTokens(const ClientRequest&) const override {
        return makeError(ErrorCode::Unsupported, "Ollama's API has no call that counts tokens",
                         "Use Anthropic's /v1/messages/count_tokens or Gemini's countTokens.");
    }
    ClientReply encodeCountTokens(std::int64_t inputTokens) const override {
        return jsonReply({{"input_tokens", inputTokens}});
    }
};

} // namespace

const ServerCodec& ollamaServerCodec() {
    static const OllamaServerCodec codec;
    return codec;
}

bool isOllamaLoadRequest(const ChatRequest& request) {
    return request.messages.empty();
}

ClientReply ollamaLoadReply(const ChatRequest& request, const ReplyIdentity& identity) {
    const json::value* keepAlive = find(request.extra, "keep_alive");
    const bool unload = keepAlive && (*keepAlive == 0 || *keepAlive == "0" || *keepAlive == "0s" || *keepAlive == "0m");
    json::object body{{"model", identity.model}, {"created_at", timeText(identity.created)}};
    if (isGenerate(request))
        body["response"] = "";
    else
        body["message"] = json::object{{"role", "assistant"}, {"content", ""}};
    body["done"] = true;
    body["done_reason"] = unload ? "unload" : "load";
    return jsonReply(body);
}

Result<std::string> decodeOllamaShow(const ClientRequest& request) {
    const auto body = requestObject(request.body);
    if (!body)
        return body.error();
    return requiredModel(*body);
}

ClientReply encodeOllamaVersion(std::string_view version) {
    return jsonReply({{"version", json::string_view(version.data(), version.size())}});
}

ClientReply encodeOllamaRunning(const std::vector<ModelInfo>& models) {
    json::array list;
    for (const ModelInfo& model : models) {
        json::object item = listedModel(model);
        item.erase("modified_at");
        item.erase("capabilities");
        item["expires_at"] = timeText(0);
        item["size_vram"] = 0;
        if (model.contextWindow)
            item["context_length"] = *model.contextWindow;
        list.emplace_back(std::move(item));
    }
    return jsonReply({{"models", std::move(list)}});
}

} // namespace patchbay
