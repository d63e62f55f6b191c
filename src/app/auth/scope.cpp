#include "app/auth/scope.hpp"

#include <array>
#include <ranges>

namespace takas::app::auth {
namespace {

constexpr std::array<std::string_view, 3> known{"Issuing", "Acquiring", "offline_access"};

bool lists(std::string_view scopes, std::string_view scope) {
    for (const auto part : std::views::split(scopes, ' '))
        if (std::string_view(part.begin(), part.end()) == scope) return true;
    return false;
}

}  // namespace

std::optional<std::string> narrow_scope(const std::optional<std::string>& asked,
                                        const std::optional<std::string>& granted) {
    if (!asked || asked->empty()) return granted ? *granted : std::string(default_scope);
    std::string out;
    for (const std::string_view scope : known) {
        if (!lists(*asked, scope) || (granted && !lists(*granted, scope))) continue;
        if (!out.empty()) out.push_back(' ');
        out.append(scope);
    }
    if (out.empty()) return std::nullopt;
    return out;
}

}  // namespace takas::app::auth
