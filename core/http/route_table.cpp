#include "http/route_table.h"

#include <algorithm>
#include <array>

#include "base/strings.h"

namespace patchbay::http {
namespace {

/// No pattern is nearly this deep; the rest of a longer path can only be an attack on the matcher.
constexpr std::size_t kMaxSegments = 64;

struct Segments {
    std::array<std::string_view, kMaxSegments> piece;
    std::size_t count = 0;
};

/// False for a path with an empty segment (a double or trailing slash): two spellings of one path invite mistakes.
bool splitPath(std::string_view path, Segments& segments) {
    if (path.empty() || path.front() != '/')
        return false;
    path.remove_prefix(1);
    if (path.empty())
        return true;
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view piece = path.substr(0, slash);
        if (piece.empty() || segments.count == kMaxSegments)
            return false;
        segments.piece[segments.count++] = piece;
        if (slash == std::string_view::npos)
            return true;
        path.remove_prefix(slash + 1);
    }
}

Error badPattern(const Route& route, std::string_view why) {
    return makeError(ErrorCode::Configuration, "route " + route.method + " " + route.pattern + ": " + std::string(why),
                     "mend the route table");
}

} // namespace

/// Walks the tree in order of preference, until a route has the method; collects the methods of the others.
class RouteTable::Search {
public:
    Search(std::string_view method, const Segments& segments) : m_method(method), m_segments(segments) {}

    bool visit(const Node& node, std::size_t depth) {
        if (depth == m_segments.count)
            return choose(node.here);
        const std::string_view piece = m_segments.piece[depth];
        auto exact = node.exact.find(piece);
        if (exact == node.exact.end() && piece.find('%') != std::string_view::npos)
            exact = node.exact.find(percentDecode(piece));
        if (exact != node.exact.end() && visit(*exact->second, depth + 1))
            return true;
        if (node.parameter) {
            m_captured[m_capturedCount++] = piece;
            if (visit(*node.parameter, depth + 1))
                return true;
            --m_capturedCount;
        }
        if (node.rest.empty())
            return false;
        const std::string_view last = m_segments.piece[m_segments.count - 1];
        m_captured[m_capturedCount++] = {piece.data(),
                                         static_cast<std::size_t>(last.data() + last.size() - piece.data())};
        if (choose(node.rest))
            return true;
        --m_capturedCount;
        return false;
    }

    Match result() const {
        Match match;
        if (m_found) {
            match.route = m_found->route;
            match.parameters.reserve(m_found->parameters.size());
            for (std::size_t i = 0; i < m_found->parameters.size(); ++i)
                match.parameters.emplace_back(m_found->parameters[i], percentDecode(m_captured[i]));
            return match;
        }
        if (m_methods.empty())
            return match;
        if (std::ranges::find(m_methods, "GET") != m_methods.end() &&
            std::ranges::find(m_methods, "HEAD") == m_methods.end())
            match.allow = "HEAD, ";
        for (const std::string_view method : m_methods) {
            if (method != "OPTIONS")
                match.allow.append(method).append(", ");
        }
        match.allow += "OPTIONS";
        return match;
    }

private:
    bool choose(const std::vector<Entry>& entries) {
        const Entry* viaGet = nullptr;
        for (const Entry& entry : entries) {
            if (entry.route->method == m_method) {
                m_found = &entry;
                return true;
            }
            if (m_method == "HEAD" && entry.route->method == "GET")
                viaGet = &entry;
        }
        m_found = viaGet;
        for (const Entry& entry : entries) {
            if (std::ranges::find(m_methods, entry.route->method) == m_methods.end())
                m_methods.push_back(entry.route->method);
        }
        return m_found != nullptr;
    }

    std::string_view m_method;
    const Segments& m_segments;
    std::array<std::string_view, kMaxSegments + 1> m_captured;
    std::size_t m_capturedCount = 0;
    const Entry* m_found = nullptr;
    std::vector<std::string_view> m_methods;
};

Result<void> RouteTable::add(const Route& route) {
    Segments segments;
    if (route.method.empty() || !route.handler || !splitPath(route.pattern, segments))
        return badPattern(route, "needs a method, a handler and a path without empty segments");
    Node* node = m_root.get();
    Entry entry{.route = &route, .parameters = {}};
    std::vector<Entry>* place = nullptr;
    for (std::size_t i = 0; i < segments.count; ++i) {
        const std::string_view piece = segments.piece[i];
        if (!piece.starts_with('{')) {
            auto& child = node->exact[std::string(piece)];
            if (!child)
                child = std::make_unique<Node>();
            node = child.get();
            continue;
        }
        if (!piece.ends_with('}') || piece.size() < 3)
            return badPattern(route, "has a malformed parameter");
        std::string_view name = piece.substr(1, piece.size() - 2);
        if (name.ends_with("...")) {
            if (i + 1 != segments.count)
                return badPattern(route, "has {name...} before its end");
            name.remove_suffix(3);
            place = &node->rest;
        } else {
            if (!node->parameter)
                node->parameter = std::make_unique<Node>();
            node = node->parameter.get();
        }
        entry.parameters.emplace_back(name);
    }
    if (!place)
        place = &node->here;
    if (std::ranges::any_of(*place, [&](const Entry& other) { return other.route->method == route.method; }))
        return badPattern(route, "is given twice");
    place->push_back(std::move(entry));
    return {};
}

Result<RouteTable> RouteTable::build(std::vector<Route> routes) {
    RouteTable table;
    for (Route& route : routes) {
        table.m_routes.push_back(std::make_unique<Route>(std::move(route)));
        if (auto added = table.add(*table.m_routes.back()); !added)
            return added.error();
    }
    return table;
}

RouteTable::Match RouteTable::match(std::string_view method, std::string_view rawPath) const {
    Segments segments;
    if (!splitPath(rawPath, segments))
        return {};
    Search search(method, segments);
    search.visit(*m_root, 0);
    return search.result();
}

} // namespace patchbay::http
