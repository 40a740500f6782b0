// Ollama's native chat, generate, tags and embed.
#pragma once

#include "providers/codec.h"

namespace patchbay {

const ClientCodec& ollamaClientCodec();
/// decodeChat and chatEncoder serve /api/chat and /api/generate (told apart by the path); decodeEmbedding serves
/// /api/embed and the older /api/embeddings. encodeModels is /api/tags, encodeModel is /api/show.
const ServerCodec& ollamaServerCodec();

/// A chat without messages or a generate without prompt asks to load the model (to unload it, with keep_alive 0). It is
/// answered at once with ollamaLoadReply, streamed or not; there is nothing to generate.
bool isOllamaLoadRequest(const ChatRequest& request);
ClientReply ollamaLoadReply(const ChatRequest& request, const ReplyIdentity& identity);

/// The model that a client names in /api/show: `model`, or the older `name`.
Result<std::string> decodeOllamaShow(const ClientRequest& request);
/// /api/version
ClientReply encodeOllamaVersion(std::string_view version);
/// /api/ps
ClientReply encodeOllamaRunning(const std::vector<ModelInfo>& models);

} // namespace patchbay
