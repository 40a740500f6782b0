// For std::visit: one handler made of several lambdas, one for each alternative.
#pragma once

namespace patchbay {

template <class... Handlers> struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

} // namespace patchbay
