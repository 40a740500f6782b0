// What `patchbay chat` sends: words of the command line, standard input, pictures.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "chat/content.h"

namespace patchbay {

/// The words joined by spaces, then what standard input holds where it is no terminal. Empty when there is neither.
/// Text that is not UTF-8 is an error.
Result<std::string> chatText(const std::vector<std::string>& words);

/// A PNG, JPEG, GIF or WebP file, told by its first bytes. Errors: what reading gives; UnsupportedMedia; TooLarge.
Result<ImagePart> imageFromFile(const std::string& path);

/// The user's message.
Result<Message> userMessage(std::string text, const std::vector<std::string>& imageFiles);

} // namespace patchbay
