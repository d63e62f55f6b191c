// The order to make one printed card: which office makes it, how far it is, what is printed. What is printed is kept as
// it was when the card was ordered: a renewal that keeps the number orders the same card again with another expiry.
// Knows no file, no courier's way (delivery.hpp) and no secret of the card.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/card/card.hpp"

namespace takas::core::perso {

/// requested: ordered, the office is not known yet. waiting: for the office's next file. processing: the office has it.
enum class PersoStatus : std::uint8_t { requested, waiting, processing, error, completed, cancelled };

/// Why the card is made (the words of issuance fees).
enum class IssuanceType : std::uint8_t { new_card, renewal, replacement, noname, child_card };

/// One change of status, by whom and when.
struct PersoStep {
    PersoStatus old_status{};
    PersoStatus new_status{};
    Instant date_time;
    std::string user_id;
};

/// The newest changes that are kept: an order that fails again and again stays a small row.
inline constexpr std::size_t history_max = 100;

struct Issuance {
    TenantId tenant_id;
    EntityId id;
    AccountId account_id;
    TokenId token_id;
    std::string barcode;  ///< on the envelope; one of its kind in the institution
    std::string masked_card_no;
    std::string customer_no;  ///< when it was ordered; "" for a card without a holder
    std::string card_product_code;
    IssuanceType issuance_type{};
    PersoStatus status{};
    std::string perso_office_code;  ///< "" while requested
    std::string courier_code;       ///< "": the institution's own way
    std::optional<card::DeliveryType> delivery_type;
    EntityId card_art_id;
    std::string letter_code;
    card::Expiry expire_date;
    std::int16_t pan_sequence_no = 1;
    std::string personalized_name_line_1;
    std::string personalized_name_line_2;
    std::optional<card::DeliveryAddress> delivery_address;
    std::optional<card::DeliveryCommunication> delivery_communication;
    Date ordered_on;  ///< the institution's calendar
    Instant request_time;
    Instant last_status_time;
    std::string creator_id;
    EntityId file_id;  ///< the newest personalisation file it was in; 0: none
    std::string file_name;
    std::string error_description;
    std::vector<PersoStep> history;
    std::int64_t version = 1;
};

}  // namespace takas::core::perso

namespace takas {

template <>
struct EnumNames<core::perso::PersoStatus> {
    using E = core::perso::PersoStatus;
    static constexpr std::string_view name = "PersoStatus";
    static constexpr std::array values{named(E::requested, "Requested"),   named(E::waiting, "Waiting"),
                                       named(E::processing, "Processing"), named(E::error, "Error"),
                                       named(E::completed, "Completed"),   named(E::cancelled, "Cancelled")};
};
template <>
struct EnumNames<core::perso::IssuanceType> {
    using E = core::perso::IssuanceType;
    static constexpr std::string_view name = "IssuanceType";
    static constexpr std::array values{named(E::new_card, "NewCard"), named(E::renewal, "Renewal"),
                                       named(E::replacement, "Replacement"), named(E::noname, "Noname"),
                                       named(E::child_card, "ChildCard")};
};
template <>
struct Describe<core::perso::PersoStep> {
    using T = core::perso::PersoStep;
    static constexpr std::string_view name = "PersoStep";
    static constexpr auto& fields = columns<&T::old_status, &T::new_status, &T::date_time, &T::user_id>;
};
template <>
struct Describe<core::perso::Issuance> {
    using T = core::perso::Issuance;
    static constexpr std::string_view name = "Issuance";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::account_id, &T::token_id, &T::barcode, &T::masked_card_no, &T::customer_no,
                &T::card_product_code, &T::issuance_type, &T::status, &T::perso_office_code, &T::courier_code,
                &T::delivery_type, &T::card_art_id, &T::letter_code, &T::expire_date, &T::pan_sequence_no,
                &T::personalized_name_line_1, &T::personalized_name_line_2, &T::delivery_address,
                &T::delivery_communication, &T::ordered_on, &T::request_time, &T::last_status_time, &T::creator_id,
                &T::file_id, &T::file_name, &T::error_description, &T::history, &T::version>;
};

}  // namespace takas
