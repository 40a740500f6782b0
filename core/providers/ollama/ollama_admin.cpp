#include "providers/ollama/ollama_admin.h"

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/ollama/ollama_common.h"
#include "providers/vendor_error.h"

namespace patchbay {
namespace {

using namespace ollama;

constexpr std::size_t kMaxErrorBytes = 1U << 20U;

std::string modelBody(std::string_view model) {
    return writeJson(json::object{{"model", json::string_view(model.data(), model.size())}});
}

Error noSuccess() {
    Error error = truncatedReply("no line with status success");
    error.message = "Did not receive done or success response in stream.";
    return error;
}

} // namespace

WireRequest encodeOllamaShow(const Endpoint& endpoint, std::string_view model) {
    return wireRequest("POST", endpoint, "/api/show", modelBody(model));
}

WireRequest encodeOllamaRunningQuery(const Endpoint& endpoint) {
    return wireRequest("GET", endpoint, "/api/ps", {});
}

WireRequest encodeOllamaVersionQuery(const Endpoint& endpoint) {
    return wireRequest("GET", endpoint, "/api/version", {});
}

WireRequest encodeOllamaPull(const Endpoint& endpoint, std::string_view model) {
    return wireRequest("POST", endpoint, "/api/pull", modelBody(model));
}

WireRequest encodeOllamaDelete(const Endpoint& endpoint, std::string_view model) {
    return wireRequest("DELETE", endpoint, "/api/delete", modelBody(model));
}

Result<OllamaModelCard> decodeOllamaModelCard(const WireReplyHead& head, std::string_view body) {
    const auto object = replyObject(head, body);
    if (!object)
        return object.error();
    OllamaModelCard card{.license = std::string(stringOr(*object, "license")),
                         .chatTemplate = std::string(stringOr(*object, "template"))};
    if (const json::object* details = findObject(*object, "details")) {
        card.family = stringOr(*details, "family");
        card.parameterSize = stringOr(*details, "parameter_size");
        card.quantization = stringOr(*details, "quantization_level");
    }
    if (const json::array* capabilities = findArray(*object, "capabilities"))
        for (const json::value& value : *capabilities)
            if (value.is_string())
                card.capabilities.emplace_back(toView(value.get_string()));
    if (const json::object* info = findObject(*object, "model_info")) {
        const std::string architecture(stringOr(*info, "general.architecture"));
        card.contextLength = findInt(*info, architecture + ".context_length");
        card.embeddingLength = findInt(*info, architecture + ".embedding_length");
    }
    return card;
}

Result<std::vector<OllamaRunningModel>> decodeOllamaRunning(const WireReplyHead& head, std::string_view body) {
    const auto object = replyObject(head, body);
    if (!object)
        return object.error();
    std::vector<OllamaRunningModel> models;
    if (const json::array* listed = findArray(*object, "models"))
        for (const json::value& value : *listed)
            if (const json::object* model = value.if_object())
                models.push_back({.name = std::string(stringOr(*model, "name", stringOr(*model, "model"))),
                                  .sizeBytes = findInt(*model, "size").value_or(0),
                                  .vramBytes = findInt(*model, "size_vram").value_or(0),
                                  .contextLength = findInt(*model, "context_length"),
                                  .expires = unixSecondsOf(stringOr(*model, "expires_at"))});
    return models;
}

Result<std::string> decodeOllamaVersion(const WireReplyHead& head, std::string_view body) {
    const auto object = replyObject(head, body);
    if (!object)
        return object.error();
    const auto version = findString(*object, "version");
    if (!version)
        return malformedReply("no version");
    return std::string(*version);
}

Result<void> OllamaPullReader::feed(std::string_view bytes, std::vector<OllamaPullProgress>& progress) {
    if (m_head.status >= 400) {
        m_errorBody.append(bytes.substr(0, kMaxErrorBytes - std::min(kMaxErrorBytes, m_errorBody.size())));
        return {};
    }
    std::vector<std::string> lines;
    const auto read = m_reader.feed(bytes, lines);
    for (const std::string& line : lines)
        if (auto taken = takeLine(line, progress); !taken)
            return taken;
    return read;
}

Result<void> OllamaPullReader::finish(std::vector<OllamaPullProgress>& progress) {
    if (m_head.status >= 400)
        return vendorErrorOf(m_head, m_errorBody);
    if (const auto rest = m_reader.finish())
        if (auto taken = takeLine(*rest, progress); !taken)
            return parseJson(*rest) ? taken.error() : noSuccess(); // a line that was cut is no line
    if (!m_success)
        return noSuccess();
    return {};
}

Result<void> OllamaPullReader::takeLine(std::string_view line, std::vector<OllamaPullProgress>& progress) {
    const auto object = parseJsonObject(line);
    if (!object)
        return malformedReply(object.error().message);
    if (find(*object, "error"))
        return vendorErrorOf(*object);
    OllamaPullProgress step{.status = std::string(stringOr(*object, "status")),
                            .digest = std::string(stringOr(*object, "digest")),
                            .total = findInt(*object, "total"),
                            .completed = findInt(*object, "completed").value_or(0)};
    m_success = m_success || step.status == "success";
    progress.push_back(std::move(step));
    return {};
}

} // namespace patchbay
