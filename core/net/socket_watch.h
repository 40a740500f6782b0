// Watches the sockets that curl names and tells the loop when they are ready. One implementation per platform; the
// build picks it.
#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <curl/curl.h>

#include "base/async.h"

namespace patchbay {

/// What a watch reports to; CurlLoop.
class SocketListener {
public:
    virtual ~SocketListener() = default;
    /// `mask` is made of CURL_CSELECT_IN, _OUT, _ERR. Must not run foreign code.
    virtual void onSocket(curl_socket_t socket, int mask) = 0;
    /// After all sockets that were ready together: now coroutines may run.
    virtual void onBatchEnd() = 0;
};

class SocketWatch {
public:
    virtual ~SocketWatch() = default;
    /// `action` is CURL_POLL_IN, _OUT, _INOUT or _REMOVE. `known`: the socket has been watched before.
    virtual void watch(curl_socket_t socket, int action, bool known) = 0;
    /// Reports nothing any more; the listener may go away.
    virtual void stop() = 0;
};

std::shared_ptr<SocketWatch> makeSocketWatch(const asio::any_io_executor& executor, SocketListener& listener);

} // namespace patchbay
