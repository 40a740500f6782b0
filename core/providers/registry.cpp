// The one place that knows every wire format. A new format adds a line to each switch.
#include "providers/anthropic/anthropic_codec.h"
#include "providers/codec.h"
#include "providers/gemini/gemini_codec.h"
#include "providers/ollama/ollama_codec.h"
#include "providers/openai/openai_codec.h"
#include "providers/openai/responses_codec.h"

namespace patchbay {

const ClientCodec& clientCodec(WireFormat format) {
    switch (format) {
    case WireFormat::OpenAiChat: return openAiChatClientCodec();
    case WireFormat::OpenAiResponses: return openAiResponsesClientCodec();
    case WireFormat::Anthropic: return anthropicClientCodec();
    case WireFormat::Ollama: return ollamaClientCodec();
    case WireFormat::Gemini: return geminiClientCodec();
    }
    return openAiChatClientCodec();
}

const ServerCodec& serverCodec(WireFormat format) {
    switch (format) {
    case WireFormat::OpenAiChat: return openAiChatServerCodec();
    case WireFormat::OpenAiResponses: return openAiResponsesServerCodec();
    case WireFormat::Anthropic: return anthropicServerCodec();
    case WireFormat::Ollama: return ollamaServerCodec();
    case WireFormat::Gemini: return geminiServerCodec();
    }
    return openAiChatServerCodec();
}

} // namespace patchbay
