// The lines of a personalisation file as described structs: header, one line a card, trailer (docs/operating/perso.md).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/card/card.hpp"
#include "core/perso/issuance.hpp"

namespace takas::app::perso {

struct PersoHeader {
    std::string record = "header";
    std::int32_t format_version = 2;
    EntityId file_id;  ///< what the office's answer names
    std::string file_name;
    std::string tenant, office;
    Date date;
    std::int16_t number = 1;  ///< of the office's files of this date
    Instant created_at;
    std::string perso_key_check_value;
    std::string data_key_block, data_key_check_value;
    std::string pin_key_block, pin_key_check_value;
};

/// The chip's own keys, as key blocks under the office's key.
struct ChipKeys {
    std::string emv_profile_code;
    std::string ac, smi, smc;
};

struct PersoCard {
    std::string record = "card";
    std::int64_t sequence_no = 0;
    EntityId issuance_id;
    std::string barcode;  ///< on the envelope; the office's answer names the card by it
    core::perso::IssuanceType issuance_type{};
    TokenId token_id;
    std::string masked_card_no;
    std::string card_product_code;
    core::product::CardBrand brand{};
    core::product::ProductType product_type{};
    core::card::Expiry expire_date;
    std::int16_t pan_sequence_no = 0;
    std::string service_code;
    std::string personalized_name_line_1, personalized_name_line_2;
    std::optional<EntityId> card_art_id;
    std::optional<core::card::IssuanceWishes> issuance;
    std::optional<core::card::DeliveryAddress> delivery_address;
    std::optional<core::card::DeliveryCommunication> delivery_communication;
    std::string sealed;                    ///< base64: the card's secrets (PersoSecrets) under the data key
    std::optional<std::string> pin_block;  ///< hexadecimal: ISO format 4 under the PIN key
    std::optional<ChipKeys> chip;
};

/// What is sealed in a card's line.
struct PersoSecrets {
    std::string card_no;
    std::string cvv, icvv, cvv2;
    std::optional<std::string> track1;
    std::string track2, chip_track2;
};

struct PersoTrailer {
    std::string record = "trailer";
    std::int64_t card_count = 0, with_pin_count = 0, with_chip_count = 0;
    std::string sha256;  ///< over all lines before this one, each with its end of line
};

}  // namespace takas::app::perso

namespace takas {

template <>
struct Describe<app::perso::PersoHeader> {
    using T = app::perso::PersoHeader;
    static constexpr std::string_view name = "PersoHeader";
    static constexpr auto& fields =
        columns<&T::record, &T::format_version, &T::file_id, &T::file_name, &T::tenant, &T::office, &T::date,
                &T::number, &T::created_at, &T::perso_key_check_value, &T::data_key_block, &T::data_key_check_value,
                &T::pin_key_block, &T::pin_key_check_value>;
};
template <>
struct Describe<app::perso::ChipKeys> {
    using T = app::perso::ChipKeys;
    static constexpr std::string_view name = "PersoChipKeys";
    static constexpr auto& fields = columns<&T::emv_profile_code, &T::ac, &T::smi, &T::smc>;
};
template <>
struct Describe<app::perso::PersoCard> {
    using T = app::perso::PersoCard;
    static constexpr std::string_view name = "PersoCard";
    static constexpr auto& fields =
        columns<&T::record, &T::sequence_no, &T::issuance_id, &T::barcode, &T::issuance_type, &T::token_id,
                &T::masked_card_no, &T::card_product_code, &T::brand, &T::product_type, &T::expire_date,
                &T::pan_sequence_no, &T::service_code, &T::personalized_name_line_1, &T::personalized_name_line_2,
                &T::card_art_id, &T::issuance, &T::delivery_address, &T::delivery_communication, &T::sealed,
                &T::pin_block, &T::chip>;
};
template <>
struct Describe<app::perso::PersoSecrets> {
    using T = app::perso::PersoSecrets;
    static constexpr std::string_view name = "PersoSecrets";
    static constexpr auto& fields =
        columns<&T::card_no, &T::cvv, &T::icvv, &T::cvv2, &T::track1, &T::track2, &T::chip_track2>;
};
template <>
struct Describe<app::perso::PersoTrailer> {
    using T = app::perso::PersoTrailer;
    static constexpr std::string_view name = "PersoTrailer";
    static constexpr auto& fields =
        columns<&T::record, &T::card_count, &T::with_pin_count, &T::with_chip_count, &T::sha256>;
};

}  // namespace takas
