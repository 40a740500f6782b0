// What the program asks of the operating system about itself: no core dumps (they would hold keys), enough file
// descriptors, writes to closed pipes that fail instead of killing, and where its sister program lies.
#pragma once

#include <string>

namespace patchbay {

/// At the program's start, before any thread. With `allowCore` core dumps and debuggers stay as they were.
void hardenProcess(bool allowCore);

/// The folder that this program's file lies in; empty when the system does not say.
std::string programFolder();
/// Whether a window could be opened.
bool hasDisplay();
/// Goes on as another program (without arguments). Returns, with false, only when that failed.
bool becomeProgram(const std::string& path);

} // namespace patchbay
