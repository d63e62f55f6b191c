// Events: what happened, in commit order. The event log is the outbox (written in the same commit as the change) and
// the source of every webhook. Transaction events carry no payload: they are rendered from the transaction's own row.
#pragma once

#include <array>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::core::event {

enum class EventKind : std::uint8_t {
    customer_created = 0,
    card_created = 1,
    card_status_changed = 2,
    card_linked_to_customer = 3,
    card_unlinked_from_customer = 4,
    perso_created = 5,
    perso_status_changed = 6,
    delivery_created = 7,
    delivery_status_changed = 8,
    successful_transaction = 9,
    unsuccessful_transaction = 10,
    transaction_transition = 11,
    three_d_secure_transition = 12,
    dispute_transition = 13,
    pin_set = 14,
    pin_changed = 15,
    pin_blocked = 16,
    cvv2_blocked = 17,
    card_fee_charged = 18,
};

struct DomainEvent {
    std::int64_t sequence_no = 0;  ///< given by the store in commit order
    TenantId tenant_id;
    EventKind kind{};
    std::int64_t stream_id = 0;  ///< what deliveries are ordered by: the card's token id, else the customer id
    AccountId account_id;        ///< 0 for customer events
    TransactionId transaction_id;
    std::string payload;  ///< JSON object, PascalCase; "" for transaction events
    Instant occurred_at;
};

}  // namespace takas::core::event

namespace takas {

template <>
struct EnumNames<core::event::EventKind> {
    using E = core::event::EventKind;
    static constexpr std::string_view name = "WebhookEvent";
    static constexpr std::array values{named(E::customer_created, "CustomerCreated"),
                                       named(E::card_created, "CardCreated"),
                                       named(E::card_status_changed, "CardStatusChanged"),
                                       named(E::card_linked_to_customer, "CardLinkedToCustomer"),
                                       named(E::card_unlinked_from_customer, "CardUnLinkedFromCustomer"),
                                       named(E::perso_created, "PersoCreated"),
                                       named(E::perso_status_changed, "PersoStatusChanged"),
                                       named(E::delivery_created, "DeliveryCreated"),
                                       named(E::delivery_status_changed, "DeliveryStatusChanged"),
                                       named(E::successful_transaction, "SuccessfulTransaction"),
                                       named(E::unsuccessful_transaction, "UnsuccessfulTransaction"),
                                       named(E::transaction_transition, "TransactionTransition"),
                                       named(E::three_d_secure_transition, "ThreeDSecureTransition"),
                                       named(E::dispute_transition, "DisputeTransition"),
                                       named(E::pin_set, "PinSet"),
                                       named(E::pin_changed, "PinChanged"),
                                       named(E::pin_blocked, "PinBlocked"),
                                       named(E::cvv2_blocked, "Cvv2Blocked"),
                                       named(E::card_fee_charged, "CardFeeCharged")};
};

template <>
struct Describe<core::event::DomainEvent> {
    using T = core::event::DomainEvent;
    static constexpr std::string_view name = "DomainEvent";
    static constexpr auto& fields = columns<&T::sequence_no, &T::tenant_id, &T::kind, &T::stream_id, &T::account_id,
                                            &T::transaction_id, &T::payload, &T::occurred_at>;
};

}  // namespace takas
