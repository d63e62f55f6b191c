// Changes of status, one card or all of a customer. What a change brings with it goes into the same commit: its event,
// the script that tells the chip, the end of the card in whose place this one was issued, and the new card of a lost
// one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cards/cards.hpp"
#include "app/lane/work.hpp"

namespace takas::app::cards {

/// Inside the lane of the card's account, for those who change more in the same commit. The work holds the card as it
/// was; a renewal that replaced another card's number closes that card when it is activated. The card's audit is the
/// caller's, who may change more.
/// Errors: card_transition_not_allowed, card_reason_not_allowed.
Result<ChangedStatus> change_status_in(lane::Work& work, const Context& context, const Card& card,
                                       const WantedStatus& wanted);

/// What a new card in place of a lost, stolen or copied one is like, where it differs from that.
struct WantedReplacement {
    std::optional<core::card::IssuanceWishes> issuance;
    std::optional<core::card::DeliveryAddress> delivery_address;
};
struct Replacement {
    EntityId issuance_id;  ///< 0: nothing is printed
    Card card;
};
struct Replaced {
    ChangedStatus status;
    Result<Replacement> replacement;  ///< the status has changed even if there is no new card: that matters more
};
/// Status and new card in one commit. The new card has its own number, token and no PIN; owner, account and settings
/// are the old card's. Errors: as change_status, validation (the status is not Lost, Stolen or Fraud).
Result<Replaced> change_status_and_replace(Context& context, const WantedStatus& wanted,
                                           const WantedReplacement& replacement);

struct CustomerStatus {
    std::string customer_no;
    core::card::CardStatus status{};
    core::card::CardStatusReason reason{};
    std::string description;
    std::vector<TokenId> excluded;
};
struct StatusOutcome {
    Card before;
    Result<ChangedStatus> result;
};
/// The most cards of one customer that one call changes: some seconds of commits.
inline constexpr std::int64_t customer_cards_max = 10'000;
/// Every card of the customer by itself: one that refuses does not stop the others. By token.
/// Errors: customer_not_found, validation (more than customer_cards_max cards).
Result<std::vector<StatusOutcome>> change_customer_statuses(Context& context, const CustomerStatus& wanted);

}  // namespace takas::app::cards
