#include "app/perso/orders.hpp"

#include <thread>

#include "app/cards/renew.hpp"
#include "app/cards/status.hpp"
#include "app/perso/call_off.hpp"
#include "app/perso/perso_world_test.hpp"

namespace takas::app::perso {
namespace {

using cards::code_of;
using core::perso::IssuanceType;
using enum PersoStatus;

struct OrdersTest : ::testing::Test, PersoWorld {
    bool set(const Card& card, CardStatus status) {
        using core::card::CardStatusReason;
        auto c = context();
        return cards::change_status(
                   c,
                   {card.token_id, status,
                    status == CardStatus::fraud ? CardStatusReason::cloned_card : CardStatusReason::tenant_request, ""})
            .has_value();
    }
    std::int64_t count_of(const Card& card, PersoStatus status) {
        return list_orders(context(), {.token_id = card.token_id, .status = status})->total_count;
    }
};

TEST_F(OrdersTest, APrintedCardIsOrderedInItsOwnCommit) {
    const Card card = make();
    const Issuance order = order_of(card);
    EXPECT_EQ(order.status, waiting);
    EXPECT_EQ(order.issuance_type, IssuanceType::new_card);
    EXPECT_EQ(order.perso_office_code, "PO1");
    EXPECT_EQ(order.courier_code, "KURYE");
    EXPECT_EQ(order.barcode, card.barcode);
    EXPECT_EQ(order.expire_date, card.expire_date);
    EXPECT_EQ(order.personalized_name_line_1, "AYSE YILMAZ");
    EXPECT_EQ(order.delivery_address->address_line_1, "Atatürk Bulvarı 12");
    ASSERT_EQ(order.history.size(), 1U);
    EXPECT_EQ(order.history[0].old_status, requested);
    EXPECT_EQ(kinds_of(card), (std::vector<std::string_view>{"CardCreated", "PersoCreated", "PersoStatusChanged"}));
    const auto events = events_of(card);
    EXPECT_NE(events[1].payload.find(R"("PersoOfficeName":"PO1","CourierName":"KURYE")"), std::string::npos)
        << events[1].payload;
    EXPECT_NE(events[2].payload.find(R"("OldStatus":"Requested","NewStatus":"Waiting","Barcode":")" + order.barcode +
                                     R"(","QrCodeBarcode":")" + order.barcode + '"'),
              std::string::npos)
        << events[2].payload;
    EXPECT_EQ(events[2].account_id, card.account_id);
    const auto found = order_of_barcode(context(), order.barcode);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->id, order.id);
    EXPECT_FALSE(*order_of_barcode(context(other_tenant), order.barcode));
}

TEST_F(OrdersTest, AVirtualCardIsNotOrdered) {
    const Card card = make(wanted_card("P"));
    EXPECT_FALSE(card.barcode);
    EXPECT_TRUE(list_orders(context(), {.token_id = card.token_id})->rows.empty());
}

TEST_F(OrdersTest, WishesComeBeforeTheProductsForm) {
    auto wanted = printed();
    wanted.issuance = core::card::IssuanceWishes{
        .perso_office_code = "PO2", .courier_code = {}, .delivery_type = {}, .card_art_id = {}, .letter_code = "L7"};
    const Issuance order = order_of(make(wanted));
    EXPECT_EQ(order.perso_office_code, "PO2");
    EXPECT_EQ(order.courier_code, "KURYE");
    EXPECT_EQ(order.letter_code, "L7");
}

TEST_F(OrdersTest, WithoutAnOfficeItStaysRequestedUntilOneIsNamed) {
    add_product(wanted_product("Q", add_range(add_bin("97921235").id).id));
    auto wanted = printed();
    wanted.card_product_code = "Q";
    const Card card = make(wanted);
    const EntityId id = order_of(card).id;
    EXPECT_EQ(order_of(card).status, requested);
    EXPECT_EQ(kinds_of(card).size(), 2U);
    EXPECT_EQ(code_of(move(id, waiting)), ErrorCode::perso_office_missing);
    const auto named = run([&](Context& c) {
        return change_order_status(c, {.id = id, .status = waiting, .perso_office_code = "PO9", .courier_code = "K9"});
    });
    ASSERT_TRUE(named);
    EXPECT_EQ(order_of(card).perso_office_code, "PO9");
    EXPECT_EQ(order_of(card).courier_code, "K9");
    EXPECT_EQ(code_of(run([&](Context& c) {
                  return change_order_status(c, {.id = id, .status = processing, .perso_office_code = "PO8"});
              })),
              ErrorCode::validation);
}

TEST_F(OrdersTest, CompletedMakesTheDelivery) {
    const Card card = make();
    const EntityId id = order_of(card).id;
    EXPECT_EQ(code_of(move(id, completed)), ErrorCode::perso_transition_not_allowed);
    ASSERT_TRUE(move(id, processing));
    const auto done =
        run([&](Context& c) { return change_order_status(c, {.id = id, .status = completed, .courier_no = "KN-77"}); });
    ASSERT_TRUE(done);
    const auto deliveries = deliveries_of_card(context(), card.token_id);
    ASSERT_EQ(deliveries->size(), 1U);
    EXPECT_EQ(deliveries->front().barcode, card.barcode);
    EXPECT_EQ(deliveries->front().courier_no, "KN-77");
    EXPECT_EQ(deliveries->front().status, DeliveryStatus::created);
    EXPECT_EQ(kinds_of(card).back(), "DeliveryCreated");
    // Whoever heard no answer says it again: nothing happens.
    const std::size_t events = kinds_of(card).size();
    EXPECT_EQ(move(id, completed)->version, done->version);
    EXPECT_EQ(kinds_of(card).size(), events);
}

TEST_F(OrdersTest, WhatNoOfficeHasIsCancelledWithItsCard) {
    for (const CardStatus end : {CardStatus::closed, CardStatus::lost, CardStatus::stolen, CardStatus::fraud}) {
        const Card card = make();
        if (end == CardStatus::fraud) ASSERT_TRUE(set(card, CardStatus::active));
        ASSERT_TRUE(set(card, end));
        const Issuance order = order_of(card);
        EXPECT_EQ(order.status, cancelled);
        EXPECT_EQ(order.error_description, "the card is " + std::string(to_name(end)));
        const auto kinds = kinds_of(card);
        EXPECT_EQ(kinds[kinds.size() - 2], "CardStatusChanged");
        EXPECT_EQ(kinds.back(), "PersoStatusChanged");
        EXPECT_EQ(code_of(move(order.id, processing)), ErrorCode::perso_transition_not_allowed);
    }
    // One that failed at the office would wait again; one in use, or suspended, is made.
    const Card failed = make(), used = make();
    ASSERT_TRUE(move_all(order_of(failed).id, {processing, error}));
    ASSERT_TRUE(set(failed, CardStatus::stolen));
    EXPECT_EQ(order_of(failed).status, cancelled);
    ASSERT_TRUE(set(used, CardStatus::active) && set(used, CardStatus::suspended));
    EXPECT_TRUE(move_all(order_of(used).id, {processing, completed}));
}

TEST_F(OrdersTest, WhatAnOfficeHasOfADeadCardOnlyFailsOrIsCancelled) {
    const Card card = make();
    const EntityId id = order_of(card).id;
    ASSERT_TRUE(move(id, processing));
    ASSERT_TRUE(set(card, CardStatus::stolen));
    EXPECT_EQ(code_of(move(id, completed)), ErrorCode::card_wrong_status);
    EXPECT_TRUE(deliveries_of_card(context(), card.token_id)->empty());
    ASSERT_TRUE(move(id, error));
    EXPECT_EQ(code_of(move(id, waiting)), ErrorCode::card_wrong_status);
    EXPECT_TRUE(move(id, cancelled));
}

TEST_F(OrdersTest, ReportingAndHandingOutAtOnceNeverMakesADeadCard) {
    for (int round = 0; round < 10; ++round) {
        const Card card = make();
        const EntityId id = order_of(card).id;
        bool is_handed_out = false;
        {
            const std::jthread office([&] { is_handed_out = move(id, processing).has_value(); });
            const std::jthread holder([&] { EXPECT_TRUE(set(card, CardStatus::stolen)); });
        }
        EXPECT_EQ(order_of(card).status, is_handed_out ? processing : cancelled);
        EXPECT_NE(code_of(move(id, completed)), ErrorCode::count_);
    }
}

TEST_F(OrdersTest, PiecesThatEndedAreNotMade) {
    const Card card = make();
    ASSERT_TRUE(set(card, CardStatus::active));
    for (int i = 0; i < 7; ++i) {
        auto c = context();
        ASSERT_TRUE(cards::renew_card(c, {.token_id = card.token_id}));
        EXPECT_EQ(count_of(card, waiting), 2);  // both pieces work until the new one is in use
        ASSERT_TRUE(cards::activate_renewal(c, card.token_id));
        EXPECT_EQ(count_of(card, waiting), 1);
    }
    EXPECT_EQ(count_of(card, cancelled), 7);
    EXPECT_EQ(order_of(card).status, waiting);
    EXPECT_EQ(order_of(card).expire_date, card_now(card).expire_date);
    // A first use at a terminal ends a piece, too: its order is stopped when an office wants it.
    Issuance ended = order_of(card);
    ended.expire_date = card.expire_date;
    EXPECT_TRUE(why_not_made(card_now(card), ended));
    EXPECT_FALSE(why_not_made(card_now(card), order_of(card)));
}

TEST_F(OrdersTest, AnotherInstitutionsOrderIsNotThere) {
    const EntityId id = order_of(make()).id;
    EXPECT_EQ(code_of(move(id, cancelled, other_tenant)), ErrorCode::issuance_not_found);
    EXPECT_EQ(code_of(get_order(context(other_tenant), id)), ErrorCode::issuance_not_found);
    EXPECT_TRUE(list_orders(context(other_tenant), {})->rows.empty());
}

TEST_F(OrdersTest, OfTwoWhoMoveAnOrderAtOnceOneIsTold) {
    for (int round = 0; round < 10; ++round) {
        const EntityId id = order_of(make()).id;
        std::array<Result<Issuance>, 2> results{fail(ErrorCode::internal), fail(ErrorCode::internal)};
        {
            const std::jthread one([&] { results[0] = move(id, processing); });
            const std::jthread other([&] { results[1] = move(id, cancelled); });
        }
        // Processing -> Cancelled is legal, the other way round is not: the first may be told, the second never is.
        EXPECT_TRUE(results[1]);
        if (!results[0]) EXPECT_EQ(results[0].error().code, ErrorCode::perso_transition_not_allowed);
        EXPECT_EQ(get_order(context(), id)->status, cancelled);
        EXPECT_EQ(get_order(context(), id)->history.size(), results[0] ? 3U : 2U);
    }
}

TEST_F(OrdersTest, AreFoundByOfficeStatusAndDay) {
    const Card first = make(), second = make();
    ASSERT_TRUE(move(order_of(second).id, processing));
    const Date today = order_of(first).ordered_on;
    EXPECT_EQ(list_orders(context(), {.perso_office_code = "PO1"})->total_count, 2);
    EXPECT_EQ(list_orders(context(), {.perso_office_code = "PO2"})->total_count, 0);
    const auto waits = list_orders(context(), {.perso_office_code = "PO1", .status = waiting});
    ASSERT_EQ(waits->rows.size(), 1U);
    EXPECT_EQ(waits->rows[0].token_id, first.token_id);
    EXPECT_EQ(list_orders(context(), {.ordered_from = today, .ordered_to = today})->total_count, 2);
    EXPECT_EQ(list_orders(context(), {.ordered_to = Date{today.value - 1}})->total_count, 0);
}

}  // namespace
}  // namespace takas::app::perso
