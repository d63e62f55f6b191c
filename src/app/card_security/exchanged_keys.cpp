#include "app/card_security/exchanged_keys.hpp"

#include <algorithm>
#include <cctype>

namespace takas::app::card_security {
namespace {

/// Check values are compared over what both sides show, as upper-case hexadecimal.
bool is_same_check_value(std::string_view a, std::string_view b) {
    const std::size_t size = std::min(a.size(), b.size());
    return size >= 4 && std::ranges::equal(a.substr(0, size), b.substr(0, size), [](char x, char y) {
               return std::toupper(static_cast<unsigned char>(x)) == std::toupper(static_cast<unsigned char>(y));
           });
}

}  // namespace

Result<keys::KeyRef> exchanged_key(const keys::KeyDirectory& directory, TenantId tenant_id, core::key::KeyUsage usage,
                                   std::string_view key_check_value) {
    if (key_check_value.empty()) {
        auto exchanged = directory.find_all({.tenant_id = tenant_id, .usage = usage, .label = exchange_label});
        if (!exchanged.empty() && exchanged.front()->state == core::key::KeyState::active)
            return std::move(exchanged.front());
        return directory.find({.tenant_id = tenant_id, .usage = usage});
    }
    for (keys::KeyRef& key : directory.find_all({.tenant_id = tenant_id, .usage = usage}))
        if (is_same_check_value(key->kcv, key_check_value)) return std::move(key);
    return fail(ErrorCode::hsm_key_not_found, "no exchanged key of that check value");
}

Result<std::vector<keys::KeyRef>> exchanged_keys(const keys::KeyDirectory& directory, TenantId tenant_id,
                                                 core::key::KeyUsage usage, std::string_view key_check_value) {
    auto newest = exchanged_key(directory, tenant_id, usage, key_check_value);
    if (!newest) return std::unexpected(std::move(newest.error()));
    std::vector<keys::KeyRef> out{std::move(*newest)};
    if (!key_check_value.empty() || out.front()->label != exchange_label) return out;
    for (keys::KeyRef& key : directory.find_all({.tenant_id = tenant_id, .usage = usage, .label = exchange_label})) {
        if (key->id == out.front()->id) continue;
        out.push_back(std::move(key));
        break;
    }
    return out;
}

}  // namespace takas::app::card_security
