// PersoCreated, PersoStatusChanged, DeliveryCreated and DeliveryStatusChanged as published. Where the published table
// and its sample name a field differently, both names are sent (contract, section 9): Barcode and QrCodeBarcode.
// The states are the published words (contract 10.3 and 10.4): their own type belongs to whoever keeps them.
#pragma once

#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::app::events {

struct PersoCreated {
    TokenId card_token_id;
    std::string masked_card_no;
    std::optional<std::string> customer_no;
    Instant date_time;
    std::string create_user;
    std::optional<std::string> perso_office_name;
    std::optional<std::string> courier_name;
};

struct PersoStatusChanged {
    TokenId card_token_id;
    std::string masked_card_no;
    std::optional<std::string> customer_no;
    std::string old_status;
    std::string new_status;
    std::optional<std::string> barcode;
    std::optional<std::string> qr_code_barcode;  ///< the same value
    std::string update_user;
    Instant date_time;
    std::optional<std::string> perso_office_name;
    std::optional<std::string> courier_name;
};

struct DeliveryCreated {
    TokenId card_token_id;
    std::string masked_card_no;
    std::optional<std::string> customer_no;
    std::string barcode;
    std::optional<std::string> courier_name;
    Instant date_time;
    std::string create_user;
};

struct DeliveryStatusChanged {
    TokenId card_token_id;
    std::string masked_card_no;
    std::optional<std::string> customer_no;
    std::string old_status;
    std::string new_status;
    std::string barcode;
    std::optional<std::string> courier_name;
    Instant date_time;
    std::string user;
};

}  // namespace takas::app::events

namespace takas {

template <>
struct Describe<app::events::PersoCreated> {
    using T = app::events::PersoCreated;
    static constexpr std::string_view name = "PersoCreated";
    static constexpr auto& fields = columns<&T::card_token_id, &T::masked_card_no, &T::customer_no, &T::date_time,
                                            &T::create_user, &T::perso_office_name, &T::courier_name>;
};
template <>
struct Describe<app::events::PersoStatusChanged> {
    using T = app::events::PersoStatusChanged;
    static constexpr std::string_view name = "PersoStatusChanged";
    static constexpr auto& fields =
        columns<&T::card_token_id, &T::masked_card_no, &T::customer_no, &T::old_status, &T::new_status, &T::barcode,
                &T::qr_code_barcode, &T::update_user, &T::date_time, &T::perso_office_name, &T::courier_name>;
};
template <>
struct Describe<app::events::DeliveryCreated> {
    using T = app::events::DeliveryCreated;
    static constexpr std::string_view name = "DeliveryCreated";
    static constexpr auto& fields = columns<&T::card_token_id, &T::masked_card_no, &T::customer_no, &T::barcode,
                                            &T::courier_name, &T::date_time, &T::create_user>;
};
template <>
struct Describe<app::events::DeliveryStatusChanged> {
    using T = app::events::DeliveryStatusChanged;
    static constexpr std::string_view name = "DeliveryStatusChanged";
    static constexpr auto& fields = columns<&T::card_token_id, &T::masked_card_no, &T::customer_no, &T::old_status,
                                            &T::new_status, &T::barcode, &T::courier_name, &T::date_time, &T::user>;
};

}  // namespace takas
