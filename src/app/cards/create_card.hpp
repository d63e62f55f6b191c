// Issues a card: checks what the product, the customer and the account allow, draws a number, and writes card, number,
// account (when it is the first) and event into the context's unit. Knows no printing: what a printed card should look
// like is kept for those who print it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::cards {

struct NewCard {
    std::string card_product_code;
    std::string customer_no;
    std::optional<core::product::ProductType> product_type;  ///< one of the product's forms; its default unless told
    std::optional<core::customer::Customer> customer;        ///< created together with the card
    std::string personalized_name_line_1, personalized_name_line_2;
    TokenId parent_token_id;
    std::string phone_number;
    EntityId card_art_id;
    std::optional<std::int64_t> expire_date;  ///< YYMM
    std::optional<bool> auto_renewal;
    std::optional<core::card::DigitalSlipType> digital_slip_type;
    std::optional<bool> activate_on_create;
    std::optional<core::product::CardPolicy> policy;
    std::vector<core::control::VelocityLimit> velocity_limits;  ///< in place of those of velocity controls
    std::optional<core::card::IssuanceWishes> issuance;
    std::optional<core::card::DeliveryAddress> delivery_address;
    std::optional<core::card::DeliveryCommunication> delivery_communication;
    std::string external_reference;
};

/// Cards of one customer under one product and currency share an account, unless the product gives each card its own; a
/// child card uses its parent's. Two callers who issue the customer's first cards at once end up on one account.
/// Errors: validation, product_not_found, product_inactive, customer_not_found, customer_exists, card_not_found (the
/// parent), child_card_not_allowed, card_wrong_status (the parent), card_limit_reached, art_not_found,
/// delivery_address_missing, bin_range_exhausted, those of customers::create and controls::check_card_limits.
Result<core::card::Card> create_card(Context& context, const NewCard& wanted);

}  // namespace takas::app::cards
