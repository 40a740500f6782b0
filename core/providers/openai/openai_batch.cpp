#include "providers/openai/openai_batch.h"

#include "providers/vendor_error.h"

namespace patchbay {

Result<OpenAiBatch> decodeOpenAiBatch(const WireReplyHead& head, std::string_view body) {
    if (head.status >= 400)
        return vendorErrorOf(head, body);
    const auto object = parseJsonObject(body);
    if (!object)
        return malformedReply(object.error().message);
    OpenAiBatch batch{.id = std::string(stringOr(*object, "id")),
                      .endpoint = std::string(stringOr(*object, "endpoint")),
                      .status = std::string(stringOr(*object, "status")),
                      .inputFileId = std::string(stringOr(*object, "input_file_id")),
                      .outputFileId = std::string(stringOr(*object, "output_file_id")),
                      .errorFileId = std::string(stringOr(*object, "error_file_id")),
                      .created = findInt(*object, "created_at").value_or(0)};
    if (batch.id.empty() || batch.status.empty())
        return malformedReply("a batch without id or status");
    if (const json::object* counts = findObject(*object, "request_counts")) {
        batch.total = findInt(*counts, "total").value_or(0);
        batch.completed = findInt(*counts, "completed").value_or(0);
        batch.failed = findInt(*counts, "failed").value_or(0);
    }
    if (const json::object* metadata = findObject(*object, "metadata"))
        batch.metadata = *metadata;
    return batch;
}

} // namespace patchbay
