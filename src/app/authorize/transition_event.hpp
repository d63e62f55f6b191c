// The event that tells the institution what became of a transaction after its answer (TransactionTransition).
#pragma once

#include "base/decimal.hpp"
#include "base/describe.hpp"
#include "core/authorization/transaction.hpp"
#include "core/event/event.hpp"

namespace takas::app::authorize {

/// Data of the webhook (contract section 9).
struct TransactionTransition {
    TransactionId transaction_id;
    core::authorization::TransitionEventType event_type{};
    Decimal transaction_amount;
    Decimal billing_amount;
    Instant date_time;
};

core::event::DomainEvent transition_event(const core::authorization::CardTransaction& transaction,
                                          const core::authorization::TransactionEvent& event);

}  // namespace takas::app::authorize

namespace takas {

template <>
struct Describe<app::authorize::TransactionTransition> {
    using T = app::authorize::TransactionTransition;
    static constexpr std::string_view name = "TransactionTransition";
    static constexpr auto& fields =
        columns<&T::transaction_id, &T::event_type, &T::transaction_amount, &T::billing_amount, &T::date_time>;
};

}  // namespace takas
