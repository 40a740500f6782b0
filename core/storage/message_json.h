// Messages as JSON for the database and for exports, without loss: reading gives back an equal value. (Bytes that are
// not UTF-8 are the exception: JSON has no way to say them.) The shape is ours and stable:
//   {"role":"user","parts":[{"type":"text","text":"…"},{"type":"image","source":{"media_type":"…","data":"…"}}]}
// Members that are empty or false are left out.
#pragma once

#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "chat/content.h"
#include "chat/usage.h"

namespace patchbay {

json::object messageToJson(const Message& message);
/// Malformed where the value is not of the shape above.
Result<Message> messageFromJson(const json::value& value);

json::array messagesToJson(const std::vector<Message>& messages);
Result<std::vector<Message>> messagesFromJson(std::string_view text);

json::object usageToJson(const Usage& usage);
Usage usageFromJson(const json::object& object);

json::object errorToJson(const Error& error);
Error errorFromJson(const json::object& object);

std::optional<Role> roleFromName(std::string_view name);

} // namespace patchbay
