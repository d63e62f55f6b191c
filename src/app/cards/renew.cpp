#include "app/cards/renew.hpp"

#include "app/cards/change_card.hpp"
#include "app/cards/free_text.hpp"
#include "app/cards/make_card.hpp"
#include "app/cards/replace_card.hpp"
#include "app/perso/order.hpp"
#include "core/card/renewal.hpp"

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

/// A card whose replacement came to nothing (its delivery failed, say) can be renewed again.
Result<void> check_renewable(const Card& card, const Card* replacement, Date today) {
    Card seen = card;
    if (replacement && replacement->status == core::card::CardStatus::closed) seen.replaced_by_token_id = {};
    return core::card::check_renewable(seen, today);
}
Result<void> check_renewable(const Context& context, const Card& stored, Date today) {
    std::optional<Card> replacement;
    if (stored.replaced_by_token_id) {
        auto found = get_card(context, stored.replaced_by_token_id);
        if (!found) return std::unexpected(std::move(found.error()));
        replacement = std::move(*found);
    }
    return check_renewable(stored, replacement ? &*replacement : nullptr, today);
}
Result<void> check_renewable(lane::Work& work, const Card& card, Date today) {
    if (!card.replaced_by_token_id) return check_renewable(card, nullptr, today);
    const auto replacement = work.card(card.replaced_by_token_id);
    if (!replacement) return std::unexpected(replacement.error());
    return check_renewable(card, *replacement, today);
}

CardCommand command_of(const WantedRenewal& wanted) {
    return {wanted.token_id, "renew", wanted.idempotency_key, wanted.content};
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
        if (auto good = check_renewable(context, stored, today); !good) return good;
        auto read = read_piece(context, stored, wanted);
        if (!read) return std::unexpected(std::move(read.error()));
        piece = std::move(*read);
        return {};
    };
    const auto done =
        change_card(context, command_of(wanted), prepare, [&](lane::Work& work, const Card& card) -> Result<void> {
            if (auto good = check_renewable(work, card, today); !good) return good;
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
            work.update(std::move(after));
            if (order) perso::add(work, std::move(*order));
            return {};
        });
    if (!done) return std::unexpected(done.error());
    return renewed;
}

Result<Renewed> give_new_number(Context& context, const WantedRenewal& wanted) {
    std::optional<Replacement> made;
    const Date today = date_of(context.now);
    const auto prepare = [&](const Card& stored) -> Result<void> {
        if (auto good = check_renewable(context, stored, today); !good) return good;
        auto replacement = make_replacement(context, stored,
                                            {.card_product_code = wanted.card_product_code,
                                             .personalized_name_line_1 = wanted.personalized_name_line_1,
                                             .personalized_name_line_2 = wanted.personalized_name_line_2,
                                             .delivery_address = wanted.delivery_address,
                                             .type = core::perso::IssuanceType::renewal});
        if (!replacement) return std::unexpected(std::move(replacement.error()));
        made = std::move(*replacement);
        return {};
    };
    const auto done =
        change_card(context, command_of(wanted), prepare, [&](lane::Work& work, const Card& card) -> Result<void> {
            if (auto good = check_renewable(work, card, today); !good) return good;
            if (auto same = check_same_owner(card, made->card); !same) return same;
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
    using core::perso::Issuance;
    auto card = get_card(context, old_token_id);
    if (card && card->replaced_by_token_id) card = get_card(context, card->replaced_by_token_id);
    if (!card) return std::unexpected(std::move(card.error()));
    Renewed renewed{{}, old_token_id, card->token_id, card->masked_card_no, card->expire_date};
    if (!card->barcode) return renewed;
    const auto order = context.store().find<Issuance>(
        {where<&Issuance::tenant_id>(context.tenant_id), where<&Issuance::barcode>(*card->barcode)});
    if (!order) return std::unexpected(order.error());
    if (*order) renewed.issuance_id = (*order)->id;
    return renewed;
}

}  // namespace

Result<Renewed> renew_card(Context& context, const WantedRenewal& wanted) {
    if (auto good = check_free_text("reason", wanted.reason); !good) return std::unexpected(std::move(good.error()));
    auto renewed = wanted.keeps_card_number ? keep_number(context, wanted) : give_new_number(context, wanted);
    if (!renewed || renewed->old_token_id) return renewed;
    return done_before(context, wanted.token_id);
}

Result<Card> activate_renewal(Context& context, TokenId token_id) {
    std::optional<Card> activated;
    const auto done = change_card(context, {token_id}, [&](lane::Work& work, const Card& card) -> Result<void> {
        if (card.status != core::card::CardStatus::active) return fail(ErrorCode::card_wrong_status);
        auto after = core::card::renewal_activated(card);
        if (!after) return std::unexpected(std::move(after.error()));
        work.update(*after);
        activated = std::move(*after);
        return {};
    });
    if (!done) return std::unexpected(done.error());
    return std::move(*activated);
}

}  // namespace takas::app::cards
