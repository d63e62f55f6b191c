#include "app/cards/replace_card.hpp"

#include "app/controls/links.hpp"
#include "app/customers/customers.hpp"
#include "core/note/free_texts.hpp"

namespace takas::app::cards {
namespace {

using core::ledger::CardAccount;
using ports::where;

/// The account keeps its currency.
Result<void> check_currency(const Context& context, const Card& old_card, const Mould& mould) {
    const auto account = context.store().find<CardAccount>({where<&CardAccount::account_id>(old_card.account_id)});
    if (!account) return std::unexpected(account.error());
    if (!*account || (*account)->currency != mould.product.currency) return fail(ErrorCode::currency_mismatch);
    return {};
}

Result<void> read_lines(const ReplacementWish& wish, bool is_printed, Card& card) {
    FieldErrors errors;
    const std::string first = wish.personalized_name_line_1.value_or(card.personalized_name_line_1);
    const std::string second = wish.personalized_name_line_2.value_or(card.personalized_name_line_2);
    // A card without an owner was printed without a name: so is the one in its place.
    const bool is_needed = is_printed && !card.personalized_name_line_1.empty();
    read_line("personalizedNameLine1", first, is_needed, card.personalized_name_line_1, errors);
    read_line("personalizedNameLine2", second, false, card.personalized_name_line_2, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

void take_over(const Card& old_card, Card& card) {
    card.account_id = old_card.account_id;
    card.customer_id = old_card.customer_id;
    card.customer_no = old_card.customer_no;
    card.parent_token_id = old_card.parent_token_id;
    card.is_noname = old_card.is_noname && old_card.customer_no.empty();
    card.personalized_name_line_1 = old_card.personalized_name_line_1;
    card.personalized_name_line_2 = old_card.personalized_name_line_2;
    card.phone_number = old_card.phone_number;
    card.auto_renewal = old_card.auto_renewal;
    card.digital_slip_type = old_card.digital_slip_type;
    card.card_art_id = old_card.card_art_id;
    card.external_reference = old_card.external_reference;
    card.policy = old_card.policy;
    card.velocity_limits = old_card.velocity_limits;
    card.issuance = old_card.issuance;
    card.delivery_communication = old_card.delivery_communication;
    card.replaces_token_id = old_card.token_id;
}

}  // namespace

Result<TokenId> live_replacement(const Context& context, const Card& card) {
    if (!card.replaced_by_token_id) return TokenId{};
    const auto found = get_card(context, card.replaced_by_token_id);
    if (!found) return std::unexpected(found.error());
    return found->status == core::card::CardStatus::closed ? TokenId{} : found->token_id;
}

Result<TokenId> live_replacement(lane::Work& work, const Card& card) {
    if (!card.replaced_by_token_id) return TokenId{};
    const auto found = work.card(card.replaced_by_token_id);
    if (!found) return std::unexpected(found.error());
    // A lane is ahead of the store: a card that is not there yet goes with a commit that is under way.
    const bool is_closed = *found && (*found)->status == core::card::CardStatus::closed;
    return is_closed ? TokenId{} : card.replaced_by_token_id;
}

Result<Replacement> made_before(const Context& context, TokenId token_id) {
    using core::perso::Issuance;
    auto card = get_card(context, token_id);
    if (!card) return std::unexpected(std::move(card.error()));
    Replacement made{{}, std::move(*card)};
    if (!made.card.barcode) return made;
    const auto order = context.store().find<Issuance>(
        {where<&Issuance::tenant_id>(context.tenant_id), where<&Issuance::barcode>(*made.card.barcode)});
    if (!order) return std::unexpected(order.error());
    if (*order) made.issuance_id = (*order)->id;
    return made;
}

Result<void> read_usage_ahead(lane::Work& work, TokenId old_token_id, TokenId new_token_id) {
    for (const TokenId token_id : {old_token_id, new_token_id})
        if (const auto usage = work.usage(token_id); !usage) return std::unexpected(usage.error());
    return {};
}

Result<void> hand_over_usage(lane::Work& work, TokenId old_token_id, TokenId new_token_id) {
    const auto old_usage = work.usage(old_token_id);
    if (!old_usage) return std::unexpected(old_usage.error());
    auto counters = **old_usage;
    if (counters.is_empty()) return {};
    const auto usage = work.usage(new_token_id);
    if (!usage) return std::unexpected(usage.error());
    **usage = std::move(counters);
    work.usage_changed(new_token_id);
    return {};
}

Result<void> check_same_owner(const Card& card, const Card& replacement) {
    if (card.customer_id != replacement.customer_id)
        return fail(ErrorCode::concurrent_change, "the card was linked or unlinked meanwhile");
    return {};
}

Result<std::optional<core::card::DeliveryAddress>> address_for(
    const Context& context, const Card& card, bool is_printed,
    const std::optional<core::card::DeliveryAddress>& wished) {
    if (wished)
        if (auto good = core::note::check_free_texts(*wished, "deliveryAddress."); !good)
            return std::unexpected(std::move(good.error()));
    if (!is_printed || wished) return wished;
    if (card.delivery_address) return card.delivery_address;
    if (card.customer_no.empty()) return fail(ErrorCode::delivery_address_missing);
    const auto customer = customers::get(context, card.customer_no);
    if (!customer) return std::unexpected(customer.error());
    auto address = address_of(*customer);
    if (!address) return fail(ErrorCode::delivery_address_missing);
    return address;
}

Result<Replacement> make_replacement(Context& context, const Card& old_card, const ReplacementWish& wish) {
    auto mould =
        read_mould(context, wish.card_product_code.value_or(old_card.card_product_code), old_card.product_type);
    if (!mould) return std::unexpected(std::move(mould.error()));
    if (!mould->physical())
        return fail_field("cardProductCode", "The product has no card of this form.", "Üründe bu türde kart yok.");
    if (mould->product.card_dci != old_card.card_dci)
        return fail_field("cardProductCode", "The product's cards are of another kind (debit, prepaid, credit).",
                          "Ürünün kartları başka türdendir (banka, ön ödemeli, kredi).");
    if (auto same = check_currency(context, old_card, *mould); !same) return std::unexpected(std::move(same.error()));
    Card card = card_from(context, *mould);
    take_over(old_card, card);
    if (auto read = read_lines(wish, mould->is_printed(), card); !read) return std::unexpected(std::move(read.error()));
    if (wish.issuance) card.issuance = wish.issuance;
    auto address = address_for(context, old_card, mould->is_printed(), wish.delivery_address);
    if (!address) return std::unexpected(std::move(address.error()));
    card.delivery_address = std::move(*address);
    depend_on(context, *mould);
    auto made = make_card(context, *mould, std::move(card), wish.type);
    if (!made) return std::unexpected(std::move(made.error()));
    if (auto linked = controls::link_replacement(context, old_card.token_id, made->card.token_id); !linked)
        return std::unexpected(std::move(linked.error()));
    return Replacement{made->issuance_id, std::move(made->card)};
}

}  // namespace takas::app::cards
