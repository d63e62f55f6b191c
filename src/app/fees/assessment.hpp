// What a card owes for an occasion: the fee that applies, in the account's currency, with its taxes. Reads the store
// and writes nothing; made once for an institution and used for many of its cards, on one thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/context/context.hpp"
#include "app/fees/charge.hpp"
#include "core/fee/card_fee_book.hpp"

namespace takas::app::fees {

/// No fee applies, or what applies is free.
struct NothingDue {};
/// It cannot be charged yet: why, for the log and the row that waits.
struct Waits {
    std::string_view for_what;
};
using Assessment = std::variant<NothingDue, Waits, CardCharge>;

class Assessor {
  public:
    /// Reads the institution's issuance and annual fees, their links and the taxes.
    static Result<Assessor> read(Services& services, TenantId tenant_id);

    const core::fee::CardFeeBook& book() const { return book_; }
    Date local_date(Instant at) const;

    /// Of a piece that was made. `card` is the due row's.
    Result<Assessment> of_piece(const core::fee::CardFeeDue& due, const core::card::Card& card);
    /// Of a period that is charged on `on`. `rule`: how the period is counted; a card that is charged another way by
    /// then owes nothing for it. Nothing: any.
    Result<Assessment> of_period(const core::fee::CardFeeDue& due, const core::card::Card& card, Date on,
                                 std::optional<core::fee::PeriodRule> rule);

  private:
    Assessor(Services& services, TenantId tenant_id, core::fee::CardFeeBook book, std::vector<core::fee::Tax> taxes)
        : services_(&services), tenant_id_(tenant_id), book_(std::move(book)), taxes_(std::move(taxes)) {}

    Result<EntityId> group_of(const std::string& product_code);
    Result<std::optional<core::customer::Customer>> owner_of(const core::card::Card& card) const;
    Result<bool> is_free(const core::fee::CardIssuanceFee& fee, core::fee::CardFeeType type,
                         const core::card::Card& card) const;
    struct Price {
        EntityId fee_id;
        std::string name;
        Decimal amount;
        std::optional<core::money::Currency> currency;
        core::fee::TaxInclusionMode mode{};
    };
    Result<Assessment> charge_of(const core::fee::CardFeeDue& due, const Price& price) const;

    Services* services_;
    TenantId tenant_id_;
    core::fee::CardFeeBook book_;
    std::vector<core::fee::Tax> taxes_;
    std::map<std::string, EntityId> groups_;  ///< by product code
};

}  // namespace takas::app::fees
