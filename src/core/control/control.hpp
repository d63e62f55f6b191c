// What an institution says about the use of its cards: authorization controls (may this be done at all?), velocity
// controls (how much, how often, in which time?), to whom they are linked, and their versions. Rows as they are stored;
// a rule here is its canonical text, which core/control/rule compiles (docs/adr/0017).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/authorization/codes.hpp"
#include "core/money/money.hpp"

namespace takas::core::control {

/// What can be linked. Stored: numbers never change meaning.
enum class Family : std::uint8_t {
    authorization_control = 1,
    velocity_control = 2,
    transaction_fee = 3,
    card_issuance_fee = 4,
    card_annual_fee = 5,
};

/// From the most to the least specific (contract 2.1). `tenant` is never stored as a link: it is `tenant_wide`.
enum class LinkLevel : std::uint8_t {
    card = 1,
    card_product = 2,
    card_product_group = 3,
    customer_segment = 4,
    tenant = 5
};

enum class ControlAction : std::uint8_t { decline = 0, allow = 1 };

/// Fixed windows begin at midnight of the institution's time zone; rolling ones move in steps
/// (core/control/window.hpp).
enum class VelocityPeriod : std::uint8_t {
    per_transaction = 0,
    daily = 1,
    weekly = 2,  ///< from Monday
    monthly = 3,
    yearly = 4,
    lifetime = 5,
    rolling_24_hours = 6,
    rolling_30_days = 7,
};

/// Flat conditions, AND-ed with each other and with the rule. Absent or Unknown is no restriction.
struct Criteria {
    std::optional<authorization::TransactionCode> transaction_code;
    std::optional<authorization::TransactionDomain> transaction_domain;
    std::optional<authorization::PosEntryMode> pos_entry_mode;
    std::optional<std::int32_t> mcc;
    std::optional<authorization::TerminalType> terminal_type;
    friend bool operator==(const Criteria&, const Criteria&) = default;
};

struct AuthorizationControl {
    TenantId tenant_id;
    EntityId id;
    std::string name;
    std::string rule;  ///< "": none
    Criteria criteria;
    ControlAction action{};
    std::optional<authorization::ResponseCode> response_code;
    std::int32_t priority = 0;  ///< the highest is asked first
    std::optional<Date> effective_from, effective_to;
    bool tenant_wide = false;
    bool is_active = true;
    std::int64_t active_version_no = 1;  ///< which of its ControlVersions the row says
    std::int64_t version = 1;            ///< moves with every change, of its draft too
    Instant creation_time;
};

struct VelocityControl {
    TenantId tenant_id;
    EntityId id;
    std::string name;
    std::string rule;
    Criteria criteria;
    VelocityPeriod period{};
    std::optional<money::Currency> currency;  ///< it counts for accounts in this currency; absent: for every account
    std::optional<Decimal> limit_amount;      ///< major units
    std::optional<std::int64_t> limit_count;
    std::optional<Decimal> min_amount;  ///< smaller transactions are neither refused nor counted
    std::optional<authorization::ResponseCode> response_code;
    std::optional<Date> effective_from, effective_to;
    bool tenant_wide = false;
    bool is_active = true;
    std::int64_t active_version_no = 1;
    std::int64_t version = 1;
    Instant creation_time;
};

/// One target of a control or fee.
struct ControlLink {
    TenantId tenant_id;
    EntityId id;
    Family family{};
    EntityId control_id;
    LinkLevel level{};
    TokenId token_id;                ///< card
    std::string card_product_code;   ///< card_product
    EntityId card_product_group_id;  ///< card_product_group
    EntityId customer_segment_id;    ///< customer_segment
    std::string rule;                ///< the link counts only when it holds; "": always
    Instant creation_time;
};

enum class VersionState : std::uint8_t {
    draft = 0,   ///< being written
    shadow = 1,  ///< a draft that is evaluated and recorded, and never decides
    active = 2,
    retired = 3,  ///< was active, or a draft that was given up
};

/// What a control or fee said, once. At most one of a control's versions is a draft (or shadow).
struct ControlVersion {
    TenantId tenant_id;
    Family family{};
    EntityId control_id;
    std::int64_t version_no = 0;
    VersionState state{};
    RawJson definition;  ///< the record of the family, all of it
    std::string user_id, user_name;
    Instant creation_time;
    std::optional<Instant> active_since, active_until;
};

/// What a card has used of its velocity controls (core/control/counters.hpp). Written with the authorization that
/// counted; its account's version guards it.
struct CardUsage {
    TenantId tenant_id;
    AccountId account_id;
    TokenId token_id;
    Blob counters;
};

}  // namespace takas::core::control

namespace takas {

template <>
struct EnumNames<core::control::Family> {
    using E = core::control::Family;
    static constexpr std::string_view name = "ControlFamily";
    static constexpr std::array values{
        named(E::authorization_control, "AuthorizationControl"), named(E::velocity_control, "VelocityControl"),
        named(E::transaction_fee, "TransactionFee"), named(E::card_issuance_fee, "CardIssuanceFee"),
        named(E::card_annual_fee, "CardAnnualFee")};
};
template <>
struct EnumNames<core::control::LinkLevel> {
    using E = core::control::LinkLevel;
    static constexpr std::string_view name = "LinkLevel";
    static constexpr std::array values{named(E::card, "Card"), named(E::card_product, "CardProduct"),
                                       named(E::card_product_group, "CardProductGroup"),
                                       named(E::customer_segment, "CustomerSegment"), named(E::tenant, "Tenant")};
};
template <>
struct EnumNames<core::control::ControlAction> {
    using E = core::control::ControlAction;
    static constexpr std::string_view name = "AuthorizationCheckAction";
    static constexpr std::array values{named(E::decline, "Decline"), named(E::allow, "Allow")};
};
template <>
struct EnumNames<core::control::VelocityPeriod> {
    using E = core::control::VelocityPeriod;
    static constexpr std::string_view name = "VelocityPeriod";
    static constexpr std::array values{named(E::per_transaction, "PerTransaction"),
                                       named(E::daily, "Daily"),
                                       named(E::weekly, "Weekly"),
                                       named(E::monthly, "Monthly"),
                                       named(E::yearly, "Yearly"),
                                       named(E::lifetime, "Lifetime"),
                                       named(E::rolling_24_hours, "Rolling24Hours"),
                                       named(E::rolling_30_days, "Rolling30Days")};
};
template <>
struct EnumNames<core::control::VersionState> {
    using E = core::control::VersionState;
    static constexpr std::string_view name = "ControlVersionState";
    static constexpr std::array values{named(E::draft, "Draft"), named(E::shadow, "Shadow"), named(E::active, "Active"),
                                       named(E::retired, "Retired")};
};

template <>
struct Describe<core::control::Criteria> {
    using T = core::control::Criteria;
    static constexpr std::string_view name = "TransactionCriteriaDto";
    static constexpr std::array fields{
        field<&T::transaction_code>("What is asked for; Unknown is any").example("Purchase"),
        field<&T::transaction_domain>("Where the merchant is, seen from the issuer").example("International"),
        field<&T::pos_entry_mode>("How the card is read; Unknown is any").example("ECommerce"),
        field<&T::mcc>("Merchant category code (ISO 18245)").range(1, 9999).example("5411"),
        field<&T::terminal_type>("Kind of terminal; Unknown is any").example("Atm"),
    };
};
template <>
struct Describe<core::control::AuthorizationControl> {
    using T = core::control::AuthorizationControl;
    static constexpr std::string_view name = "AuthorizationControl";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::name, &T::rule, &T::criteria, &T::action, &T::response_code, &T::priority,
                &T::effective_from, &T::effective_to, &T::tenant_wide, &T::is_active, &T::active_version_no,
                &T::version, &T::creation_time>;
};
template <>
struct Describe<core::control::VelocityControl> {
    using T = core::control::VelocityControl;
    static constexpr std::string_view name = "VelocityControl";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::name, &T::rule, &T::criteria, &T::period, &T::currency, &T::limit_amount,
                &T::limit_count, &T::min_amount, &T::response_code, &T::effective_from, &T::effective_to,
                &T::tenant_wide, &T::is_active, &T::active_version_no, &T::version, &T::creation_time>;
};
template <>
struct Describe<core::control::ControlLink> {
    using T = core::control::ControlLink;
    static constexpr std::string_view name = "ControlLink";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::family, &T::control_id, &T::level, &T::token_id, &T::card_product_code,
                &T::card_product_group_id, &T::customer_segment_id, &T::rule, &T::creation_time>;
};
template <>
struct Describe<core::control::ControlVersion> {
    using T = core::control::ControlVersion;
    static constexpr std::string_view name = "ControlVersion";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::family, &T::control_id, &T::version_no, &T::state, &T::definition, &T::user_id,
                &T::user_name, &T::creation_time, &T::active_since, &T::active_until>;
};
template <>
struct Describe<core::control::CardUsage> {
    using T = core::control::CardUsage;
    static constexpr std::string_view name = "CardUsage";
    static constexpr auto& fields = columns<&T::tenant_id, &T::account_id, &T::token_id, &T::counters>;
};

}  // namespace takas
