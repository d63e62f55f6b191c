// What the use and the having of a card costs: fees of transactions, of issuing a card, of having it for a year or a
// month, and the taxes on them. Rows as they are stored; amounts are decimals in major units of the fee's currency.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/control/control.hpp"
#include "core/product/product.hpp"

namespace takas::core::fee {

enum class TaxInclusionMode : std::uint8_t {
    excluded = 0,  ///< tax is added on top
    included = 1,  ///< tax is taken out of the amount
};
enum class IssuanceType : std::uint8_t { new_card = 0, renewal = 1, replacement = 2, noname = 3, child_card = 4 };
enum class ChargePeriod : std::uint8_t { yearly = 0, monthly = 1 };

/// A tax on fees, such as BSMV at 5 %. All active taxes of the institution are on every fee.
struct Tax {
    TenantId tenant_id;
    EntityId id;
    std::string name;
    Decimal rate;  ///< percent
    bool is_active = true;
    std::int64_t version = 1;
};

/// clamp(amount + billing amount * rate / 100, min, max), in the billing currency.
struct TransactionFee {
    TenantId tenant_id;
    EntityId id;
    std::string name;
    std::string rule;
    std::optional<Decimal> min, max;
    std::optional<Decimal> rate;  ///< percent
    std::optional<Decimal> amount;
    std::optional<Date> effective_from, effective_to;
    control::Criteria criteria;
    TaxInclusionMode tax_inclusion_mode{};
    bool tenant_wide = false;
    std::int64_t version = 1;
    Instant creation_time;
};

struct CardIssuanceFee {
    TenantId tenant_id;
    EntityId id;
    std::string name;
    std::string rule;
    Decimal amount;
    std::optional<money::Currency> currency;  ///< absent: the account's
    std::optional<IssuanceType> issuance_type;
    std::optional<product::ProductType> physical_type;
    std::optional<Date> effective_from, effective_to;
    TaxInclusionMode tax_inclusion_mode{};
    std::int32_t free_count = 0;  ///< how many cards of a customer cost nothing
    bool tenant_wide = false;
    std::int64_t version = 1;
    Instant creation_time;
};

struct CardAnnualFee {
    TenantId tenant_id;
    EntityId id;
    std::string name;
    std::string rule;
    Decimal amount;
    std::optional<money::Currency> currency;
    bool first_year_free = false;
    std::int32_t charge_month_offset = 0;  ///< months after the card's creation at which the period is charged
    ChargePeriod charge_period{};
    std::optional<Decimal> child_card_amount;
    std::optional<Date> effective_from, effective_to;
    TaxInclusionMode tax_inclusion_mode{};
    bool tenant_wide = false;
    std::int64_t version = 1;
    Instant creation_time;
};

}  // namespace takas::core::fee

namespace takas {

template <>
struct EnumNames<core::fee::TaxInclusionMode> {
    using E = core::fee::TaxInclusionMode;
    static constexpr std::string_view name = "TaxInclusionMode";
    static constexpr std::array values{named(E::excluded, "Excluded"), named(E::included, "Included")};
};
template <>
struct EnumNames<core::fee::IssuanceType> {
    using E = core::fee::IssuanceType;
    static constexpr std::string_view name = "IssuanceType";
    static constexpr std::array values{named(E::new_card, "NewCard"), named(E::renewal, "Renewal"),
                                       named(E::replacement, "Replacement"), named(E::noname, "Noname"),
                                       named(E::child_card, "ChildCard")};
};
template <>
struct EnumNames<core::fee::ChargePeriod> {
    using E = core::fee::ChargePeriod;
    static constexpr std::string_view name = "ChargePeriod";
    static constexpr std::array values{named(E::yearly, "Yearly"), named(E::monthly, "Monthly")};
};

template <>
struct Describe<core::fee::Tax> {
    using T = core::fee::Tax;
    static constexpr std::string_view name = "Tax";
    static constexpr auto& fields = columns<&T::tenant_id, &T::id, &T::name, &T::rate, &T::is_active, &T::version>;
};
template <>
struct Describe<core::fee::TransactionFee> {
    using T = core::fee::TransactionFee;
    static constexpr std::string_view name = "TransactionFee";
    static constexpr auto& fields = columns<&T::tenant_id, &T::id, &T::name, &T::rule, &T::min, &T::max, &T::rate,
                                            &T::amount, &T::effective_from, &T::effective_to, &T::criteria,
                                            &T::tax_inclusion_mode, &T::tenant_wide, &T::version, &T::creation_time>;
};
template <>
struct Describe<core::fee::CardIssuanceFee> {
    using T = core::fee::CardIssuanceFee;
    static constexpr std::string_view name = "CardIssuanceFee";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::name, &T::rule, &T::amount, &T::currency, &T::issuance_type,
                &T::physical_type, &T::effective_from, &T::effective_to, &T::tax_inclusion_mode, &T::free_count,
                &T::tenant_wide, &T::version, &T::creation_time>;
};
template <>
struct Describe<core::fee::CardAnnualFee> {
    using T = core::fee::CardAnnualFee;
    static constexpr std::string_view name = "CardAnnualFee";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::name, &T::rule, &T::amount, &T::currency, &T::first_year_free,
                &T::charge_month_offset, &T::charge_period, &T::child_card_amount, &T::effective_from, &T::effective_to,
                &T::tax_inclusion_mode, &T::tenant_wide, &T::version, &T::creation_time>;
};

}  // namespace takas
