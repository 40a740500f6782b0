// A pipeline whose answers are chosen by the model's name, so that tests of the fronts need no upstream:
//   echo   the last user text          whole     the roles and texts of all messages, joined by '|'
//   slow   "partial", then nothing until it is cancelled or released          silent   the same without any text
//   tool   one tool call               break     "part", then a broken connection
//   refuse an error before any text
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include <boost/asio/steady_timer.hpp>

#include "chat/chat_handler.h"
#include "net/http_client.h"
#include "routing/routing_table.h"
#include "services/chat_service.h"

namespace patchbay::test {

class ScriptedChat final : public ChatHandler {
public:
    std::atomic<int> running = 0;
    std::atomic<int> cancelled = 0;
    std::atomic<int> answered = 0;
    std::atomic<bool> released = false;

    awaitable<Outcome> handle(ChatCall call) override {
        call.record->provider = "scripted";
        call.record->model = "scripted-" + call.request->model;
        call.record->deployment = "scripted/" + call.request->model;
        call.record->attempts = 1;
        Running guard(*this);
        Outcome outcome = co_await answer(std::move(call));
        guard.ended = true;
        ++answered;
        co_return outcome;
    }

private:
    struct Running {
        explicit Running(ScriptedChat& chat) : owner(chat) { ++owner.running; }
        ~Running() {
            --owner.running;
            if (!ended)
                ++owner.cancelled;
        }
        ScriptedChat& owner;
        bool ended = false;
    };

    static std::string lastUserText(const ChatRequest& request) {
        for (auto it = request.messages.rbegin(); it != request.messages.rend(); ++it)
            if (it->role == Role::User)
                return textOf(*it);
        return {};
    }
    static std::string all(const ChatRequest& request) {
        std::string text;
        for (const Message& message : request.messages)
            text.append(text.empty() ? "" : "|").append(roleName(message.role)).append(":").append(textOf(message));
        return text;
    }
    static EventBatch text(std::string value) {
        EventBatch batch;
        batch.push_back(TextDelta{.text = std::move(value)});
        return batch;
    }

    awaitable<Outcome> answer(ChatCall call) {
        const std::string model = call.request->model;
        FinishReason reason = FinishReason::Stop;
        if (model == "refuse")
            co_return makeError(ErrorCode::Overloaded, "too busy", "wait");
        EventBatch first;
        first.push_back(ReplyStarted{.id = "r1", .model = "scripted-" + model});
        if (auto sent = co_await call.out->emit(std::move(first)); !sent)
            co_return sent.error();
        EventBatch body;
        if (model == "tool") {
            reason = FinishReason::ToolCalls;
            body.push_back(ToolCallStarted{.index = 0, .id = "call_1", .name = "get_weather"});
            body.push_back(ToolCallDelta{.index = 0, .arguments = "{\"city\":"});
            body.push_back(ToolCallDelta{.index = 0, .arguments = "\"Wien\"}"});
        } else if (model == "slow" || model == "break") {
            body = text(model == "slow" ? "partial" : "part");
        } else if (model != "silent") {
            body = text(model == "whole" ? all(*call.request) : lastUserText(*call.request));
        }
        if (auto sent = co_await call.out->emit(std::move(body)); !sent)
            co_return sent.error();
        if (model == "break")
            co_return makeError(ErrorCode::Truncated, "the connection broke", "ask again");
        if (model == "slow" || model == "silent") {
            asio::steady_timer timer(co_await asio::this_coro::executor);
            while (!released) {
                timer.expires_after(std::chrono::milliseconds(2));
                co_await timer.async_wait(asio::use_awaitable);
            }
        }
        EventBatch last;
        last.push_back(ReplyFinished{.reason = reason});
        if (auto sent = co_await call.out->emit(std::move(last)); !sent)
            co_return sent.error();
        co_return ChatSummary{
            .id = "r1", .model = "scripted-" + model, .finish = reason, .usage = {.inputTotal = 7, .outputTotal = 3}};
    }
};

/// A ChatService before the script; names of the list above can be routed, others cannot.
struct ScriptedService {
    ScriptedService(asio::any_io_executor executor, Clock& clock, IdGenerator& ids)
        : http(std::move(executor), clock, HttpClient::Options{}), client(http, clock), routes(table()),
          service(script, routes, client, ids, clock) {}

    static std::shared_ptr<const RoutingTable> table() {
        std::vector<ModelEntry> models;
        for (const char* name : {"echo", "whole", "slow", "silent", "tool", "break", "refuse"}) {
            ModelEntry& entry = models.emplace_back();
            entry.name = name;
            entry.deployments.push_back({.provider = "scripted", .model = name});
        }
        return std::make_shared<const RoutingTable>(std::vector<ProviderEntry>{{.id = "scripted"}}, std::move(models));
    }

    ScriptedChat script;
    HttpClient http;
    ProviderClient client;
    RoutingSource routes;
    ChatService service;
};

} // namespace patchbay::test
