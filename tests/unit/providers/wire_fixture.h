// Reads the wire reference's fixtures with a client codec, whole, in two pieces cut at any byte, byte by byte and
// truncated, and says where the outcome differs from NAME.expected.json.
#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/codec.h"

namespace patchbay::test {

struct Decoded {
    EventBatch events;
    Outcome outcome;
    ChatReply reply() const {
        ReplyBuilder builder;
        builder.add(events);
        return builder.take();
    }
};

using DecoderFactory = std::function<std::unique_ptr<ReplyDecoder>()>;

/// Feeds the pieces in turn; an error of feed() is the outcome.
inline Decoded decodePieces(const DecoderFactory& make, const std::vector<std::string_view>& pieces) {
    const auto decoder = make();
    EventBatch events;
    for (const std::string_view piece : pieces)
        if (auto fed = decoder->feed(piece, events); !fed)
            return {.events = std::move(events), .outcome = fed.error()};
    Outcome outcome = decoder->finish(events);
    return {.events = std::move(events), .outcome = std::move(outcome)};
}

inline std::string readFixture(const std::string& name) {
    std::ifstream file(std::string(PATCHBAY_FIXTURES) + "/wire/" + name, std::ios::binary);
    if (!file)
        throw std::runtime_error("no fixture " + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Fixture {
    std::string body;
    WireReplyHead head;
    json::object expected;
    bool stream = false;
};

/// .sse is a stream, .json a document, .http a raw answer with its head.
inline Fixture loadFixture(const std::string& name) {
    Fixture fixture{.body = readFixture(name)};
    fixture.stream = name.ends_with(".sse");
    const std::string stem = name.substr(0, name.rfind('.'));
    fixture.expected = parseJsonObject(readFixture(stem + ".expected.json")).value();
    if (!name.ends_with(".http")) {
        fixture.head.headers = {
            {"Content-Type", fixture.stream ? "text/event-stream" : "application/json; charset=UTF-8"}};
        return fixture;
    }
    const auto end = fixture.body.find("\r\n\r\n");
    const std::string head = fixture.body.substr(0, end);
    fixture.body.erase(0, end + 4);
    fixture.head.status = std::stoi(head.substr(9, 3));
    for (const std::string_view line : split(head, '\n'))
        if (const auto colon = line.find(':'); colon != std::string_view::npos)
            fixture.head.headers.push_back(
                {std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
    return fixture;
}

inline json::value orNull(const std::optional<std::int64_t>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

/// The members of expected.json that a chat answer has, made from what was read.
inline json::object normalised(const Decoded& decoded) {
    const ChatReply reply = decoded.reply();
    const ReplyChoice& choice = reply.choices.front();
    json::object out{{"outcome", decoded.outcome ? "ok" : "error"},
                     {"model", reply.model.empty() ? json::value(nullptr) : json::value(reply.model)},
                     {"id", reply.id.empty() ? json::value(nullptr) : json::value(reply.id)}};
    std::string text;
    std::string signature;
    std::optional<std::string> reasoning;
    std::optional<std::string> refusal;
    json::array calls;
    for (const ContentPart& part : choice.message.parts) {
        if (const auto* piece = std::get_if<TextPart>(&part))
            text += piece->text;
        else if (const auto* said = std::get_if<RefusalPart>(&part))
            refusal = refusal.value_or("") + said->text;
        else if (const auto* thought = std::get_if<ReasoningPart>(&part)) {
            if (!thought->text.empty())
                reasoning = reasoning.value_or("") + thought->text;
            if (!thought->signature.empty())
                signature = thought->signature;
        } else if (const auto* call = std::get_if<ToolCallPart>(&part)) {
            if (!call->signature.empty())
                signature = call->signature;
            calls.push_back(json::object{
                {"id", call->id}, {"name", call->name}, {"arguments", parseJson(call->arguments).value()}});
        }
    }
    out["text"] = text;
    out["reasoning"] = reasoning ? json::value(*reasoning) : json::value(nullptr);
    out["refusal"] = refusal ? json::value(*refusal) : json::value(nullptr);
    out["tool_calls"] = std::move(calls);
    out["finish_reason"] = nullptr;
    if (choice.finished)
        out["finish_reason"] =
            json::object{{"raw", choice.finish.raw}, {"unified", finishReasonName(choice.finish.reason)}};
    out["usage"] = nullptr;
    // A failed reply was cut: what it counted so far is not its usage.
    if (const Usage& usage = reply.usage; decoded.outcome && !usage.empty())
        out["usage"] = json::object{{"input_total", orNull(usage.inputTotal)},
                                    {"input_uncached", orNull(usage.inputUncached)},
                                    {"cache_read", orNull(usage.cacheRead)},
                                    {"cache_write", orNull(usage.cacheWrite)},
                                    {"output_total", orNull(usage.outputTotal)},
                                    {"reasoning", orNull(usage.reasoning)},
                                    {"total", orNull(usage.total())}};
    out["error"] = nullptr;
    if (!decoded.outcome) {
        const Error& error = decoded.outcome.error();
        const VendorError vendor = error.vendor.value_or(VendorError{});
        out["error"] = json::object{
            {"status", vendor.status == 0 ? json::value(nullptr) : json::value(vendor.status)},
            {"type", vendor.type},
            {"code", vendor.code},
            {"message", error.message},
            {"retry_after_ms", error.retryAfter ? json::value(error.retryAfter->count()) : json::value(nullptr)}};
    }
    if (!signature.empty())
        out["reasoning_signature"] = signature;
    return out;
}

/// Empty if equal, else the first member that differs.
inline std::string difference(const json::object& expected, const Decoded& decoded) {
    const json::object actual = normalised(decoded);
    for (const auto& [key, value] : expected) {
        const std::string_view name = toView(key);
        if (name == "fixture" || name == "api")
            continue;
        const json::value* got = actual.if_contains(key);
        if (name == "error" && value.is_object() && got && got->is_object()) {
            for (const auto& [member, wanted] : value.get_object()) {
                const json::value* found = got->get_object().if_contains(member);
                if (found && *found != wanted) // `retryable` is the retry layer's to decide
                    return fmt::format("error.{}: {} instead of {}", toView(member), writeJson(*found),
                                       writeJson(wanted));
            }
            continue;
        }
        if (!got || *got != value)
            return fmt::format("{}: {} instead of {}", name, got ? writeJson(*got) : "nothing", writeJson(value));
    }
    return {};
}

/// Whole, cut in two at every byte, and byte by byte: all must read the same.
inline std::string checkFixture(const Fixture& fixture, const DecoderFactory& make) {
    const std::string_view body = fixture.body;
    const Decoded whole = decodePieces(make, {body});
    if (std::string found = difference(fixture.expected, whole); !found.empty())
        return "whole: " + found;
    for (std::size_t cut = 1; cut < body.size(); ++cut)
        if (std::string found =
                difference(fixture.expected, decodePieces(make, {body.substr(0, cut), body.substr(cut)}));
            !found.empty())
            return fmt::format("cut at {}: {}", cut, found);
    std::vector<std::string_view> bytes;
    for (std::size_t i = 0; i < body.size(); ++i)
        bytes.push_back(body.substr(i, 1));
    if (std::string found = difference(fixture.expected, decodePieces(make, bytes)); !found.empty())
        return "byte by byte: " + found;
    return {};
}

/// The first length at which a truncated answer passes as complete, if there is one. `lastByte`: the answer is complete
/// from there on (what follows is white space).
inline std::optional<std::size_t> shortSuccess(const std::string& body, const DecoderFactory& make) {
    const std::size_t lastByte = body.find_last_not_of(" \r\n");
    for (std::size_t length = 0; length <= lastByte; ++length)
        if (decodePieces(make, {std::string_view(body).substr(0, length)}).outcome)
            return length;
    return std::nullopt;
}

} // namespace patchbay::test
