// What --shot takes pictures of. A page or a state of one is one line of the list; a step is one short word:
//   open:CHAT   opens a demo chat            new         a new chat
//   ask:MODEL   sends the demo question      wait:MS     lets time pass (a reply grows)
//   act:ACTION  what a key would do          find:TEXT   types into the command palette
//   firstRun:N  shows that step of the first run; -1 ends it
//   item:NAME=VALUE  sets a property of the page     window:NAME  takes the picture of that window instead
#pragma once

#include <span>

namespace patchbay {

struct Shot {
    const char* name;  ///< of the file: NAME-THEME-LANGUAGE-WIDTHxHEIGHT.png
    const char* page;  ///< id of the page, or "" for what the window shows by itself
    const char* steps; ///< separated by ";"
};

std::span<const Shot> shotList();

} // namespace patchbay
