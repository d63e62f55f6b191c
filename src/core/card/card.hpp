// A card: who holds it, which product it follows, what state it is in. The number itself is stored encrypted beside it
// and found by a keyed hash; this record never holds clear digits.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/card/issuance.hpp"
#include "core/control/velocity_limit.hpp"
#include "core/money/money.hpp"
#include "core/product/product.hpp"

namespace takas::core::card {

enum class CardStatus : std::uint8_t { pending_activation, active, lost, stolen, suspended, closed, fraud };

enum class CardStatusReason : std::uint8_t {
    customer_request,
    tenant_request,
    suspicious_transaction,
    delivery_failed,
    suspected_fraud,
    cloned_card,
    fraudulent_application,
};

enum class DigitalSlipType : std::uint8_t { none, sms, email, sms_and_email };

/// Month of expiry as YYMM (2801 = January 2028). The card is good through the last day of that month.
struct Expiry {
    std::int32_t value = 0;
    friend constexpr auto operator<=>(Expiry, Expiry) = default;
};

std::optional<Expiry> make_expiry(std::int64_t yymm);
/// The expiry `months` after the month of `today`.
Expiry expiry_after(Date today, int months);
bool is_expired(Expiry expiry, Date today);

struct Card {
    TenantId tenant_id;
    AccountId account_id;  ///< distribution key: card, account and transactions live together
    TokenId token_id;
    Blob pan_sealed;  ///< AES-256-GCM, bound to the token id
    std::string masked_card_no;
    std::string bin;
    CustomerId customer_id;
    std::string customer_no;
    std::string card_product_code;
    std::string card_product_name;
    product::CardDci card_dci{};
    product::CardBrand brand{};
    product::ProductType product_type{};
    CardStatus status{};
    std::optional<CardStatusReason> status_reason;
    Instant status_changed_at;
    std::string status_changed_by;
    std::string status_description;  ///< what the user wrote about the last change
    Expiry expire_date;
    std::string personalized_name_line_1;
    std::string personalized_name_line_2;
    TokenId parent_token_id;  ///< 0: not a child card
    bool is_noname = false;
    std::int16_t pan_sequence_no = 1;
    std::optional<Instant> renewed_at;           ///< when this expiry and sequence number were given to the same number
    std::optional<Expiry> previous_expire_date;  ///< of the piece before it, which works until the new one is in use
    std::int16_t previous_pan_sequence_no = 0;   ///< of the same piece
    TokenId replaces_token_id;                   ///< 0: not issued in place of another card
    TokenId replaced_by_token_id;                ///< 0: nothing was issued in its place
    std::optional<std::string> barcode;          ///< on the envelope of the newest print order; none of unprinted cards
    std::string phone_number;
    bool auto_renewal = false;
    DigitalSlipType digital_slip_type{};
    bool pin_set = false;
    EntityId card_art_id;
    std::string external_reference;
    std::optional<product::CardPolicy> policy;        ///< what differs from the product's
    std::optional<IssuanceWishes> issuance;           ///< of printed cards, as asked for
    std::optional<DeliveryAddress> delivery_address;  ///< printed cards: asked for, or the customer's when ordered
    std::optional<DeliveryCommunication> delivery_communication;
    Instant creation_time;
    std::string creator_id;
    std::vector<control::VelocityLimit> velocity_limits;  ///< its own, in place of those of velocity controls
};

/// Finds the card of a number without storing the number: keyed hash -> card.
struct CardNumber {
    Blob pan_hash;
    TenantId tenant_id;
    AccountId account_id;
    TokenId token_id;
    EntityId bin_range_id;
    std::int64_t draw_no = 0;  ///< position in the range at which it was drawn
};

}  // namespace takas::core::card

namespace takas {

template <>
struct EnumNames<core::card::CardStatus> {
    using E = core::card::CardStatus;
    static constexpr std::string_view name = "CardStatus";
    static constexpr std::array values{named(E::pending_activation, "PendingActivation"),
                                       named(E::active, "Active"),
                                       named(E::lost, "Lost"),
                                       named(E::stolen, "Stolen"),
                                       named(E::suspended, "Suspended"),
                                       named(E::closed, "Closed"),
                                       named(E::fraud, "Fraud")};
};

template <>
struct EnumNames<core::card::CardStatusReason> {
    using E = core::card::CardStatusReason;
    static constexpr std::string_view name = "CardStatusReason";
    static constexpr std::array values{named(E::customer_request, "CustomerRequest"),
                                       named(E::tenant_request, "TenantRequest"),
                                       named(E::suspicious_transaction, "SuspiciousTransaction"),
                                       named(E::delivery_failed, "DeliveryFailed"),
                                       named(E::suspected_fraud, "SuspectedFraud"),
                                       named(E::cloned_card, "ClonedCard"),
                                       named(E::fraudulent_application, "FraudulentApplication")};
};

template <>
struct EnumNames<core::card::DigitalSlipType> {
    using E = core::card::DigitalSlipType;
    static constexpr std::string_view name = "DigitalSlipType";
    static constexpr std::array values{named(E::none, "None"), named(E::sms, "Sms"), named(E::email, "Email"),
                                       named(E::sms_and_email, "SmsAndEmail")};
};

template <>
struct Describe<core::card::Card> {
    using T = core::card::Card;
    static constexpr std::string_view name = "Card";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::account_id, &T::token_id, &T::pan_sealed, &T::masked_card_no, &T::bin,
                &T::customer_id, &T::customer_no, &T::card_product_code, &T::card_product_name, &T::card_dci, &T::brand,
                &T::product_type, &T::status, &T::status_reason, &T::status_changed_at, &T::status_changed_by,
                &T::status_description, &T::expire_date, &T::personalized_name_line_1, &T::personalized_name_line_2,
                &T::parent_token_id, &T::is_noname, &T::pan_sequence_no, &T::renewed_at, &T::previous_expire_date,
                &T::previous_pan_sequence_no, &T::replaces_token_id, &T::replaced_by_token_id, &T::barcode,
                &T::phone_number, &T::auto_renewal, &T::digital_slip_type, &T::pin_set, &T::card_art_id,
                &T::external_reference, &T::policy, &T::issuance, &T::delivery_address, &T::delivery_communication,
                &T::creation_time, &T::creator_id, &T::velocity_limits>;
};

template <>
struct Describe<core::card::CardNumber> {
    using T = core::card::CardNumber;
    static constexpr std::string_view name = "CardNumber";
    static constexpr auto& fields =
        columns<&T::pan_hash, &T::tenant_id, &T::account_id, &T::token_id, &T::bin_range_id, &T::draw_no>;
};

}  // namespace takas
