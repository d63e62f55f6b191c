#include "app/events/catalogue.hpp"

#include <array>

#include "app/authorize/transition_event.hpp"
#include "app/events/card_security_payloads.hpp"
#include "app/events/fee_payloads.hpp"
#include "app/events/link_payloads.hpp"
#include "app/events/payloads.hpp"
#include "app/events/perso_payloads.hpp"
#include "app/events/transition_payloads.hpp"
#include "app/transactions/transaction_view.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::events {
namespace {

using core::event::EventKind;
using transactions::CardTransactionView;

// What all examples are about: one card of one customer, on one morning.
constexpr TokenId token_id{7230195437862912};
constexpr TransactionId transaction_id{7230195437862999};
constexpr std::string_view masked_card_no = "97929901****0017";
constexpr std::string_view customer_no = "100042";
constexpr std::string_view user_id = "5f0a3c1e-7b1d-4c59-9a53-0d2f6c1b7e11";
constexpr std::string_view barcode = "TK2031030100017";
constexpr Instant morning{1'930'125'600'000'000};  // 2031-03-01T10:00:00Z

/// The members that nearly every card event has.
template <class Payload>
Payload of_card() {
    Payload p{};
    p.card_token_id = token_id;
    p.masked_card_no = masked_card_no;
    if constexpr (requires { p.customer_no; }) p.customer_no = customer_no;
    if constexpr (requires { p.date_time; }) p.date_time = morning;
    if constexpr (requires { p.create_user; }) p.create_user = user_id;
    if constexpr (requires { p.update_user; }) p.update_user = user_id;
    if constexpr (requires { p.user; }) p.user = user_id;
    if constexpr (requires { p.courier_name; }) p.courier_name = "Kurye A.S.";
    if constexpr (requires { p.perso_office_name; }) p.perso_office_name = "Perso Merkezi";
    if constexpr (requires { p.barcode; }) p.barcode = barcode;
    if constexpr (requires { p.qr_code_barcode; }) p.qr_code_barcode = barcode;
    return p;
}

template <class Payload>
std::string text_of(const Payload& payload) {
    return protocol::json::encode(payload, protocol::json::NameStyle::pascal);
}

std::string customer_created_example() {
    CustomerCreated p{};
    p.id = CustomerId{7230195437862000};
    p.customer_no = customer_no;
    p.name = "Ayşe";
    p.surname = "Yılmaz";
    p.nationality = "TR";
    p.birth_date = make_date(1990, 5, 17);
    p.birth_place = "İzmir";
    p.creation_time = morning;
    p.creator_id = user_id;
    return text_of(p);
}

std::string card_created_example() {
    auto p = of_card<CardCreated>();
    p.personalized_name_line_1 = "AYSE YILMAZ";
    p.card_product_name = "Prepaid TRY";
    p.bin = "97929901";
    p.expire_date.value = 3603;
    return text_of(p);
}

std::string card_status_changed_example() {
    auto p = of_card<CardStatusChanged>();
    p.old_status = core::card::CardStatus::pending_activation;
    p.new_status = core::card::CardStatus::active;
    p.new_reason = core::card::CardStatusReason::customer_request;
    return text_of(p);
}

std::string card_linked_example() { return text_of(of_card<CardLinkChanged>()); }
std::string card_unlinked_example() {
    auto p = of_card<CardLinkChanged>();
    p.customer_no.reset();
    return text_of(p);
}

std::string perso_created_example() { return text_of(of_card<PersoCreated>()); }
std::string perso_status_changed_example() {
    auto p = of_card<PersoStatusChanged>();
    p.old_status = "Waiting";
    p.new_status = "Processing";
    return text_of(p);
}

std::string delivery_created_example() { return text_of(of_card<DeliveryCreated>()); }
std::string delivery_status_changed_example() {
    auto p = of_card<DeliveryStatusChanged>();
    p.old_status = "OutForDelivery";
    p.new_status = "Delivered";
    return text_of(p);
}

/// `approved`: a purchase of 14.99 TRY; else the same, declined.
template <bool approved>
std::string transaction_example() {
    core::authorization::CardTransaction t;
    t.transaction_id = transaction_id;
    t.token_id = token_id;
    t.masked_card_no = masked_card_no;
    t.transaction_amount_minor = t.billing_amount_minor = 1'499;
    t.transaction_currency = t.billing_currency = core::money::Currency{949};
    t.code = core::authorization::TransactionCode::purchase;
    t.result =
        approved ? core::authorization::TransactionResult::approved : core::authorization::TransactionResult::declined;
    if (approved) t.remaining_minor = t.billing_amount_minor;
    if (!approved) t.decline_reason = core::authorization::DeclineReason::insufficient_balance;
    auto view = transactions::view_of(t, Language::turkish);
    view.local_transaction_time = view.transaction_time = morning;
    return text_of(view);
}

std::string transition_example() {
    authorize::TransactionTransition p{};
    p.transaction_id = transaction_id;
    p.event_type = core::authorization::TransitionEventType::reversal;
    p.transaction_amount = p.billing_amount = transactions::major_units(1'499, core::money::Currency{949});
    p.date_time = morning;
    return text_of(p);
}

std::string three_d_secure_example() {
    auto p = of_card<ThreeDSecureTransition>();
    p.acs_transaction_id = p.transaction_id = "8a880dc0-d2d2-4067-bcb1-b08d1690b26e";
    p.event_type = ThreeDsEventType::challenge_requested;
    p.result = "SUCCESS";
    p.creation_time = morning;
    return text_of(p);
}

std::string dispute_example() {
    auto p = of_card<DisputeTransition>();
    p.transaction_id = transaction_id;
    p.creation_time = morning;
    return text_of(p);
}

std::string card_security_example() { return text_of(of_card<CardSecurityChanged>()); }

/// A yearly fee of 25.00 TRY that contains BSMV at 5 %.
std::string card_fee_charged_example() {
    constexpr core::money::Currency lira{949};
    auto p = of_card<CardFeeCharged>();
    p.transaction_id = transaction_id;
    p.fee_type = core::fee::CardFeeType::yearly;
    p.fee_id = EntityId{7230195437861000};
    p.fee_name = "Yearly card fee";
    p.amount = transactions::major_units(2'500, lira);
    p.net_amount = transactions::major_units(2'381, lira);
    p.currency = lira;
    p.taxes.push_back({"BSMV", transactions::major_units(119, lira), lira});
    p.period_no = 1;
    return text_of(p);
}

constexpr std::string_view no_3ds = "3-D Secure is not built yet.";
constexpr std::string_view no_dispute = "Disputes are not built yet.";

// clang-format off
constexpr std::array<CatalogueRow, 19> rows{{
    {EventKind::customer_created, &type_of<CustomerCreated>, "A customer was created.", "", &customer_created_example},
    {EventKind::card_created, &type_of<CardCreated>, "A card was issued.", "", &card_created_example},
    {EventKind::card_status_changed, &type_of<CardStatusChanged>, "A card went from one status to another.", "", &card_status_changed_example},
    {EventKind::card_linked_to_customer, &type_of<CardLinkChanged>, "A noname card was given to a customer.", "", &card_linked_example},
    {EventKind::card_unlinked_from_customer, &type_of<CardLinkChanged>, "A card was taken from its customer.", "", &card_unlinked_example},
    {EventKind::perso_created, &type_of<PersoCreated>, "The personalisation of a card was ordered.", "", &perso_created_example},
    {EventKind::perso_status_changed, &type_of<PersoStatusChanged>, "The personalisation of a card moved on.", "", &perso_status_changed_example},
    {EventKind::delivery_created, &type_of<DeliveryCreated>, "A card was handed in for delivery.", "", &delivery_created_example},
    {EventKind::delivery_status_changed, &type_of<DeliveryStatusChanged>, "The delivery of a card moved on.", "", &delivery_status_changed_example},
    {EventKind::successful_transaction, &type_of<CardTransactionView>, "A transaction was approved.", "", &transaction_example<true>},
    {EventKind::unsuccessful_transaction, &type_of<CardTransactionView>, "A transaction was declined.", "", &transaction_example<false>},
    {EventKind::transaction_transition, &type_of<authorize::TransactionTransition>, "A transaction was reversed, cleared or expired after its answer.", "", &transition_example},
    {EventKind::three_d_secure_transition, &type_of<ThreeDSecureTransition>, "A 3-D Secure authentication moved on; delivered as 3dSecureTransition.", no_3ds, &three_d_secure_example},
    {EventKind::dispute_transition, &type_of<DisputeTransition>, "A dispute moved on.", no_dispute, &dispute_example},
    {EventKind::pin_set, &type_of<CardSecurityChanged>, "A card was assigned a PIN.", "", &card_security_example},
    {EventKind::pin_changed, &type_of<CardSecurityChanged>, "The cardholder replaced the PIN.", "", &card_security_example},
    {EventKind::pin_blocked, &type_of<CardSecurityChanged>, "Wrong PINs reached the limit.", "", &card_security_example},
    {EventKind::cvv2_blocked, &type_of<CardSecurityChanged>, "Wrong CVV2 values reached the limit.", "", &card_security_example},
    {EventKind::card_fee_charged, &type_of<CardFeeCharged>, "A card's account was charged for making or having the card.", "", &card_fee_charged_example},
}};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].kind) != i) return false;
    return rows.size() == EnumNames<EventKind>::values.size();
}
static_assert(rows_follow_the_enum(), "one row per published event, in enum order");

}  // namespace

std::span<const CatalogueRow> catalogue() { return rows; }
const CatalogueRow& catalogue_row(EventKind kind) { return rows[static_cast<std::size_t>(kind)]; }

}  // namespace takas::app::events
