#include "unit/providers/normalised_outcome.h"

#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/ollama/ollama_admin.h"
#include "providers/openai/openai_batch.h"
#include "providers/vendors.h"

namespace patchbay::test {
namespace {

[[noreturn]] void giveUp(const std::string& message) {
    std::fprintf(stderr, "%s\n", message.c_str());
    std::abort();
}

std::string readFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        giveUp("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

json::value parsed(std::string_view text, const std::string& what) {
    auto value = parseJson(text);
    if (!value)
        giveUp(what + ": " + value.error().message);
    return std::move(*value);
}

json::string_view jsonView(std::string_view text) {
    return {text.data(), text.size()};
}

json::value textOrNull(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(jsonView(text));
}

template <class T> json::value numberOrNull(const std::optional<T>& number) {
    return number ? json::value(*number) : json::value(nullptr);
}

WireFormat formatOf(std::string_view api) {
    if (api.starts_with("anthropic"))
        return WireFormat::Anthropic;
    if (api.starts_with("ollama"))
        return WireFormat::Ollama;
    if (api.starts_with("gemini"))
        return WireFormat::Gemini;
    return api == "openai-responses" ? WireFormat::OpenAiResponses : WireFormat::OpenAiChat;
}

std::string_view vendorOf(std::string_view dialect) {
    return dialect == "llama.cpp" ? "llamacpp" : dialect;
}

// A whole raw HTTP/1.1 answer.
void takeApart(Fixture& fixture, const std::string& raw) {
    const std::size_t end = raw.find("\r\n\r\n");
    if (end == std::string::npos)
        giveUp(fixture.file + " is no HTTP answer");
    const auto lines = split(std::string_view(raw).substr(0, end), '\n');
    fixture.head.status = std::stoi(std::string(lines.front().substr(9, 3)));
    for (const std::string_view line : std::span(lines).subspan(1)) {
        const std::size_t colon = line.find(':');
        fixture.head.headers.push_back({std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
    }
    fixture.body = raw.substr(end + 4);
}

json::object emptyOutcome(const Fixture& fixture) {
    return {{"fixture", fixture.file},  {"api", fixture.api}, {"outcome", "ok"},
            {"model", nullptr},         {"id", nullptr},      {"text", ""},
            {"reasoning", nullptr},     {"refusal", nullptr}, {"tool_calls", json::array{}},
            {"finish_reason", nullptr}, {"usage", nullptr},   {"error", nullptr}};
}

json::value usageOf(const Usage& usage) {
    if (usage.empty())
        return nullptr;
    return json::object{{"input_total", numberOrNull(usage.inputTotal)},
                        {"input_uncached", numberOrNull(usage.inputUncached)},
                        {"cache_read", numberOrNull(usage.cacheRead)},
                        {"cache_write", numberOrNull(usage.cacheWrite)},
                        {"output_total", numberOrNull(usage.outputTotal)},
                        {"reasoning", numberOrNull(usage.reasoning)},
                        {"total", numberOrNull(usage.total())}};
}

json::object errorOf(const Error& error) {
    const VendorError vendor = error.vendor.value_or(VendorError{});
    json::object object{{"status", vendor.status == 0 ? json::value(nullptr) : json::value(vendor.status)},
                        {"type", textOrNull(vendor.type)},
                        {"code", textOrNull(vendor.code)},
                        {"param", textOrNull(vendor.param)},
                        {"message", error.message},
                        {"request_id", textOrNull(vendor.requestId)},
                        {"retryable", error.retryable},
                        {"retry_after_ms", nullptr}};
    if (error.retryAfter)
        object["retry_after_ms"] = error.retryAfter->count();
    return object;
}

// Beside an error the expectations keep the partial text, but not the partial reasoning or usage.
void putError(json::object& outcome, const Error& error) {
    outcome["outcome"] = "error";
    outcome["reasoning"] = nullptr;
    outcome["usage"] = nullptr;
    outcome["error"] = errorOf(error);
}

void putTextTo(json::object& outcome, const char* key, std::string_view text) {
    json::value& member = outcome[key];
    if (!member.is_string())
        member = "";
    member.get_string().append(jsonView(text));
}

json::value argumentsOf(const std::string& text) {
    auto value = parseJson(text.empty() ? "{}" : text);
    return value ? std::move(*value) : json::value(text);
}

void putChoice(json::object& outcome, const ReplyChoice& choice) {
    json::array redacted;
    for (const ContentPart& part : choice.message.parts) {
        if (const auto* text = std::get_if<TextPart>(&part))
            putTextTo(outcome, "text", text->text);
        else if (const auto* refusal = std::get_if<RefusalPart>(&part))
            putTextTo(outcome, "refusal", refusal->text);
        else if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) {
            if (!reasoning->redacted.empty())
                redacted.emplace_back(reasoning->redacted);
            else
                putTextTo(outcome, "reasoning", reasoning->text);
            if (!reasoning->signature.empty())
                outcome["reasoning_signature"] = reasoning->signature;
        } else if (const auto* call = std::get_if<ToolCallPart>(&part)) {
            outcome["tool_calls"].get_array().emplace_back(
                json::object{{"id", call->id}, {"name", call->name}, {"arguments", argumentsOf(call->arguments)}});
            if (!call->signature.empty())
                outcome["reasoning_signature"] = call->signature;
        }
    }
    if (!redacted.empty())
        outcome["redacted_thinking"] = std::move(redacted);
    if (!choice.finished)
        return;
    outcome["finish_reason"] =
        json::object{{"raw", choice.finish.raw}, {"unified", jsonView(finishReasonName(choice.finish.reason))}};
    if (!choice.finish.stopSequence.empty())
        outcome["stop_sequence"] = choice.finish.stopSequence;
    if (!choice.finish.refusalJson.empty())
        outcome["stop_details"] = argumentsOf(choice.finish.refusalJson);
}

json::object normalised(const Fixture& fixture, const ChatReply& reply) {
    json::object outcome = emptyOutcome(fixture);
    outcome["model"] = textOrNull(reply.model);
    outcome["id"] = textOrNull(reply.id);
    outcome["usage"] = usageOf(reply.usage);
    putChoice(outcome, reply.choices.front());
    json::array others;
    for (std::size_t i = 1; i < reply.choices.size(); ++i) {
        const ReplyChoice& choice = reply.choices[i];
        others.emplace_back(json::object{{"index", i},
                                         {"text", textOf(choice.message)},
                                         {"finish_reason", choice.finished ? textOrNull(choice.finish.raw) : nullptr}});
    }
    if (!others.empty())
        outcome["other_choices"] = std::move(others);
    return outcome;
}

ChatRequest requestOf(const Fixture& fixture) {
    ChatRequest request{.model = "m", .messages = {textMessage(Role::User, "Hi")}, .stream = fixture.stream};
    if (fixture.choices > 1)
        request.sampling.choices = fixture.choices;
    return request;
}

// What each call beside chat puts into the outcome.
Result<void> putCall(const Fixture& fixture, const std::string& body, json::object& outcome) {
    const ClientCodec& codec = clientCodec(fixture.format);
    if (fixture.api.ends_with("-models") || fixture.api == "ollama-tags") {
        const auto models = codec.decodeListModels(fixture.head, body);
        if (!models)
            return models.error();
        json::array ids;
        for (const ModelInfo& model : *models)
            ids.emplace_back(model.id);
        outcome["models"] = std::move(ids);
    } else if (fixture.api.ends_with("-embeddings") || fixture.api.ends_with("-embed")) {
        const auto reply = codec.decodeEmbedding(fixture.head, body);
        if (!reply)
            return reply.error();
        json::array vectors;
        for (const std::vector<float>& vector : reply->embeddings)
            vectors.emplace_back(json::array(vector.begin(), vector.end()));
        outcome["embeddings"] = std::move(vectors);
        outcome["model"] = textOrNull(reply->model);
        outcome["usage"] = usageOf(reply->usage);
    } else if (fixture.api.ends_with("-count")) {
        const auto count = codec.decodeCountTokens(fixture.head, body);
        if (!count)
            return count.error();
        outcome["input_tokens"] = *count;
    } else if (fixture.api == "ollama-version") {
        const auto version = decodeOllamaVersion(fixture.head, body);
        if (!version)
            return version.error();
        outcome["version"] = *version;
    } else if (fixture.api == "ollama-show") {
        const auto card = decodeOllamaModelCard(fixture.head, body);
        if (!card)
            return card.error();
        outcome["capabilities"] = json::array(card->capabilities.begin(), card->capabilities.end());
        outcome["context_length"] = numberOrNull(card->contextLength);
    } else if (fixture.api == "ollama-ps") {
        const auto running = decodeOllamaRunning(fixture.head, body);
        if (!running)
            return running.error();
        json::array names;
        for (const OllamaRunningModel& model : *running)
            names.emplace_back(model.name);
        outcome["models"] = std::move(names);
    } else if (fixture.api == "openai-batch") {
        const auto batch = decodeOpenAiBatch(fixture.head, body);
        if (!batch)
            return batch.error();
        outcome["id"] = batch->id;
        outcome["batch"] = {
            {"status", batch->status},
            {"output_file_id", textOrNull(batch->outputFileId)},
            {"error_file_id", textOrNull(batch->errorFileId)},
            {"request_counts", {{"total", batch->total}, {"completed", batch->completed}, {"failed", batch->failed}}}};
    } else
        giveUp("no reader for api " + fixture.api);
    return {};
}

json::object pullOutcome(const Fixture& fixture, const std::vector<std::string_view>& pieces) {
    json::object outcome = emptyOutcome(fixture);
    OllamaPullReader reader(fixture.head);
    std::vector<OllamaPullProgress> progress;
    Result<void> result;
    for (const std::string_view piece : pieces)
        if (result)
            result = reader.feed(piece, progress);
    if (result)
        result = reader.finish(progress);
    json::array statuses;
    std::int64_t completed = 0;
    for (const OllamaPullProgress& step : progress) {
        statuses.emplace_back(step.status);
        completed = std::max(completed, step.completed);
    }
    outcome["statuses"] = std::move(statuses);
    outcome["max_completed"] = completed;
    if (!result)
        putError(outcome, result.error());
    return outcome;
}

bool sameValue(const json::value& a, const json::value& b) {
    if (a.is_number() && b.is_number())
        return a.to_number<double>() == b.to_number<double>();
    if (a.is_array() && b.is_array())
        return std::ranges::equal(a.get_array(), b.get_array(), sameValue);
    if (a.is_object() && b.is_object()) {
        if (a.get_object().size() != b.get_object().size())
            return false;
        for (const auto& [key, member] : a.get_object())
            if (const json::value* other = b.get_object().if_contains(key); !other || !sameValue(member, *other))
                return false;
        return true;
    }
    return a == b;
}

} // namespace

bool Fixture::isChat() const {
    return api == "openai-chat" || api == "openai-responses" || api == "anthropic-messages" || api == "ollama-chat" ||
           api == "ollama-generate" || api == "gemini";
}

std::vector<Fixture> loadFixtures(const std::string& folder) {
    std::vector<Fixture> fixtures;
    const json::value manifest = parsed(readFile(folder + "/manifest.json"), "manifest.json");
    for (const json::value& value : manifest.get_array()) {
        const json::object& entry = value.get_object();
        Fixture fixture{.file = std::string(stringOr(entry, "file")), .api = std::string(stringOr(entry, "api"))};
        fixture.format = formatOf(fixture.api);
        fixture.quirks = vendorQuirks(vendorOf(stringOr(entry, "dialect")), fixture.format, "");
        fixture.stream = findBool(entry, "stream").value_or(false);
        fixture.choices = findInt(entry, "n").value_or(1);
        fixture.head.status = static_cast<int>(findInt(entry, "status").value_or(200));
        if (const auto type = findString(entry, "content_type"))
            fixture.head.headers.push_back({"content-type", std::string(*type)});
        std::string raw = readFile(folder + "/" + fixture.file);
        if (fixture.file.ends_with(".http"))
            takeApart(fixture, raw);
        else
            fixture.body = std::move(raw);
        const std::string expected(stringOr(entry, "expected"));
        fixture.expected = parsed(readFile(folder + "/" + expected), expected).get_object();
        fixtures.push_back(std::move(fixture));
    }
    return fixtures;
}

json::object chatOutcome(const Fixture& fixture, const std::vector<std::string_view>& pieces, bool stopWhenComplete) {
    const Endpoint endpoint{.provider = "fixture", .format = fixture.format, .quirks = fixture.quirks};
    const auto decoder = clientCodec(fixture.format).chatDecoder(fixture.head, requestOf(fixture), endpoint);
    EventBatch events;
    Result<void> fed;
    for (const std::string_view piece : pieces) {
        if (!fed || (stopWhenComplete && decoder->complete()))
            break;
        fed = decoder->feed(piece, events);
    }
    const Outcome outcome = fed ? decoder->finish(events) : Outcome(fed.error());
    ReplyBuilder builder;
    builder.add(events);
    json::object normal = normalised(fixture, builder.reply());
    if (!outcome)
        putError(normal, outcome.error());
    else if (outcome->usage != builder.reply().usage)
        normal["usage"] = "the summary's usage differs from the events'";
    return normal;
}

json::object callOutcome(const Fixture& fixture, const std::vector<std::string_view>& pieces) {
    if (fixture.api == "ollama-pull")
        return pullOutcome(fixture, pieces);
    json::object outcome = emptyOutcome(fixture);
    std::string body;
    for (const std::string_view piece : pieces)
        body.append(piece);
    if (const auto put = putCall(fixture, body, outcome); !put)
        putError(outcome, put.error());
    return outcome;
}

std::string difference(const json::object& expected, const json::object& actual) {
    const auto report = [](std::string_view key, const json::value& wanted, const json::value* got) {
        return std::string(key) + ": expected " + writeJson(wanted) + ", got " + (got ? writeJson(*got) : "nothing");
    };
    for (const auto& [key, wanted] : expected) {
        const json::value* got = actual.if_contains(key);
        if (key == "error" && wanted.is_object() && got && got->is_object()) {
            for (const auto& [member, value] : wanted.get_object()) {
                const json::value* other = got->get_object().if_contains(member);
                const json::value text = value.is_number() && member == "code" ? json::value(writeJson(value)) : value;
                if (!other || !sameValue(text, *other))
                    return report("error." + std::string(toView(member)), value, other);
            }
        } else if (key == "reasoning_signature" && wanted == "" && !got)
            continue; // an empty signature is none
        else if (!got || !sameValue(wanted, *got))
            return report(toView(key), wanted, got);
    }
    for (const auto& [key, got] : actual)
        if (!expected.contains(key))
            return report(toView(key), nullptr, &got);
    return {};
}

} // namespace patchbay::test
