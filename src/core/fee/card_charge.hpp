// What a card owes for being made or for being held, before it is charged: the row that is written together with what
// it is owed for, and how far the daily look for periods has come. Knows no fee: which one applies is found when it is
// charged.
#pragma once

#include <array>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::core::fee {

/// What a card is charged for. Stored: numbers never change meaning. The first five are IssuanceType's.
enum class CardFeeType : std::uint8_t {
    new_card = 0,
    renewal = 1,
    replacement = 2,
    noname = 3,
    child_card = 4,
    yearly = 5,
    monthly = 6,
};

/// Due and not settled yet: it goes with the charge, or when no fee applies. One row per card, type and number, for
/// ever: the claim of the transaction that charges it has the same name.
struct CardFeeDue {
    TenantId tenant_id;
    AccountId account_id;
    TokenId token_id;
    CardFeeType fee_type{};
    /// Which of its kind: the PAN sequence number of the piece that was made, or the period counted from the card's
    /// creation, from 0.
    std::int64_t occasion_no = 0;
    Instant occurred_at;      ///< fees made later do not concern it
    Instant next_attempt_at;  ///< moves when it cannot be charged yet
    std::string waits_for;    ///< why it could not be charged: an error code; "": not tried yet
};

/// Periods that began up to this day, the institution's own, are settled or have a row of their own.
struct CardFeeSweep {
    TenantId tenant_id;
    Date swept_through;
    std::int64_t version = 1;
};

}  // namespace takas::core::fee

namespace takas {

template <>
struct EnumNames<core::fee::CardFeeType> {
    using E = core::fee::CardFeeType;
    static constexpr std::string_view name = "CardFeeType";
    static constexpr std::array values{named(E::new_card, "NewCard"),        named(E::renewal, "Renewal"),
                                       named(E::replacement, "Replacement"), named(E::noname, "Noname"),
                                       named(E::child_card, "ChildCard"),    named(E::yearly, "Yearly"),
                                       named(E::monthly, "Monthly")};
};
template <>
struct Describe<core::fee::CardFeeDue> {
    using T = core::fee::CardFeeDue;
    static constexpr std::string_view name = "CardFeeDue";
    static constexpr auto& fields = columns<&T::tenant_id, &T::account_id, &T::token_id, &T::fee_type, &T::occasion_no,
                                            &T::occurred_at, &T::next_attempt_at, &T::waits_for>;
};
template <>
struct Describe<core::fee::CardFeeSweep> {
    using T = core::fee::CardFeeSweep;
    static constexpr std::string_view name = "CardFeeSweep";
    static constexpr auto& fields = columns<&T::tenant_id, &T::swept_through, &T::version>;
};

}  // namespace takas
