// For tests: an institution with a product whose printed form names an office and a courier, and cards of it. Not part
// of the server.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "app/cards/card_world_test.hpp"
#include "app/perso/deliveries.hpp"
#include "app/perso/orders.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::perso {

using core::card::Card;
using core::card::CardStatus;

struct PersoWorld : cards::CardWorld {
    PersoWorld() {
        auto product = wanted_product("P", add_range(add_bin().id).id);
        product.physicals[1].perso_office_code = "PO1";
        product.physicals[1].courier_code = "KURYE";
        add_product(std::move(product));
        add_customer();
    }

    static cards::NewCard printed() {
        auto wanted = wanted_card("P");
        wanted.product_type = core::product::ProductType::emv;
        wanted.personalized_name_line_1 = "AYSE YILMAZ";
        wanted.delivery_address.emplace().address_line_1 = "Atatürk Bulvarı 12";
        return wanted;
    }
    Card make(const cards::NewCard& wanted = printed()) {
        auto card = issue(wanted);
        EXPECT_TRUE(card) << error_row(card.error().code).public_code << ' ' << card.error().internal_detail;
        return card.value_or(Card{});
    }
    Issuance order_of(const Card& card) {
        const auto page = list_orders(context(), {.token_id = card.token_id});
        EXPECT_TRUE(page && !page->rows.empty());
        return page && !page->rows.empty() ? page->rows.front() : Issuance{};
    }
    Card card_now(const Card& card) { return *cards::get_card(context(), card.token_id); }

    Result<Issuance> move(EntityId id, PersoStatus status, TenantId who = tenant) {
        return run([&](Context& c) { return change_order_status(c, {.id = id, .status = status}); }, who);
    }
    Result<Issuance> move_all(EntityId id, std::initializer_list<PersoStatus> way) {
        Result<Issuance> last = fail(ErrorCode::internal);
        for (const PersoStatus status : way) last = move(id, status);
        return last;
    }
    Result<Delivery> deliver(const std::string& barcode, DeliveryStatus status, TenantId who = tenant) {
        auto c = context(who);
        return change_delivery_status(c, {.barcode = barcode, .status = status});
    }
    /// A made card whose envelope has gone this way.
    Card sent(std::initializer_list<DeliveryStatus> way) {
        const Card card = make();
        EXPECT_TRUE(move_all(order_of(card).id, {PersoStatus::processing, PersoStatus::completed}));
        for (const DeliveryStatus status : way) EXPECT_TRUE(deliver(*card.barcode, status)) << to_name(status);
        return card;
    }

    /// The events of a card, oldest first.
    std::vector<core::event::DomainEvent> events_of(const Card& card) {
        std::vector<core::event::DomainEvent> out;
        for (auto& event : all<core::event::DomainEvent>())
            if (event.stream_id == card.token_id.value) out.push_back(std::move(event));
        return out;
    }
    std::vector<std::string_view> kinds_of(const Card& card) {
        std::vector<std::string_view> out;
        for (const auto& event : events_of(card)) out.push_back(to_name(event.kind));
        return out;
    }
};

}  // namespace takas::app::perso
