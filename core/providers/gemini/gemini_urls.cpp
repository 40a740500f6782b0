#include "providers/gemini/gemini_urls.h"

#include <fmt/format.h>

#include "base/strings.h"
#include "providers/body_fields.h"

namespace patchbay::gemini {

std::string resourceName(std::string_view model) {
    return model.starts_with("models/") || model.starts_with("tunedModels/") ? std::string(model)
                                                                             : "models/" + std::string(model);
}

std::string urlFor(const Endpoint& endpoint, std::string_view path) {
    const std::string_view base = std::string_view(endpoint.baseUrl).substr(0, endpoint.baseUrl.find('?'));
    const auto slash = base.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? std::string_view{} : base.substr(slash + 1);
    const bool versioned = last.starts_with("v1beta") || last.starts_with("v1alpha");
    return joinUrl(endpoint.baseUrl, versioned ? std::string(path) : "/v1beta" + std::string(path));
}

Result<std::string> actionUrl(const Endpoint& endpoint, std::string_view model, std::string_view action) {
    const std::string name = resourceName(model);
    std::string path;
    for (const std::string_view piece : split(name, '/')) {
        if (piece.empty() || piece == "." || piece == ".." || piece.find_first_of("?#\\") != std::string_view::npos)
            return invalidField("model", fmt::format("'{}' cannot be the name of a model", model),
                                "Names have no empty, '.' or '..' parts and no '?', '#' or '\\'.");
        path.append("/").append(percentEncode(piece));
    }
    return urlFor(endpoint, path.append(":").append(action));
}

} // namespace patchbay::gemini
