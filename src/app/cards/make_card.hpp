// What every way of issuing a card has in common: product, BIN and range are read once, a number is drawn, and card,
// number, security, print order and event go into one unit. Who gets the card, on which account and why is the
// caller's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"
#include "core/perso/issuance.hpp"
#include "core/product/product_rules.hpp"

namespace takas::app::cards {

/// What a card is made from.
struct Mould {
    core::product::CardProduct product;
    core::product::CardBin bin;
    core::product::CardBinRange range;
    core::product::ProductType form{};

    bool is_printed() const { return core::product::is_printed(form); }
    const core::product::CardProductPhysical* physical() const;  ///< nullptr: the product has no such form
};

/// `form` is one of the product's, its default unless told; that it has it is not checked here.
/// Errors: product_not_found, product_inactive.
Result<Mould> read_mould(const Context& context, std::string_view product_code,
                         std::optional<core::product::ProductType> form);
/// The unit holds only if product and range are what was read.
void depend_on(Context& context, const Mould& mould);

/// A card as the product says, without owner, account and number.
core::card::Card card_from(const Context& context, const Mould& mould);

/// Brings a line into the form that stands on the card; what is wrong with it goes to `errors`.
void read_line(std::string_view path, const std::string& wanted, bool is_needed, std::string& line,
               FieldErrors& errors);
/// YYMM from this month on.
void check_expiry(std::int64_t yymm, Date today, FieldErrors& errors);

/// An account for cards of this product.
core::ledger::CardAccount account_from(Context& context, const Mould& mould);

std::optional<core::card::DeliveryAddress> address_of(const core::customer::Customer& customer);

struct Made {
    core::card::Card card;
    EntityId issuance_id;  ///< 0: nothing is printed
};
/// Draws a number and puts card, number, security, order and event into the unit. The card has its account.
/// Errors: bin_range_exhausted.
Result<Made> make_card(Context& context, const Mould& mould, core::card::Card card, core::perso::IssuanceType why);

}  // namespace takas::app::cards
