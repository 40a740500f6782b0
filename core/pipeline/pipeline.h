// Layers around the provider call. A layer is a ChatHandler that owns the next one; the pipeline is written down in one
// function (app/composition.cpp) that reads from the outside in.
#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "chat/chat_handler.h"

namespace patchbay {

using HandlerPtr = std::unique_ptr<ChatHandler>;

class Pipeline {
public:
    /// Adds a layer inside the ones added before; `Layer(HandlerPtr next, Args&...)`.
    template <class Layer, class... Args> Pipeline&& add(Args&... args) && {
        m_wraps.push_back([&args...](HandlerPtr next) -> HandlerPtr {
            return std::make_unique<Layer>(std::move(next), args...);
        });
        return std::move(*this);
    }
    /// Closes the pipeline with what answers the call.
    HandlerPtr endWith(HandlerPtr handler) && {
        for (auto wrap = m_wraps.rbegin(); wrap != m_wraps.rend(); ++wrap)
            handler = (*wrap)(std::move(handler));
        return handler;
    }

private:
    std::vector<std::function<HandlerPtr(HandlerPtr)>> m_wraps;
};

} // namespace patchbay
