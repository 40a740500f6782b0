// Which handler answers a path. Patterns are matched on the raw path, split at '/', and parameters are percent-decoded
// afterwards: an id that contains an encoded slash is one segment. Exact segments beat parameters, parameters beat
// "{rest...}"; where the better path lacks the method, the next one that has it is taken.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/http_server.h"

namespace patchbay::http {

class RouteTable {
public:
    struct Match {
        const Route* route = nullptr; ///< null: no route, or none for this method
        std::vector<std::pair<std::string, std::string>> parameters;
        std::string allow; ///< without a route: the methods that the path has; empty = no such path
    };

    /// Errors (Configuration): a malformed pattern, a route given twice.
    static Result<RouteTable> build(std::vector<Route> routes);

    /// "HEAD" finds GET routes where it has none of its own.
    Match match(std::string_view method, std::string_view rawPath) const;

private:
    struct Entry {
        const Route* route;
        std::vector<std::string> parameters;
    };
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> exact;
        std::unique_ptr<Node> parameter;
        std::vector<Entry> here; ///< patterns that end here
        std::vector<Entry> rest; ///< patterns that end in {name...} here
    };
    class Search;

    Result<void> add(const Route& route);

    std::vector<std::unique_ptr<Route>> m_routes;
    std::unique_ptr<Node> m_root = std::make_unique<Node>();
};

} // namespace patchbay::http
