#include "core/perso/perso_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace takas::core::perso {
namespace {

using Names = std::set<std::string_view>;

// The published tables, written a second time and in their own words.
const std::map<std::string_view, Names> published_orders{
    {"Requested", {"Waiting", "Cancelled"}},
    {"Waiting", {"Processing", "Error", "Cancelled"}},
    {"Processing", {"Completed", "Error", "Cancelled"}},
    {"Error", {"Waiting", "Cancelled"}},
    {"Completed", {}},
    {"Cancelled", {}},
};
const std::map<std::string_view, Names> published_deliveries{
    {"Created", {"HandedToCourier", "Cancelled"}},
    {"HandedToCourier", {"InTransit", "AddressInvalid"}},
    {"InTransit", {"OutForDelivery", "AddressInvalid"}},
    {"OutForDelivery", {"Delivered", "CustomerNotFound", "AddressInvalid"}},
    {"CustomerNotFound", {"OutForDelivery", "Returned"}},
    {"AddressInvalid", {"Returned"}},
    {"Returned", {"Created", "Destroyed"}},
    {"Delivered", {}},
    {"Destroyed", {}},
    {"Cancelled", {}},
};

constexpr Instant now = Instant::from_seconds(1'930'000'000);

Issuance order_in(PersoStatus status) {
    Issuance order;
    order.status = status;
    order.perso_office_code = "PO1";
    return order;
}

Delivery delivery_in(DeliveryStatus status) {
    Delivery delivery;
    delivery.status = status;
    return delivery;
}

TEST(PersoTable, EveryPairIsAsPublished) {
    for (const EnumName& from : EnumNames<PersoStatus>::values)
        for (const EnumName& to : EnumNames<PersoStatus>::values) {
            const auto changed = change_status(order_in(static_cast<PersoStatus>(from.value)),
                                               PersoChange{static_cast<PersoStatus>(to.value), "why", "user", now});
            const std::string what = std::string(from.name) + " -> " + std::string(to.name);
            ASSERT_EQ(changed.has_value(), published_orders.at(from.name).contains(to.name)) << what;
            if (!changed) {
                EXPECT_EQ(changed.error().code, ErrorCode::perso_transition_not_allowed) << what;
                continue;
            }
            EXPECT_EQ(to_name(changed->status), to.name);
            EXPECT_EQ(changed->last_status_time, now);
            EXPECT_EQ(changed->error_description, "why");
            ASSERT_EQ(changed->history.size(), 1U);
            EXPECT_EQ(to_name(changed->history[0].old_status), from.name);
            EXPECT_EQ(to_name(changed->history[0].new_status), to.name);
            EXPECT_EQ(changed->history[0].user_id, "user");
        }
}

TEST(PersoTable, NothingWaitsForAnUnknownOffice) {
    Issuance order = order_in(PersoStatus::requested);
    order.perso_office_code.clear();
    const auto changed = change_status(order, PersoChange{PersoStatus::waiting, "", "user", now});
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::perso_office_missing);
    EXPECT_TRUE(change_status(order, PersoChange{PersoStatus::cancelled, "", "user", now}));
}

TEST(PersoTable, RefusalsNameWhatIsAllowed) {
    const auto done = change_status(order_in(PersoStatus::error), PersoChange{PersoStatus::completed, "", "user", now});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().data.at(0).second, R"("Error")");
    EXPECT_EQ(done.error().data.at(1).second, R"(["Waiting","Cancelled"])");
}

TEST(PersoTable, HistoryKeepsTheNewest) {
    Issuance order = order_in(PersoStatus::waiting);
    for (std::size_t i = 0; i < history_max; ++i) {
        order = *change_status(order, PersoChange{PersoStatus::error, "", "user", now});
        order = *change_status(order, PersoChange{PersoStatus::waiting, "", "user", now});
    }
    ASSERT_EQ(order.history.size(), history_max);
    EXPECT_EQ(order.history.back().new_status, PersoStatus::waiting);
    EXPECT_EQ(order.history.front().new_status, PersoStatus::error);
}

TEST(DeliveryTable, EveryPairIsAsPublished) {
    for (const EnumName& from : EnumNames<DeliveryStatus>::values)
        for (const EnumName& to : EnumNames<DeliveryStatus>::values) {
            const auto changed =
                change_status(delivery_in(static_cast<DeliveryStatus>(from.value)),
                              DeliveryChange{static_cast<DeliveryStatus>(to.value), "why", "user", now});
            const std::string what = std::string(from.name) + " -> " + std::string(to.name);
            ASSERT_EQ(changed.has_value(), published_deliveries.at(from.name).contains(to.name)) << what;
            if (!changed) {
                EXPECT_EQ(changed.error().code, ErrorCode::delivery_transition_not_allowed) << what;
                continue;
            }
            EXPECT_EQ(to_name(changed->status), to.name);
            EXPECT_EQ(changed->status_time, now);
            EXPECT_EQ(changed->history.back().user_id, "user");
        }
}

TEST(DeliveryTable, ThreeVisitsInVainAndItGoesBack) {
    using enum DeliveryStatus;
    Delivery delivery = delivery_in(out_for_delivery);
    for (int visit = 1; visit <= not_found_max; ++visit) {
        delivery = *change_status(delivery, DeliveryChange{customer_not_found, "", "user", now});
        EXPECT_EQ(delivery.not_found_count, visit);
        const auto again = change_status(delivery, DeliveryChange{out_for_delivery, "", "user", now});
        ASSERT_EQ(again.has_value(), visit < not_found_max);
        if (again) {
            delivery = *again;
        } else {
            EXPECT_EQ(again.error().data.at(1).second, R"(["Returned"])");
        }
    }
    delivery = *change_status(delivery, DeliveryChange{returned, "", "user", now});
    EXPECT_TRUE(has_failed(delivery.status));
    delivery = *change_status(delivery, DeliveryChange{created, "", "user", now});
    EXPECT_EQ(delivery.not_found_count, 0);  // sent again, it is tried again
}

TEST(Barcode, HasACheckDigit) {
    EXPECT_EQ(barcode_of(EntityId{1}), "TK00000000000000017");
    EXPECT_EQ(barcode_of(EntityId{7230195437862912}), "TK72301954378629123");
    EXPECT_EQ(barcode_of(EntityId{10}), "TK00000000000000109");  // two digits that changed places show
}

}  // namespace
}  // namespace takas::core::perso
