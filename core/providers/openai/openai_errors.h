// OpenAI's error shape: {"error":{message,type,param,code}}, for chat completions, responses, embeddings and models.
#pragma once

#include <string>
#include <string_view>

#include "providers/codec.h"

namespace patchbay {

/// Members of an error in OpenAI's vocabulary.
struct OpenAiError {
    std::string message; ///< with the hint, unless it says the same
    std::string_view type;
    std::string code;  ///< empty = null
    std::string param; ///< empty = null
};

OpenAiError openAiErrorOf(const Error& error);
/// Appends {"message":…,"type":…,"param":…,"code":…}.
void appendOpenAiErrorObject(std::string& out, const Error& error);
/// Status, body and the headers x-request-id, retry-after, retry-after-ms, x-should-retry.
ClientReply openAiErrorReply(const Error& error, std::string_view requestId);

/// An error that a vendor put into a 200: {"error":…}, Mistral's {"object":"error",…} or {"detail":…} without choices.
/// nullopt when the document is none.
std::optional<Error> errorInsideOk(const json::object& document);

} // namespace patchbay
