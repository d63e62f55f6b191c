// Which status a card may go to, from where and why: the published state table as one table. Expiry is no status: it
// follows from the expiry date. Knows no store and no event.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/error.hpp"
#include "core/card/card.hpp"

namespace takas::core::card {

struct StatusEdge {
    CardStatus from;
    CardStatus to;
    std::span<const CardStatusReason> reasons;
};

/// Every legal change of status.
std::span<const StatusEdge> status_edges();

/// A suspension for suspicion is lifted by the institution only.
constexpr bool is_suspicion(CardStatusReason reason) {
    return reason == CardStatusReason::suspicious_transaction || reason == CardStatusReason::suspected_fraud;
}

/// Errors: card_transition_not_allowed (data: what the table allows from here), card_reason_not_allowed (data: the
/// reasons that would do).
Result<void> check_status_change(CardStatus from, std::optional<CardStatusReason> from_reason, CardStatus to,
                                 CardStatusReason reason);

struct StatusChange {
    CardStatus to{};
    CardStatusReason reason{};
    std::string description;
    std::string changed_by;
    Instant changed_at;
};

/// The card in its new status. Errors as above.
Result<Card> change_status(Card card, const StatusChange& change);

}  // namespace takas::core::card
