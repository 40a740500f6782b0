// The native API's events: the same JSON over SSE (as the data of a named event) and over WebSocket (with id and type).
//
//   message {delta}   reasoning {delta}   refusal {delta}   tool_call {index, id, name, arguments}
//   usage {input_tokens, output_tokens, …}   error {code, message, hint}   done {finish_reason, conversation_id, …}
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/chat_handler.h"

namespace patchbay {

/// One event: its name and its members.
struct NativeEvent {
    std::string_view name;
    json::object data;
};

/// Turns a reply's events into native ones. Tool calls are sent whole, when their last fragment has come.
class NativeEventEncoder {
public:
    void encode(const ChatEvent& event, std::vector<NativeEvent>& out);
    /// What was held back.
    void flush(std::vector<NativeEvent>& out);

private:
    struct OpenCall {
        int index = 0;
        std::string id, name, arguments;
    };
    std::vector<OpenCall> m_calls;
};

json::object usageJson(const Usage& usage);
/// {code, message, hint, param?, retry_after_ms?}; param is the member of the request that is to blame
json::object errorJson(const Error& error);

} // namespace patchbay
