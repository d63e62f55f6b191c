#include "app/cards/renew.hpp"

#include "app/cards/card_limit.hpp"
#include "app/cards/card_note.hpp"
#include "app/cards/change_card.hpp"
#include "app/cards/make_card.hpp"
#include "app/cards/replace_card.hpp"
#include "app/customers/customers.hpp"
#include "app/fees/fee_due.hpp"
#include "app/perso/call_off.hpp"
#include "app/perso/order.hpp"
#include "app/products/products.hpp"
#include "core/card/renewal.hpp"
#include "core/note/free_texts.hpp"

namespace takas::app::cards {
namespace {

using core::card::Expiry;
using ports::where;

/// From today, as for a new card; but two pieces of one number must not say the same.
Expiry expiry_of_renewal(const Card& card, const Mould& mould, Date today) {
    const Expiry usual = core::card::expiry_after(today, mould.product.validity_period_months);
    const bool is_december = card.expire_date.value % 100 == 12;
    const Expiry next{is_december ? card.expire_date.value / 100 * 100 + 101 : card.expire_date.value + 1};
    return std::max(usual, next);
}

/// What the status says of a renewal. A lost card may get the new number that it did not get when it was reported.
Result<void> check_renewable(const Card& card, TokenId replacement, bool keeps_number, Date today) {
    Card seen = card;
    seen.replaced_by_token_id = replacement;
    if (!keeps_number && may_be_replaced(card.status)) seen.status = core::card::CardStatus::active;
    return core::card::check_renewable(seen, today);
}
/// `Cards` is the context, for what is stored, or the lane's work.
template <class Cards>
Result<void> check_renewable(Cards& cards, const Card& card, bool keeps_number, Date today) {
    const auto replacement = live_replacement(cards, card);
    if (!replacement) return std::unexpected(replacement.error());
    return check_renewable(card, *replacement, keeps_number, today);
}

CardCommand command_of(const WantedRenewal& wanted) {
    return {wanted.token_id, "renew", wanted.idempotency_key, wanted.content, wanted.version};
}

/// What is on the renewed piece, where it differs.
struct Piece {
    Mould mould;
    std::string name_line_1, name_line_2;
    std::optional<core::card::DeliveryAddress> delivery_address;
};

Result<Piece> read_piece(const Context& context, const Card& card, const WantedRenewal& wanted) {
    if (wanted.card_product_code.value_or(card.card_product_code) != card.card_product_code)
        return fail_field("cardProductCode", "Another product needs a new card number.",
                          "Farklı bir ürün yeni kart numarası gerektirir.");
    auto mould = read_mould(context, card.card_product_code, card.product_type);
    if (!mould) return std::unexpected(std::move(mould.error()));
    Piece piece{std::move(*mould), {}, {}, {}};
    FieldErrors errors;
    read_line("personalizedNameLine1", wanted.personalized_name_line_1.value_or(card.personalized_name_line_1),
              piece.mould.is_printed() && !card.personalized_name_line_1.empty(), piece.name_line_1, errors);
    read_line("personalizedNameLine2", wanted.personalized_name_line_2.value_or(card.personalized_name_line_2), false,
              piece.name_line_2, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    auto address = address_for(context, card, piece.mould.is_printed(), wanted.delivery_address);
    if (!address) return std::unexpected(std::move(address.error()));
    piece.delivery_address = std::move(*address);
    return piece;
}

Result<void> renew_security(lane::Work& work, TokenId token_id) {
    auto security = work.security(token_id);
    if (!security) return std::unexpected(std::move(security.error()));
    core::card::renew(*security);
    work.update(std::move(*security));
    return {};
}

Result<Renewed> keep_number(Context& context, const WantedRenewal& wanted) {
    std::optional<Piece> piece;
    Renewed renewed;
    const Date today = date_of(context.now);
    const auto prepare = [&](const Card& stored) -> Result<void> {
        if (auto good = check_renewable(context, stored, true, today); !good) return good;
        auto read = read_piece(context, stored, wanted);
        if (!read) return std::unexpected(std::move(read.error()));
        piece = std::move(*read);
        return {};
    };
    const auto done =
        change_card(context, command_of(wanted), prepare, [&](lane::Work& work, const Card& card) -> Result<void> {
            if (auto good = check_renewable(work, card, true, today); !good) return good;
            Card after = core::card::renewed(card, expiry_of_renewal(card, piece->mould, today), context.now);
            after.personalized_name_line_1 = piece->name_line_1;
            after.personalized_name_line_2 = piece->name_line_2;
            if (piece->delivery_address) after.delivery_address = piece->delivery_address;
            if (auto turned = renew_security(work, card.token_id); !turned) return turned;
            auto order =
                perso::order_issuance(context, after, piece->mould.product, core::perso::IssuanceType::renewal);
            renewed = {order ? order->issuance.id : EntityId{}, card.token_id, card.token_id, after.masked_card_no,
                       after.expire_date};
            add_note(work, context, card.token_id, wanted.reason);
            work.insert(fees::fee_due(after, core::perso::IssuanceType::renewal, context.now));
            work.update(std::move(after));
            if (order) perso::add(work, std::move(*order));
            return {};
        });
    if (!done) return std::unexpected(done.error());
    return renewed;
}

/// A card without an owner has nobody to whom a second number could belong.
Result<void> check_owned(const Card& card) {
    if (card.is_noname && card.customer_no.empty()) return fail(ErrorCode::card_not_linked);
    return {};
}

/// A child card, and a main card that has some, stay under products that allow them.
Result<void> check_family(const Context& context, const Card& card, const core::product::CardProduct& product) {
    if (product.is_child_card_allowed) return {};
    if (card.parent_token_id) return fail(ErrorCode::child_card_not_allowed);
    const auto child = context.store().find<Card>(
        {where<&Card::account_id>(card.account_id), where<&Card::parent_token_id>(card.token_id),
         where<&Card::status>(ports::Compare::not_equal, core::card::CardStatus::closed)});
    if (!child) return std::unexpected(child.error());
    if (*child) return fail(ErrorCode::child_card_not_allowed);
    return {};
}

/// Under another product the card counts as one of that product's.
Result<void> take_place_of_product(Context& context, const Card& card, const WantedRenewal& wanted) {
    if (wanted.card_product_code.value_or(card.card_product_code) == card.card_product_code) return {};
    const auto product = products::get_product(context, *wanted.card_product_code);
    if (!product) return std::unexpected(product.error());
    if (auto good = check_family(context, card, *product); !good) return good;
    if (product->max_card_per_customer == 0 || card.customer_no.empty()) return {};
    if (auto free = check_card_limit(context, *product, card.customer_id); !free) return free;
    auto customer = customers::get(context, card.customer_no);
    if (!customer) return std::unexpected(std::move(customer.error()));
    guard_customer(context, std::move(*customer));
    return {};
}

Result<Renewed> give_new_number(Context& context, const WantedRenewal& wanted) {
    std::optional<Replacement> made;
    const Date today = date_of(context.now);
    const auto prepare = [&](const Card& stored) -> Result<void> {
        if (auto good = check_renewable(context, stored, false, today); !good) return good;
        if (auto good = check_owned(stored); !good) return good;
        if (auto free = take_place_of_product(context, stored, wanted); !free) return free;
        auto replacement =
            make_replacement(context, stored,
                             {.card_product_code = wanted.card_product_code,
                              .personalized_name_line_1 = wanted.personalized_name_line_1,
                              .personalized_name_line_2 = wanted.personalized_name_line_2,
                              .delivery_address = wanted.delivery_address,
                              .type = may_be_replaced(stored.status) ? core::perso::IssuanceType::replacement
                                                                     : core::perso::IssuanceType::renewal});
        if (!replacement) return std::unexpected(std::move(replacement.error()));
        made = std::move(*replacement);
        return {};
    };
    const auto done =
        change_card(context, command_of(wanted), prepare, [&](lane::Work& work, const Card& card) -> Result<void> {
            if (auto good = check_renewable(work, card, false, today); !good) return good;
            if (auto same = check_same_owner(card, made->card); !same) return same;
            if (auto handed = hand_over_usage(work, card.token_id, made->card.token_id); !handed) return handed;
            Card after = card;
            after.replaced_by_token_id = made->card.token_id;
            add_note(work, context, card.token_id, wanted.reason);
            work.update(std::move(after));
            return {};
        });
    if (!done) return std::unexpected(done.error());
    if (*done == Changed::before) return Renewed{};
    return Renewed{made->issuance_id, wanted.token_id, made->card.token_id, made->card.masked_card_no,
                   made->card.expire_date};
}

/// What a twin has done is read from what it left.
Result<Renewed> done_before(const Context& context, TokenId old_token_id) {
    const auto old_card = get_card(context, old_token_id);
    if (!old_card) return std::unexpected(old_card.error());
    const TokenId replacement = old_card->replaced_by_token_id;
    const auto made = made_before(context, replacement ? replacement : old_token_id);
    if (!made) return std::unexpected(made.error());
    return Renewed{made->issuance_id, old_token_id, made->card.token_id, made->card.masked_card_no,
                   made->card.expire_date};
}

}  // namespace

Result<Renewed> renew_card(Context& context, const WantedRenewal& wanted) {
    if (auto good = core::note::check_free_text("reason", wanted.reason); !good)
        return std::unexpected(std::move(good.error()));
    auto renewed = wanted.keeps_card_number ? keep_number(context, wanted) : give_new_number(context, wanted);
    if (!renewed || renewed->old_token_id) return renewed;
    return done_before(context, wanted.token_id);
}

Result<Card> activate_renewal(Context& context, TokenId token_id, CardVersion* version) {
    std::optional<Card> activated;
    const CardCommand command{.token_id = token_id, .version = version};
    const auto done = change_card(context, command, [&](lane::Work& work, const Card& card) -> Result<void> {
        if (card.status != core::card::CardStatus::active) return fail(ErrorCode::card_wrong_status);
        auto after = core::card::renewal_activated(card);
        if (!after) return std::unexpected(std::move(after.error()));
        auto called_off = perso::call_off(context, *after);
        if (!called_off) return std::unexpected(std::move(called_off.error()));
        work.update(*after);
        work.append(std::move(*called_off));
        activated = std::move(*after);
        return {};
    });
    if (!done) return std::unexpected(done.error());
    return std::move(*activated);
}

}  // namespace takas::app::cards
