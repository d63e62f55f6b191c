#include "app/perso/order.hpp"

#include <algorithm>

#include "app/catalog/catalog.hpp"
#include "app/events/perso_events.hpp"
#include "core/perso/perso_table.hpp"
#include "core/product/product_rules.hpp"

namespace takas::app::perso {
namespace {

using core::card::Card;
using core::perso::Issuance;
using core::product::CardProductPhysical;

/// What the card's wishes say, else what its form usually has.
void choose(Issuance& order, const Card& card, const core::product::CardProduct& product) {
    const auto form = std::ranges::find(product.physicals, card.product_type, &CardProductPhysical::physical_type);
    if (form != product.physicals.end()) {
        order.perso_office_code = form->perso_office_code.value_or("");
        order.courier_code = form->courier_code.value_or("");
        order.card_art_id = form->card_art_id.value_or(EntityId{});
    }
    if (!order.card_art_id) order.card_art_id = product.card_art_id;
    if (card.card_art_id) order.card_art_id = card.card_art_id;
    if (!card.issuance) return;
    const core::card::IssuanceWishes& wishes = *card.issuance;
    order.perso_office_code = wishes.perso_office_code.value_or(order.perso_office_code);
    order.courier_code = wishes.courier_code.value_or(order.courier_code);
    order.card_art_id = wishes.card_art_id.value_or(order.card_art_id);
    order.letter_code = wishes.letter_code.value_or("");
    order.delivery_type = wishes.delivery_type;
}

}  // namespace

std::optional<Order> order_issuance(Context& context, Card& card, const core::product::CardProduct& product,
                                    core::perso::IssuanceType type) {
    if (!core::product::is_printed(card.product_type)) return std::nullopt;
    Order order;
    Issuance& i = order.issuance;
    i.tenant_id = context.tenant_id;
    i.id = context.next_id<EntityId>();
    i.account_id = card.account_id;
    i.token_id = card.token_id;
    i.barcode = core::perso::barcode_of(i.id);
    card.barcode = i.barcode;
    i.masked_card_no = card.masked_card_no;
    i.customer_no = card.customer_no;
    i.card_product_code = card.card_product_code;
    i.issuance_type = type;
    choose(i, card, product);
    i.expire_date = card.expire_date;
    i.pan_sequence_no = card.pan_sequence_no;
    i.personalized_name_line_1 = card.personalized_name_line_1;
    i.personalized_name_line_2 = card.personalized_name_line_2;
    i.delivery_address = card.delivery_address;
    i.delivery_communication = card.delivery_communication;
    // By the clock, also when a job runs as if it were another day: the office's next file takes it.
    i.ordered_on = context.services.catalog.local_date(context.tenant_id, context.services.clock.now());
    i.request_time = i.last_status_time = context.now;
    i.creator_id = context.user_id;
    order.events.push_back(events::perso_created(i));
    if (i.perso_office_code.empty()) return order;
    if (auto waiting =
            core::perso::change_status(i, {core::perso::PersoStatus::waiting, "", context.user_id, context.now})) {
        i = std::move(*waiting);
        order.events.push_back(events::perso_status_changed(i));
    }
    return order;
}

}  // namespace takas::app::perso
