// Who may do what: institutions (tenants), their users, API clients, roles and the refresh tokens in circulation.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/money/money.hpp"

namespace takas::core::identity {

/// Tenant 1 is the platform itself: its users are operators.
inline constexpr TenantId platform_tenant{1};

struct Tenant {
    TenantId tenant_id;
    std::string tenant_uuid;
    std::string code;
    std::string name;
    std::string country;  ///< ISO 3166-1 alpha-2
    std::string time_zone = "Europe/Istanbul";
    bool is_demo = false;          ///< webhooks may go to loopback
    bool sandbox_enabled = false;  ///< Transaction Testing is allowed
    bool is_active = true;
    Instant creation_time;
    bool may_card_limit_exceed = false;  ///< a card's own velocity limit may be above its control's
};

struct User {
    TenantId tenant_id;
    UserId user_id;
    std::string user_uuid;
    std::string user_name;
    std::string password_hash;  ///< Argon2id, PHC string
    std::vector<std::string> roles;
    bool is_active = true;
    std::int32_t failed_login_count = 0;
    std::optional<Instant> locked_until;
    Instant tokens_valid_after;  ///< tokens given before count no more: password changed, user deactivated
    std::int64_t version = 1;    ///< a sign-in that counts a failure must not undo what an operator changes
    Instant creation_time;
};

/// An application that may ask for tokens. A public client (secret_hash empty) may not use client_credentials.
struct ApiClient {
    std::string client_id;
    TenantId tenant_id;
    std::string secret_hash;
    std::vector<std::string> roles;  ///< what client_credentials gives
    bool is_active = true;
};

struct Role {
    TenantId tenant_id;
    std::string name;
    std::vector<std::string> permissions;  ///< "customer.read"; "*" is every permission inside the tenant
};

/// One sign-in that may be prolonged: a family of refresh tokens, each used once, of which only the newest is good. A
/// token is "<family_id>.<secret>", so an older one is recognised as such without keeping every hash.
struct RefreshToken {
    std::string family_id;
    Blob token_hash;  ///< SHA-256 of the newest token
    TenantId tenant_id;
    UserId user_id;
    std::string client_id;
    std::string scope;
    Instant issued_at;   ///< of the newest token
    Instant expires_at;  ///< of the family: rotation does not prolong it
    bool is_revoked = false;
    std::int64_t version = 1;
};

struct ExchangeRate {
    TenantId tenant_id;
    money::Currency source_currency;
    money::Currency target_currency;
    Decimal rate;  ///< one major unit of the source in major units of the target
    Instant valid_from;
    std::string source;
    std::optional<Decimal> buy_rate;   ///< the institution buys the source currency: refunds and other credits
    std::optional<Decimal> sell_rate;  ///< it sells the source currency: purchases
    std::optional<Instant> valid_to;   ///< not valid from then on; absent: until the next one
};

}  // namespace takas::core::identity

namespace takas {

template <>
struct Describe<core::identity::Tenant> {
    using T = core::identity::Tenant;
    static constexpr std::string_view name = "Tenant";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::tenant_uuid, &T::code, &T::name, &T::country, &T::time_zone, &T::is_demo,
                &T::sandbox_enabled, &T::is_active, &T::creation_time, &T::may_card_limit_exceed>;
};
template <>
struct Describe<core::identity::User> {
    using T = core::identity::User;
    static constexpr std::string_view name = "User";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::user_id, &T::user_uuid, &T::user_name, &T::password_hash, &T::roles, &T::is_active,
                &T::failed_login_count, &T::locked_until, &T::tokens_valid_after, &T::version, &T::creation_time>;
};
template <>
struct Describe<core::identity::ApiClient> {
    using T = core::identity::ApiClient;
    static constexpr std::string_view name = "ApiClient";
    static constexpr auto& fields = columns<&T::client_id, &T::tenant_id, &T::secret_hash, &T::roles, &T::is_active>;
};
template <>
struct Describe<core::identity::Role> {
    using T = core::identity::Role;
    static constexpr std::string_view name = "Role";
    static constexpr auto& fields = columns<&T::tenant_id, &T::name, &T::permissions>;
};
template <>
struct Describe<core::identity::RefreshToken> {
    using T = core::identity::RefreshToken;
    static constexpr std::string_view name = "RefreshToken";
    static constexpr auto& fields = columns<&T::family_id, &T::token_hash, &T::tenant_id, &T::user_id, &T::client_id,
                                            &T::scope, &T::issued_at, &T::expires_at, &T::is_revoked, &T::version>;
};
template <>
struct Describe<core::identity::ExchangeRate> {
    using T = core::identity::ExchangeRate;
    static constexpr std::string_view name = "ExchangeRate";
    static constexpr auto& fields = columns<&T::tenant_id, &T::source_currency, &T::target_currency, &T::rate,
                                            &T::valid_from, &T::source, &T::buy_rate, &T::sell_rate, &T::valid_to>;
};

}  // namespace takas
