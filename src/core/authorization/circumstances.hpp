// What a rule may ask about a transaction beyond the transaction's own row: the rest of the message, and how the card
// and its owner stood at that moment. Stored with the decision, so that rules written later can be tried on it.
#pragma once

#include <optional>
#include <string>

#include "base/strong_id.hpp"
#include "core/authorization/terminal_codes.hpp"

namespace takas::core::authorization {

struct Circumstances {
    // The message.
    std::uint8_t cardholder_presence = 0;
    std::optional<TerminalPinCapability> terminal_pin_capability;
    std::optional<CardholderActivatedTerminalLevel> cat_level;
    std::optional<SliChannel> sli_channel;
    std::optional<SliUcafStatusCode> sli_ucaf_status_code;
    bool is_pin_entered = false;
    bool is_recurring = false;
    bool is_3d_secure = false;
    std::int32_t installment_count = 0;

    // The card at that moment.
    std::uint8_t card_status = 0;
    std::int32_t card_age_days = 0;
    bool is_child_card = false, is_noname = false;
    std::uint8_t digital_slip_type = 0;
    std::int64_t product_group_id = 0;

    // Its owner; known only where a control or fee of the institution asks for it.
    bool is_owner_known = false;
    std::int64_t customer_segment_id = 0;
    std::uint8_t customer_type = 0;
    std::optional<std::int32_t> customer_age;
    std::string nationality;

    // The clock of the institution.
    std::int32_t local_time_minutes = 0;  ///< since midnight
};

}  // namespace takas::core::authorization

namespace takas {

template <>
struct Describe<core::authorization::Circumstances> {
    using T = core::authorization::Circumstances;
    static constexpr std::string_view name = "Circumstances";
    static constexpr auto& fields =
        columns<&T::cardholder_presence, &T::terminal_pin_capability, &T::cat_level, &T::sli_channel,
                &T::sli_ucaf_status_code, &T::is_pin_entered, &T::is_recurring, &T::is_3d_secure, &T::installment_count,
                &T::card_status, &T::card_age_days, &T::is_child_card, &T::is_noname, &T::digital_slip_type,
                &T::product_group_id, &T::is_owner_known, &T::customer_segment_id, &T::customer_type, &T::customer_age,
                &T::nationality, &T::local_time_minutes>;
};

}  // namespace takas
