#include "app/perso/deliveries.hpp"

#include <thread>

#include "app/cards/status.hpp"
#include "app/perso/perso_world_test.hpp"

namespace takas::app::perso {
namespace {

using cards::code_of;
using enum DeliveryStatus;

struct DeliveriesTest : ::testing::Test, PersoWorld {
    void activate(const Card& card) {
        auto c = context();
        ASSERT_TRUE(cards::change_status(
            c, {card.token_id, CardStatus::active, core::card::CardStatusReason::customer_request, ""}));
    }
};

TEST_F(DeliveriesTest, GoesFromTheOfficeToItsReceiver) {
    const Card card = sent({handed_to_courier, in_transit, out_for_delivery});
    auto c = context();
    const auto done = change_delivery_status(
        c, {.barcode = *card.barcode, .status = delivered, .receiver_name = "Ali Kaya", .receiver_relation = "Spouse"});
    ASSERT_TRUE(done);
    EXPECT_EQ(done->receiver_name, "Ali Kaya");
    EXPECT_EQ(done->history.size(), 4U);
    EXPECT_EQ(card_now(card).status, CardStatus::pending_activation);
    EXPECT_EQ(kinds_of(card).back(), "DeliveryStatusChanged");
    EXPECT_NE(
        events_of(card).back().payload.find(R"("OldStatus":"OutForDelivery","NewStatus":"Delivered","Barcode":")"),
        std::string::npos);
    // The receiver is nobody's event.
    EXPECT_EQ(events_of(card).back().payload.find("Ali"), std::string::npos);
    const std::size_t events = kinds_of(card).size();
    EXPECT_TRUE(deliver(*card.barcode, delivered));
    EXPECT_EQ(kinds_of(card).size(), events);
    EXPECT_EQ(code_of(deliver(*card.barcode, returned)), ErrorCode::delivery_transition_not_allowed);
}

TEST_F(DeliveriesTest, OneThatFailedClosesACardThatWasNeverActivated) {
    const Card card = sent({handed_to_courier, in_transit, address_invalid, returned});
    const Card closed = card_now(card);
    EXPECT_EQ(closed.status, CardStatus::closed);
    EXPECT_EQ(closed.status_reason, core::card::CardStatusReason::delivery_failed);
    const auto kinds = kinds_of(card);
    ASSERT_GE(kinds.size(), 2U);
    EXPECT_EQ(kinds[kinds.size() - 2], "DeliveryStatusChanged");
    EXPECT_EQ(kinds.back(), "CardStatusChanged");
    EXPECT_EQ(code_of(deliver(*card.barcode, created)), ErrorCode::card_wrong_status);
    EXPECT_TRUE(deliver(*card.barcode, destroyed));
}

TEST_F(DeliveriesTest, ACardInUseStaysAndIsSentAgain) {
    const Card card = sent({handed_to_courier, in_transit, address_invalid});
    activate(card);
    ASSERT_TRUE(deliver(*card.barcode, returned));
    EXPECT_EQ(card_now(card).status, CardStatus::active);
    EXPECT_TRUE(deliver(*card.barcode, created));
    EXPECT_TRUE(deliver(*card.barcode, handed_to_courier));
}

TEST_F(DeliveriesTest, AnotherInstitutionsIsNotThere) {
    const Card card = sent({});
    EXPECT_EQ(code_of(deliver(*card.barcode, handed_to_courier, other_tenant)), ErrorCode::shipment_not_found);
    EXPECT_EQ(code_of(deliver("TK0", handed_to_courier)), ErrorCode::shipment_not_found);
    EXPECT_EQ(code_of(deliveries_of_card(context(other_tenant), card.token_id)), ErrorCode::card_not_found);
}

TEST_F(DeliveriesTest, ActivatingAndFailingAtOnceEndsInOneOfTheTwoWorlds) {
    for (int round = 0; round < 20; ++round) {
        const Card card = sent({handed_to_courier, address_invalid});
        bool is_active = false;
        {
            const std::jthread one([&] {
                auto c = context();
                is_active = cards::change_status(c, {card.token_id, CardStatus::active,
                                                     core::card::CardStatusReason::customer_request, ""})
                                .has_value();
            });
            const std::jthread other([&] { EXPECT_TRUE(deliver(*card.barcode, returned)); });
        }
        EXPECT_EQ(card_now(card).status, is_active ? CardStatus::active : CardStatus::closed);
    }
}

TEST_F(DeliveriesTest, TheSameReportAtOnceCountsOnce) {
    const Card card = sent({handed_to_courier, address_invalid});
    {
        std::vector<std::jthread> couriers;
        for (int i = 0; i < 4; ++i) couriers.emplace_back([&] { EXPECT_TRUE(deliver(*card.barcode, returned)); });
    }
    const auto kinds = kinds_of(card);
    EXPECT_EQ(std::ranges::count(kinds, "CardStatusChanged"), 1);
    EXPECT_EQ(std::ranges::count(kinds, "DeliveryStatusChanged"), 3);
}

}  // namespace
}  // namespace takas::app::perso
