#include "app/cards/link.hpp"

#include "app/cards/card_limit.hpp"
#include "app/cards/card_note.hpp"
#include "app/cards/change_card.hpp"
#include "app/cards/make_card.hpp"
#include "app/cards/replace_card.hpp"
#include "app/cards/status.hpp"
#include "app/customers/customers.hpp"
#include "app/events/link_events.hpp"
#include "app/products/products.hpp"
#include "core/customer/customer_rules.hpp"
#include "core/note/free_texts.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::cards {
namespace {

using core::card::CardStatus;
using core::customer::Customer;
using ports::where;

/// The newest card with this barcode: an old order's barcode no longer leads to its card.
Result<TokenId> card_of(const Context& context, const WantedLink& wanted) {
    if (!wanted.token_id && !wanted.barcode)
        return fail_field("tokenId", "A token id or a barcode is needed.", "Token veya barkod gerekli.");
    if (!wanted.barcode) return *wanted.token_id;
    const auto card = context.store().find<Card>(
        {where<&Card::tenant_id>(context.tenant_id), where<&Card::barcode>(*wanted.barcode)});
    if (!card) return std::unexpected(card.error());
    if (!*card) return fail(ErrorCode::card_not_found);
    if (wanted.token_id && *wanted.token_id != (*card)->token_id)
        return fail_field("barcode", "It is another card's.", "Başka bir karta ait.");
    return (*card)->token_id;
}

std::unexpected<Error> linked_already(std::string_view customer_no) {
    std::string owner;
    protocol::json::append_json_string(owner, customer_no);
    return std::unexpected(Error{ErrorCode::card_already_linked, {}, {}, {{"customerNo", std::move(owner)}}});
}

Result<void> check_linkable(const Card& card) {
    if (!card.is_noname) return fail(ErrorCode::card_not_noname);
    if (!card.customer_no.empty()) return linked_already(card.customer_no);
    if (card.status != CardStatus::pending_activation && card.status != CardStatus::active)
        return fail(ErrorCode::card_wrong_status);
    return {};
}

Result<std::optional<std::string>> line_of(const WantedLink& wanted) {
    FieldErrors errors;
    std::optional<std::string> line;
    if (wanted.personalized_name_line_1)
        read_line("personalizedNameLine1", *wanted.personalized_name_line_1, false, line.emplace(), errors);
    if (wanted.phone_number) core::customer::check_phone("phoneNumber", *wanted.phone_number, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    return line;
}

/// Holds at the commit: as many cards as the product allows, whoever else issues or links at the same moment.
Result<void> take_place(Context& context, const Card& card, const Customer& customer) {
    const auto product = products::get_product(context, card.card_product_code);
    if (!product) return std::unexpected(product.error());
    if (product->max_card_per_customer == 0) return {};
    if (auto free = check_card_limit(context, *product, customer.id); !free) return free;
    guard_customer(context, customer);
    return {};
}

Result<Card> link_in(lane::Work& work, const Context& context, const Card& card, const Customer& customer,
                     const WantedLink& wanted, const std::optional<std::string>& line) {
    if (auto good = check_linkable(card); !good) return std::unexpected(std::move(good.error()));
    // An account has one owner: whoever else holds a card of it would spend that owner's money.
    const auto& account = work.account();
    if (!account.customer_no.empty() && account.customer_id != customer.id) return linked_already(account.customer_no);
    Card after = card;
    after.customer_id = customer.id;
    after.customer_no = customer.customer_no;
    if (line) after.personalized_name_line_1 = *line;
    if (wanted.phone_number) after.phone_number = *wanted.phone_number;
    work.account().customer_id = customer.id;
    work.account().customer_no = customer.customer_no;
    work.insert(events::card_link_changed(after, context.now, context.user_id));
    work.update(after);
    if (!wanted.activates || after.status == CardStatus::active) return after;
    auto active = change_status_in(
        work, context, after,
        {after.token_id, CardStatus::active, core::card::CardStatusReason::customer_request, "linked to its owner"});
    if (!active) return std::unexpected(std::move(active.error()));
    return std::move(active->after);
}

Result<void> check_unlinkable(lane::Work& work, const Card& card) {
    if (!card.is_noname) return fail(ErrorCode::card_not_noname);
    if (card.customer_no.empty()) return fail(ErrorCode::card_not_linked);
    const bool is_alive = card.status == CardStatus::pending_activation || card.status == CardStatus::active ||
                          card.status == CardStatus::suspended;
    if (!is_alive) return fail(ErrorCode::card_wrong_status);
    const auto replacement = live_replacement(work, card);
    if (!replacement) return std::unexpected(replacement.error());
    if (*replacement) return fail(ErrorCode::card_already_renewed);
    const auto& account = work.account();
    if (account.posted_minor != 0 || account.held_minor != 0) return fail(ErrorCode::account_not_empty);
    return {};
}

}  // namespace

Result<Card> link_to_customer(Context& context, const WantedLink& wanted) {
    const auto token_id = card_of(context, wanted);
    if (!token_id) return std::unexpected(token_id.error());
    const auto line = line_of(wanted);
    if (!line) return std::unexpected(line.error());
    Customer customer;
    std::optional<Card> linked;
    const auto prepare = [&](const Card& stored) -> Result<void> {
        auto owner = customers::get(context, wanted.customer_no);
        if (!owner) return std::unexpected(std::move(owner.error()));
        customer = std::move(*owner);
        if (auto good = check_linkable(stored); !good) return good;
        return take_place(context, stored, customer);
    };
    const auto done = change_card(context, {*token_id, "link", wanted.idempotency_key, wanted.content, wanted.version},
                                  prepare, [&](lane::Work& work, const Card& card) -> Result<void> {
                                      auto after = link_in(work, context, card, customer, wanted, *line);
                                      if (!after) return std::unexpected(std::move(after.error()));
                                      linked = std::move(*after);
                                      return {};
                                  });
    if (!done) return std::unexpected(done.error());
    return *done == Changed::now ? std::move(*linked) : get_card(context, *token_id);
}

Result<Card> unlink_from_customer(Context& context, const WantedUnlink& wanted) {
    if (auto good = core::note::check_free_text("reason", wanted.reason); !good)
        return std::unexpected(std::move(good.error()));
    std::optional<Card> unlinked;
    const auto change = [&](lane::Work& work, const Card& card) -> Result<void> {
        if (auto good = check_unlinkable(work, card); !good) return good;
        // A child card's commit depends on this account being as it was: it cannot come in between.
        const auto cards = context.store().count_of<Card>(
            std::array{where<&Card::account_id>(card.account_id),
                       where<&Card::status>(ports::Compare::not_equal, CardStatus::closed)});
        if (!cards) return std::unexpected(cards.error());
        if (*cards > 1) return fail(ErrorCode::account_not_empty);
        Card after = card;
        after.customer_id = {};
        after.customer_no.clear();
        after.personalized_name_line_1.clear();
        after.personalized_name_line_2.clear();
        after.phone_number.clear();
        work.account().customer_id = {};
        work.account().customer_no.clear();
        work.insert(events::card_link_changed(after, context.now, context.user_id));
        add_note(work, context, card.token_id, wanted.reason);
        work.update(after);
        unlinked = std::move(after);
        return {};
    };
    const auto done = change_card(
        context, {wanted.token_id, "unlink", wanted.idempotency_key, wanted.content, wanted.version}, change);
    if (!done) return std::unexpected(done.error());
    return *done == Changed::now ? std::move(*unlinked) : get_card(context, wanted.token_id);
}

}  // namespace takas::app::cards
