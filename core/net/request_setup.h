// Turns a request into options of an easy handle. Handles are used again and again: what never changes is set once.
#pragma once

#include <string>
#include <vector>

#include <curl/curl.h>

#include "base/error.h"
#include "providers/codec.h"

namespace patchbay {

/// Headers in curl's form, in one piece of memory. Curl keeps a pointer to it during the transfer.
class HeaderList {
public:
    /// Fails (InvalidRequest) on names and values that would break the request apart.
    Result<void> assign(const WireRequest& request);
    curl_slist* list() { return m_nodes.empty() ? nullptr : m_nodes.data(); }

private:
    std::string m_text;
    std::vector<curl_slist> m_nodes;
};

/// The options that every transfer of a client shares.
void applyLastingOptions(CURL* easy, const std::string& caFile, const std::string& userAgent);

/// Method, URL, headers and body; all of it must live until the transfer ends.
CURLcode applyRequest(CURL* easy, const WireRequest& request, HeaderList& headers);

} // namespace patchbay
