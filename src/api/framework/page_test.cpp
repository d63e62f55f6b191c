#include "api/framework/page.hpp"

#include <gtest/gtest.h>

namespace takas::api {
namespace {

constexpr std::array columns{SortColumn{"customerNo", "customer_no"}, SortColumn{"creationTime", "id"}};

TEST(Page, ReadsAnOrder) {
    const auto orders = parse_sorting(" CreationTime desc ,customerNo", columns);
    ASSERT_TRUE(orders);
    ASSERT_EQ(orders->size(), 2U);
    EXPECT_EQ((*orders)[0].column, "id");
    EXPECT_TRUE((*orders)[0].descending);
    EXPECT_EQ((*orders)[1].column, "customer_no");
    EXPECT_FALSE((*orders)[1].descending);
    EXPECT_TRUE(parse_sorting("", columns)->empty());
}

TEST(Page, RefusesWhatIsNoOrder) {
    for (const char* bad : {"pan", "customerNo up", ",", "customerNo,", "customerNo desc desc", "customerNo;drop"})
        EXPECT_FALSE(parse_sorting(bad, columns)) << bad;
}

}  // namespace
}  // namespace takas::api
