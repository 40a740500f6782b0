#include "playground/playground_answer.h"

#include <fmt/chrono.h>

#include "playground/playground_reply.h"
#include "wire/sse_writer.h"

namespace patchbay::playground {
namespace {

using RequestPtr = std::shared_ptr<http::Request>;
using ResponderPtr = std::shared_ptr<http::Responder>;

constexpr std::string_view kHtml = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad "
                                   "Gateway</h1></center></body></html>\r\n";
// A silent upstream gives up after this, so that a forgotten connection does not live for ever.
constexpr std::chrono::minutes kSilence{15};

struct Answer {
    std::shared_ptr<AnswerContext> context;
    ResponderPtr responder;
    const ServerCodec& codec;
    ChatRequest request;
    Model model;
    ReplyIdentity identity;
};

std::string identityPrefix(WireFormat format) {
    switch (format) {
    case WireFormat::OpenAiChat: return "chatcmpl-";
    case WireFormat::OpenAiResponses: return "resp_";
    case WireFormat::Anthropic: return "msg_";
    case WireFormat::Gemini: return "gemini-";
    case WireFormat::Ollama: return {};
    }
    return {};
}

Error vendorError(ErrorCode code, int status, std::string type, std::string vendorCode, std::string message) {
    Error error = makeError(code, std::move(message));
    error.vendor = VendorError{.status = status, .type = std::move(type), .code = std::move(vendorCode)};
    return error;
}

ErrorCode codeOfStatus(std::int64_t status) {
    switch (status) {
    case 401: return ErrorCode::Authentication;
    case 402: return ErrorCode::Payment;
    case 403: return ErrorCode::Permission;
    case 404: return ErrorCode::NotFound;
    case 422: return ErrorCode::Unprocessable;
    case 429: return ErrorCode::RateLimited;
    case 503:
    case 529: return ErrorCode::Overloaded;
    case 504: return ErrorCode::Timeout;
    default: return status >= 500 ? ErrorCode::UpstreamFailed : ErrorCode::InvalidRequest;
    }
}

// The error answers that come instead of a reply; nullopt for everything else.
std::optional<Error> refusalOf(const Answer& answer, std::int64_t timesAsked) {
    const auto status = [](std::int64_t code) {
        return vendorError(codeOfStatus(code), static_cast<int>(code), {}, {},
                           "The playground was asked for status " + std::to_string(code) + ".");
    };
    switch (answer.model.fault) {
    case Fault::RateLimit: {
        Error error = status(429);
        error.retryAfter = std::chrono::seconds(answer.model.number);
        return error;
    }
    case Fault::RateLimitMs: {
        Error error = status(429);
        error.retryAfter = Milliseconds(answer.model.number);
        return error;
    }
    case Fault::RateLimitDate: return status(429);
    case Fault::Quota:
        return vendorError(ErrorCode::QuotaExhausted, 429, "insufficient_quota", "insufficient_quota",
                           "You exceeded your current quota.");
    case Fault::Status: return status(answer.model.number);
    case Fault::Once: return timesAsked <= 1 ? std::optional(status(500)) : std::nullopt;
    case Fault::Context:
        return vendorError(ErrorCode::ContextTooLong, 400, "invalid_request_error", "context_length_exceeded",
                           "This model's maximum context length is 4096 tokens.");
    default: return std::nullopt;
    }
}

http::Header retryAfterDate(const Answer& answer) {
    const auto when = answer.context->clock.wallNow() + std::chrono::seconds(answer.model.number);
    return {"retry-after", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::chrono::system_clock::to_time_t(
                                                                           std::chrono::floor<std::chrono::seconds>(when))))};
}

awaitable<void> respondError(Answer& answer, const Error& error) {
    http::Response response = labelled(answer.codec.encodeError(error, "req_playground"));
    if (answer.model.fault == Fault::RateLimitDate)
        response.headers.push_back(retryAfterDate(answer));
    co_await answer.responder->respond(std::move(response));
}

// True when the fault has answered, or will not.
awaitable<bool> failedBeforeReply(Answer& answer, std::int64_t timesAsked) {
    if (auto refusal = refusalOf(answer, timesAsked)) {
        co_await respondError(answer, *refusal);
        co_return true;
    }
    switch (answer.model.fault) {
    case Fault::Html:
    case Fault::Html200:
        co_await answer.responder->respond({.status = answer.model.fault == Fault::Html ? 502 : 200,
                                            .headers = {{"x-patchbay-playground", "1"}},
                                            .body = std::string(kHtml),
                                            .contentType = "text/html"});
        co_return true;
    case Fault::Reset:
        answer.responder->abort();
        co_return true;
    case Fault::Silent:
        co_await answer.context->clock.sleepFor(kSilence);
        answer.responder->abort();
        co_return true;
    case Fault::SlowHeaders:
        co_await answer.context->clock.sleepFor(std::chrono::seconds(answer.model.number));
        co_return false;
    default:
        co_return false;
    }
}

awaitable<void> writeBytewise(ResponderPtr responder, std::string bytes) {
    for (const char byte : bytes)
        if (auto written = co_await responder->write(std::string(1, byte)); !written)
            co_return;
}

// Bytes that no reader of the format can take for an event.
std::string malformedFrame(const ReplyEncoder& encoder) {
    if (encoder.contentType().starts_with("text/event-stream"))
        return "event: message_delta\ndata: {\"choices\":[{\"delta\":{\"content\":\"brok\n\n";
    return "{\"message\":{\"content\":\"brok\n";
}

// True when the fault ended the stream.
awaitable<bool> injectAt(Answer& answer, ReplyEncoder& encoder, std::size_t token) {
    const Fault fault = answer.model.fault;
    const bool here = static_cast<std::int64_t>(token) == answer.model.number;
    if (fault == Fault::SlowFirstToken && token == 0)
        co_await answer.context->clock.sleepFor(std::chrono::seconds(answer.model.number));
    if (!here)
        co_return false;
    std::string bytes;
    switch (fault) {
    case Fault::Stall:
        co_await answer.context->clock.sleepFor(kSilence);
        answer.responder->abort();
        co_return true;
    case Fault::Cut: answer.responder->abort(); co_return true;
    case Fault::Malformed:
        co_await answer.responder->write(malformedFrame(encoder));
        co_await answer.responder->end();
        co_return true;
    case Fault::ErrorFirst:
    case Fault::ErrorMidstream:
        encoder.fail(vendorError(ErrorCode::Overloaded, 0, "overloaded_error", "server_is_overloaded",
                                 "The playground was asked to fail here."),
                     bytes);
        co_await answer.responder->write(std::move(bytes));
        co_await answer.responder->end();
        co_return true;
    default: co_return false;
    }
}

// Without its closing frame: what stands after the last frame that carries the finish reason.
void dropClosingFrame(WireFormat format, std::string& bytes) {
    const std::string_view mark = format == WireFormat::Anthropic    ? "event: message_stop"
                                  : format == WireFormat::OpenAiChat ? "data: [DONE]"
                                                                     : "";
    if (const auto at = mark.empty() ? std::string::npos : bytes.rfind(mark); at != std::string::npos)
        bytes.resize(at);
}

awaitable<void> streamReply(Answer answer, WireFormat format, PlannedReply plan) {
    const auto encoder = answer.codec.chatEncoder(answer.request, answer.identity);
    auto begun = co_await answer.responder->begin(200, std::string(encoder->contentType()),
                                                  {{"x-patchbay-playground", "1"}, {"cache-control", "no-cache"}});
    if (!begun)
        co_return;
    Clock& clock = answer.context->clock;
    const double rate = answer.model.tokensPerSecond > 0 ? answer.model.tokensPerSecond : answer.context->tokensPerSecond;
    const SteadyTime start = clock.now();
    std::string bytes;
    encoder->encode(ReplyStarted{.id = answer.identity.id, .model = answer.identity.model, .created = answer.identity.created},
                    bytes);
    if (answer.model.fault != Fault::NoUsage)
        encoder->encode(UsageReported{.usage = Usage{.inputTotal = plan.usage.inputTotal}}, bytes);
    if (answer.model.fault == Fault::HugeEvent)
        encoder->encode(TextDelta{.text = std::string(static_cast<std::size_t>(answer.model.number) << 20U, 'x')}, bytes);
    std::size_t i = 0; // the number of the token
    for (auto token = plan.next(); token; token = plan.next(), ++i) {
        if (answer.model.kind == Model::Kind::Faulty) {
            if (!bytes.empty() && answer.model.fault != Fault::ErrorFirst && answer.model.fault != Fault::Bytewise) {
                if (auto written = co_await answer.responder->write(std::exchange(bytes, {})); !written)
                    co_return;
            }
            if (co_await injectAt(answer, *encoder, i))
                co_return;
        }
        for (const ChatEvent& event : *token)
            encoder->encode(event, bytes);
        if (rate > 0)
            co_await clock.sleepUntil(
                start + std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 * static_cast<double>(i + 1) / rate)));
        if (answer.model.fault == Fault::Bytewise)
            co_await writeBytewise(answer.responder, std::exchange(bytes, {}));
        else if (auto written = co_await answer.responder->write(std::exchange(bytes, {})); !written)
            co_return;
    }
    if (answer.model.fault != Fault::NoUsage)
        encoder->encode(UsageReported{.usage = plan.usage}, bytes);
    encoder->encode(plan.finish, bytes);
    encoder->finish(ChatSummary{.id = answer.identity.id,
                                .model = answer.identity.model,
                                .finish = plan.finish.reason,
                                .usage = answer.model.fault == Fault::NoUsage ? Usage{} : plan.usage},
                    bytes);
    if (answer.model.fault == Fault::NoDone)
        dropClosingFrame(format, bytes);
    if (answer.model.fault == Fault::Bytewise)
        co_await writeBytewise(answer.responder, std::move(bytes));
    else
        co_await answer.responder->write(std::move(bytes));
    co_await answer.responder->end();
}

ChatReply wholeReply(const Answer& answer, PlannedReply plan) {
    ReplyBuilder builder;
    builder.add(ReplyStarted{.id = answer.identity.id, .model = answer.identity.model, .created = answer.identity.created});
    while (const auto token = plan.next())
        builder.add(*token);
    builder.add(plan.finish);
    if (answer.model.fault != Fault::NoUsage)
        builder.add(UsageReported{.usage = plan.usage});
    return builder.take();
}

} // namespace

http::Response labelled(ClientReply reply) {
    http::Response response{.status = reply.status, .headers = {{"x-patchbay-playground", "1"}}, .body = std::move(reply.body)};
    for (Header& header : reply.headers)
        response.headers.push_back({std::move(header.name), std::move(header.value)});
    return response;
}

ClientRequest clientRequestOf(const http::Request& request) {
    ClientRequest result{.path = request.path, .query = request.query, .headers = {}, .body = request.body};
    for (const http::Header& header : request.headers)
        result.headers.push_back({header.name, header.value});
    return result;
}

awaitable<void> answerChat(std::shared_ptr<AnswerContext> context, WireFormat format, RequestPtr request,
                           ResponderPtr responder) {
    const ServerCodec& codec = serverCodec(format);
    auto decoded = codec.decodeChat(clientRequestOf(*request));
    auto model = decoded ? parseModel(decoded->model) : Result<Model>(decoded.error());
    if (!model) {
        co_await responder->respond(labelled(codec.encodeError(model.error(), "req_playground")));
        co_return;
    }
    const std::int64_t timesAsked = ++context->asked[decoded->model];
    Answer answer{.context = context, .responder = responder, .codec = codec, .request = std::move(*decoded), .model = *model};
    answer.identity = ReplyIdentity{.id = identityPrefix(format).empty() ? std::string()
                                                                         : identityPrefix(format) + "playground" +
                                                                               std::to_string(timesAsked),
                                    .model = answer.request.model,
                                    .created = toUnixSeconds(context->clock.wallNow())};
    if (co_await failedBeforeReply(answer, timesAsked))
        co_return;
    PlannedReply plan = planReply(answer.request, answer.model);
    if (answer.request.stream && answer.model.fault != Fault::JsonForStream) {
        co_await streamReply(std::move(answer), format, std::move(plan));
        co_return;
    }
    if (answer.model.fault == Fault::Cut) {
        responder->abort();
        co_return;
    }
    const ChatReply reply = wholeReply(answer, std::move(plan));
    co_await responder->respond(labelled(codec.encodeReply(answer.request, answer.identity, reply)));
}

awaitable<bool> answeredByFault(std::shared_ptr<AnswerContext> context, WireFormat format, std::string name,
                                std::shared_ptr<http::Responder> responder) {
    const ServerCodec& codec = serverCodec(format);
    const auto model = parseModel(name);
    if (!model) {
        co_await responder->respond(labelled(codec.encodeError(model.error(), "req_playground")));
        co_return true;
    }
    const std::int64_t timesAsked = ++context->asked[name];
    Answer answer{.context = context, .responder = responder, .codec = codec, .request = {}, .model = *model};
    if (co_await failedBeforeReply(answer, timesAsked))
        co_return true;
    if (model->fault == Fault::Cut) {
        responder->abort();
        co_return true;
    }
    co_return false;
}

} // namespace patchbay::playground
