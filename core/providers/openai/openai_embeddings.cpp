#include "providers/openai/openai_embeddings.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "providers/openai/openai_fields.h"
#include "providers/openai/openai_http.h"
#include "providers/openai/openai_usage.h"
#include "providers/vendor_error.h"

namespace patchbay {
namespace {

constexpr std::size_t kMaxInputs = 2048; // OpenAI's limit
constexpr std::int64_t kMaxDimensions = 1 << 20;

std::uint32_t littleEndian(std::uint32_t word) {
    if constexpr (std::endian::native == std::endian::little)
        return word;
    return (word >> 24U) | ((word >> 8U) & 0xFF00U) | ((word << 8U) & 0xFF0000U) | (word << 24U);
}

std::string packFloats(const std::vector<float>& values) {
    std::string bytes(values.size() * 4, '\0');
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::uint32_t word = littleEndian(std::bit_cast<std::uint32_t>(values[i]));
        std::memcpy(bytes.data() + i * 4, &word, 4);
    }
    return bytes;
}

std::optional<std::vector<float>> unpackFloats(std::string_view base64) {
    const auto bytes = base64Decode(base64);
    if (!bytes || bytes->size() % 4 != 0)
        return std::nullopt;
    std::vector<float> values(bytes->size() / 4);
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::uint32_t word = 0;
        std::memcpy(&word, bytes->data() + i * 4, 4);
        values[i] = std::bit_cast<float>(littleEndian(word));
    }
    return values;
}

std::optional<std::vector<float>> readVector(const json::value& value) {
    if (value.is_string())
        return unpackFloats(toView(value.get_string()));
    const json::array* numbers = value.if_array();
    if (!numbers)
        return std::nullopt;
    std::vector<float> values;
    values.reserve(numbers->size());
    for (const json::value& number : *numbers) {
        if (!number.is_number())
            return std::nullopt;
        values.push_back(static_cast<float>(number.to_number<double>()));
    }
    return values;
}

void appendFloat(std::string& out, float value) {
    if (!std::isfinite(value)) {
        out.push_back('0'); // JSON has no NaN, and a null in a vector breaks every reader
        return;
    }
    std::array<char, 32> buffer;
    out.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr);
}

json::value inputOf(const EmbeddingRequest& request) {
    json::array inputs;
    for (const std::string& text : request.input)
        inputs.emplace_back(text);
    for (const auto& tokens : request.tokenInput)
        inputs.emplace_back(json::array(tokens.begin(), tokens.end()));
    return inputs;
}

std::optional<std::vector<std::int64_t>> readTokens(const json::array& array) {
    std::vector<std::int64_t> tokens;
    for (const json::value& token : array) {
        if (!token.is_int64())
            return std::nullopt;
        tokens.push_back(token.get_int64());
    }
    return tokens;
}

void readInput(EmbeddingRequest& request, const json::value& input, RequestProblem& problem) {
    constexpr std::string_view kExpected = "a string, an array of strings or arrays of token numbers";
    if (input.is_string()) {
        request.input.emplace_back(toView(input.get_string()));
        return;
    }
    const json::array* items = input.if_array();
    if (!items)
        return problem.wrongType("input", kExpected, input);
    if (items->empty())
        return problem.report("input", "Invalid 'input': the array is empty.", "empty_array");
    if (items->size() > kMaxInputs && !items->front().is_number())
        return problem.report("input", "Invalid 'input': more than 2048 items.", "array_above_max_length");
    if (items->front().is_number()) {
        if (auto tokens = readTokens(*items))
            request.tokenInput.push_back(std::move(*tokens));
        else
            problem.wrongType("input", kExpected, input);
        return;
    }
    for (std::size_t i = 0; i < items->size(); ++i) {
        const json::value& item = (*items)[i];
        if (item.is_string() && request.tokenInput.empty()) {
            request.input.emplace_back(toView(item.get_string()));
            continue;
        }
        auto tokens = item.is_array() && request.input.empty() ? readTokens(item.get_array()) : std::nullopt;
        if (!tokens)
            return problem.wrongType(indexedPath("input", i), request.input.empty() ? kExpected : "a string", item);
        request.tokenInput.push_back(std::move(*tokens));
    }
}

} // namespace

WireRequest encodeOpenAiEmbedding(const EmbeddingRequest& request, const Endpoint& endpoint) {
    json::object body{{"model", request.model}, {"input", inputOf(request)}};
    // A third of the bytes; asked for only where it is known to be understood.
    if (endpoint.quirks.vendor == "openai" || endpoint.quirks.vendor == "azure")
        body["encoding_format"] = "base64";
    if (request.dimensions)
        body["dimensions"] = *request.dimensions;
    if (!request.user.empty())
        body["user"] = request.user;
    return openAiPost(endpoint, "/embeddings", writeJson(body));
}

Result<EmbeddingReply> decodeOpenAiEmbedding(const WireReplyHead& head, std::string_view body) {
    const auto answer = openAiAnswer(head, body);
    if (!answer)
        return answer.error();
    const json::object* object = answer->if_object();
    const json::array* data = object ? findArray(*object, "data") : nullptr;
    if (!data)
        return malformedReply("the embeddings have no data");
    EmbeddingReply reply{.model = std::string(stringOr(*object, "model"))};
    reply.embeddings.resize(data->size());
    std::vector<bool> filled(data->size());
    for (std::size_t i = 0; i < data->size(); ++i) {
        const json::object* entry = (*data)[i].if_object();
        const json::value* value = entry ? find(*entry, "embedding") : nullptr;
        auto vector = value ? readVector(*value) : std::nullopt;
        if (!vector)
            return malformedReply("an embedding is neither numbers nor base64");
        const auto index = static_cast<std::size_t>(findInt(*entry, "index").value_or(static_cast<std::int64_t>(i)));
        if (index >= data->size() || filled[index])
            return malformedReply("the embeddings' indexes are not 0, 1, 2 …");
        filled[index] = true;
        reply.embeddings[index] = std::move(*vector);
    }
    if (const json::object* usage = findObject(*object, "usage")) {
        reply.usage = decodeOpenAiUsage(*usage);
        if (reply.usage.inputTotal) {
            reply.usage.outputTotal = 0; // nothing is generated
            reply.usage.reasoning = 0;
        }
    }
    return reply;
}

Result<EmbeddingRequest> decodeOpenAiEmbeddingRequest(std::string_view text) {
    const auto body = parseOpenAiBody(text);
    if (!body)
        return body.error();
    RequestProblem problem;
    FieldReader fields(*body, {}, problem);
    EmbeddingRequest request{.model = fields.requiredString("model")};
    if (const json::value* input = fields.value("input"))
        readInput(request, *input, problem);
    else
        problem.missing("input");
    request.base64 = fields.choice("encoding_format", {"float", "base64"}).value_or("float") == "base64";
    request.dimensions = fields.integer("dimensions", 1, kMaxDimensions);
    request.user = fields.stringOrEmpty("user");
    for (std::size_t i = 0; i < request.input.size(); ++i)
        if (request.input[i].empty())
            problem.report("input", "Invalid 'input': an empty string cannot be embedded.", "empty_string");
    for (const auto& tokens : request.tokenInput)
        if (tokens.empty())
            problem.report("input", "Invalid 'input': an empty array of tokens cannot be embedded.", "empty_array");
    if (problem.found())
        return problem.error();
    return request;
}

ClientReply encodeOpenAiEmbeddingReply(const EmbeddingRequest& request, const EmbeddingReply& reply) {
    ClientReply result;
    std::string& out = result.body;
    out = R"({"object":"list","data":[)";
    for (std::size_t i = 0; i < reply.embeddings.size(); ++i) {
        out.append(i > 0 ? "," : "").append(R"({"object":"embedding","index":)").append(std::to_string(i));
        out.append(R"(,"embedding":)");
        if (request.base64) {
            out.append("\"").append(base64Encode(packFloats(reply.embeddings[i]))).append("\"}");
            continue;
        }
        out.push_back('[');
        for (std::size_t k = 0; k < reply.embeddings[i].size(); ++k) {
            if (k > 0)
                out.push_back(',');
            appendFloat(out, reply.embeddings[i][k]);
        }
        out.append("]}");
    }
    const std::string tokens = std::to_string(reply.usage.inputTotal.value_or(0));
    out.append(R"(],"model":)");
    appendJsonString(out, request.model); // as the client named it
    out.append(R"(,"usage":{"prompt_tokens":)").append(tokens).append(R"(,"total_tokens":)").append(tokens);
    out.append("}}");
    return result;
}

} // namespace patchbay
