// What the published events carry, field by field and in their published spelling (PascalCase of the names here). The
// payload is serialised once, when the event happens, and delivered as it is.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/card/card.hpp"
#include "core/customer/customer.hpp"
#include "core/event/event.hpp"

namespace takas::app::events {

struct CustomerCreated {
    CustomerId id;
    std::string customer_no;
    std::string name;
    std::optional<std::string> midname, surname, nationality;
    std::optional<core::customer::Gender> gender;
    std::optional<core::customer::MaritalStatus> marital_status;
    std::optional<core::customer::DisabledType> disabled_type;
    std::optional<Date> birth_date;
    std::optional<std::string> birth_place, father_name, mother_maiden_name, mother_name;
    Instant creation_time;
    std::string creator_id;
};

struct CardCreated {
    TokenId card_token_id;
    std::string masked_card_no;
    std::optional<std::string> customer_no;
    Instant date_time;
    std::string create_user;
    core::product::CardDci card_dci{};
    bool is_child_card = false;
    std::optional<std::string> personalized_name_line_1, personalized_name_line_2;
    core::card::CardStatus status{};
    std::string card_product_name;
    std::string bin;
    core::card::Expiry expire_date;
    core::product::CardBrand brand{};
    core::product::ProductType product_type{};
};

struct CardStatusChanged {
    TokenId card_token_id;
    std::string masked_card_no;
    core::card::CardStatus old_status{};
    core::card::CardStatus new_status{};
    std::optional<core::card::CardStatusReason> old_reason, new_reason;
    Instant date_time;
    std::string update_user;
};

core::event::DomainEvent customer_created(const core::customer::Customer& customer);
core::event::DomainEvent card_created(const core::card::Card& card);
/// `before` and `after` are one card.
core::event::DomainEvent card_status_changed(const core::card::Card& before, const core::card::Card& after);

}  // namespace takas::app::events

namespace takas {

template <>
struct Describe<app::events::CustomerCreated> {
    using T = app::events::CustomerCreated;
    static constexpr std::string_view name = "CustomerCreated";
    static constexpr auto& fields =
        columns<&T::id, &T::customer_no, &T::name, &T::midname, &T::surname, &T::nationality, &T::gender,
                &T::marital_status, &T::disabled_type, &T::birth_date, &T::birth_place, &T::father_name,
                &T::mother_maiden_name, &T::mother_name, &T::creation_time, &T::creator_id>;
};
template <>
struct Describe<app::events::CardCreated> {
    using T = app::events::CardCreated;
    static constexpr std::string_view name = "CardCreated";
    static constexpr auto& fields =
        columns<&T::card_token_id, &T::masked_card_no, &T::customer_no, &T::date_time, &T::create_user, &T::card_dci,
                &T::is_child_card, &T::personalized_name_line_1, &T::personalized_name_line_2, &T::status,
                &T::card_product_name, &T::bin, &T::expire_date, &T::brand, &T::product_type>;
};
template <>
struct Describe<app::events::CardStatusChanged> {
    using T = app::events::CardStatusChanged;
    static constexpr std::string_view name = "CardStatusChanged";
    static constexpr auto& fields = columns<&T::card_token_id, &T::masked_card_no, &T::old_status, &T::new_status,
                                            &T::old_reason, &T::new_reason, &T::date_time, &T::update_user>;
};

}  // namespace takas
