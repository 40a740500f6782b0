// OpenAI's batch object (GET /v1/batches/{id}).
#pragma once

#include <string>

#include "providers/codec.h"

namespace patchbay {

struct OpenAiBatch {
    std::string id;
    std::string endpoint; ///< "/v1/chat/completions"
    std::string status;   ///< validating, failed, in_progress, finalizing, completed, expired, cancelling, cancelled
    std::string inputFileId;
    std::string outputFileId; ///< empty until there is output
    std::string errorFileId;  ///< empty if no request failed
    std::int64_t created = 0; ///< Unix seconds
    std::int64_t total = 0;   ///< requests
    std::int64_t completed = 0;
    std::int64_t failed = 0;
    json::object metadata;
    bool operator==(const OpenAiBatch&) const = default;
};

Result<OpenAiBatch> decodeOpenAiBatch(const WireReplyHead& head, std::string_view body);

} // namespace patchbay
