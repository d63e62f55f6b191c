#include "app/vault/merchants.hpp"

#include <algorithm>

#include "app/auth/random_text.hpp"
#include "app/ports/tables.hpp"
#include "app/system/checks.hpp"
#include "app/vault/trail.hpp"
#include "base/address_ranges.hpp"

namespace takas::app::vault {

using core::audit::Action;
using core::vault::MerchantState;
using ports::where;

namespace {

bool is_label_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

bool are_labels(std::string_view host) {
    constexpr std::size_t label_max = 63, name_max = 253;
    if (host.empty() || host.size() > name_max) return false;
    while (!host.empty()) {
        const auto end = std::min(host.find('.'), host.size());
        const std::string_view label = host.substr(0, end);
        if (label.empty() || label.size() > label_max || label.front() == '-' || label.back() == '-') return false;
        if (!std::ranges::all_of(label, is_label_character)) return false;
        if (end + 1 == host.size()) return false;  // ends with a dot
        host.remove_prefix(std::min(end + 1, host.size()));
    }
    return true;
}

template <class Check>
void check_all(const std::vector<std::string>& texts, std::string_view path, Check is_right, FieldErrors& errors,
               std::string_view english, std::string_view turkish) {
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (!is_right(texts[i]))
            errors.add(std::string(path) + '[' + std::to_string(i) + ']', std::string(english), std::string(turkish));
}

Result<void> check(const MerchantWish& wish) {
    FieldErrors errors;
    if (wish.allowed_origins)
        check_all(*wish.allowed_origins, "allowedOrigins", is_origin, errors, "An origin is https://host[:port].",
                  "Kaynak https://sunucu[:port] biçiminde olmalı.");
    if (wish.allowed_addresses)
        check_all(*wish.allowed_addresses, "allowedAddresses", is_address_range, errors,
                  "An IP address or a range like 192.0.2.0/24 is needed.",
                  "IP adresi veya 192.0.2.0/24 gibi bir aralık gerekli.");
    if (wish.forward_hosts)
        check_all(*wish.forward_hosts, "forwardHosts", is_dns_name, errors, "A DNS name is needed, no address.",
                  "DNS adı gerekli, IP adresi olamaz.");
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

Result<void> apply(const Context& context, const MerchantWish& wish, VaultMerchant& row) {
    if (auto right = check(wish); !right) return right;
    if (wish.partner_identity) {
        row.partner_id = {};
        if (!wish.partner_identity->empty()) {
            const auto partner = context.services.vault->directory.merchant_by_uuid(*wish.partner_identity);
            if (!partner) return std::unexpected(partner.error());
            if (!*partner || (*partner)->id == row.id || (*partner)->tenant_id != row.tenant_id)
                return fail(ErrorCode::vault_partner_not_found);
            row.partner_id = (*partner)->id;
        }
    }
    const auto take = [](const auto& from, auto& to) {
        if (from) to = *from;
    };
    take(wish.name, row.name);
    take(wish.allowed_origins, row.allowed_origins);
    take(wish.allowed_addresses, row.allowed_addresses);
    take(wish.forward_hosts, row.forward_hosts);
    take(wish.deduplicates, row.deduplicates);
    take(wish.unique_code_period_h, row.unique_code_period_h);
    take(wish.temp_cards_per_token, row.temp_cards_per_token);
    take(wish.card_retention_days, row.card_retention_days);
    if (wish.is_suspended) row.state = *wish.is_suspended ? MerchantState::suspended : MerchantState::active;
    return {};
}

void forget_after_commit(Context& context, EntityId id) {
    context.after_commit.push_back([vault = context.services.vault, id] {
        vault->directory.forget();
        vault->keys.forget(id);
    });
}

}  // namespace

bool is_origin(std::string_view text) {
    const bool is_tls = text.starts_with("https://");
    if (!is_tls && !text.starts_with("http://")) return false;
    text.remove_prefix(is_tls ? 8 : 7);
    const auto colon = std::min(text.find(':'), text.size());
    const std::string_view host = text.substr(0, colon);
    if (colon < text.size()) {
        const std::string_view port = text.substr(colon + 1);
        constexpr std::size_t port_digits_max = 5;
        if (port.empty() || port.size() > port_digits_max || port.front() == '0') return false;
        if (!std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; })) return false;
    }
    if (!is_tls) return host == "localhost" || host == "127.0.0.1";
    return are_labels(host);
}

bool is_dns_name(std::string_view text) {
    if (!are_labels(text) || text.find('.') == std::string_view::npos) return false;
    const char last = text[text.rfind('.') + 1];
    return last >= 'a' && last <= 'z';  // a name whose last label begins with a digit is an address in disguise
}

Result<VaultMerchant> create_merchant(Context& context, TenantId tenant_id, const std::string& code,
                                      const MerchantWish& wish) {
    if (auto tenant = system::find_tenant(context.store(), tenant_id); !tenant)
        return std::unexpected(std::move(tenant.error()));
    VaultMerchant row;
    row.id = context.next_id<EntityId>();
    row.tenant_id = tenant_id;
    row.merchant_uuid = auth::random_uuid(context.services.random);
    row.code = code;
    row.creation_time = context.now;
    if (auto applied = apply(context, wish, row); !applied) return std::unexpected(std::move(applied.error()));
    for (const KeyUse use : {KeyUse::card_data, KeyUse::lookup, KeyUse::unique_code}) {
        auto key = make_key(row.id, use, 1, Wrapping(context.services), context.now);
        if (!key) return std::unexpected(std::move(key.error()));
        context.unit.insert(std::move(*key));
    }
    context.tenant_id = tenant_id;
    auto noted = note_merchant(context, row.id, Action::created, {detail("code", code)});
    if (!noted) return std::unexpected(std::move(noted.error()));
    context.unit.insert(row);
    return row;
}

Result<VaultMerchant> find_merchant(ports::Store& store, EntityId id) {
    auto found = store.find<VaultMerchant>({where<&VaultMerchant::id>(id)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return fail(ErrorCode::vault_merchant_not_found);
    return std::move(**found);
}

Result<VaultMerchant> tended_merchant(Context& context, EntityId id) {
    auto row = find_merchant(context.store(), id);
    if (!row) return row;
    if (row->state == MerchantState::erased) return fail(ErrorCode::vault_merchant_not_found, "erased");
    context.tenant_id = row->tenant_id;
    return row;
}

Result<VaultMerchant> update_merchant(Context& context, EntityId id, const MerchantWish& wish) {
    auto row = tended_merchant(context, id);
    if (!row) return row;
    const VaultMerchant before = *row;
    if (auto applied = apply(context, wish, *row); !applied) return std::unexpected(std::move(applied.error()));
    auto changes = core::audit::differences(Describe<VaultMerchant>::fields, &before, &*row, {});
    if (changes.empty()) return row;
    const std::int64_t seen = row->version++;
    auto noted = note_merchant(context, id, Action::updated, std::move(changes));
    if (!noted) return std::unexpected(std::move(noted.error()));
    context.unit.update(*row, seen);
    context.decides_again_on.push_back(ports::table_of<VaultMerchant>().name);
    forget_after_commit(context, id);
    return row;
}

Result<void> erase_merchant(Context& context, EntityId id) {
    auto row = tended_merchant(context, id);
    if (!row) return std::unexpected(std::move(row.error()));
    auto keys = context.store().list<VaultKey>({{where<&VaultKey::merchant_id>(id)}, {{"use"}, {"key_version"}}});
    if (!keys) return std::unexpected(std::move(keys.error()));
    for (VaultKey& key : *keys) {
        const std::int64_t seen = key.version++;
        key.wrapped = {};
        key.state = KeyState::destroyed;
        if (!key.destroyed_at) key.destroyed_at = context.now;
        context.unit.update(std::move(key), seen);
    }
    const std::int64_t seen = row->version++;
    row->state = MerchantState::erased;
    context.unit.update(std::move(*row), seen);
    auto noted = note_merchant(context, id, Action::deleted, {detail("keys", "destroyed")});
    if (!noted) return noted;
    context.decides_again_on.push_back(ports::table_of<VaultKey>().name);
    context.decides_again_on.push_back(ports::table_of<VaultMerchant>().name);
    forget_after_commit(context, id);
    return {};
}

}  // namespace takas::app::vault
