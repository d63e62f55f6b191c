#include "core/fee/amount.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <numeric>

namespace takas::core::fee {
namespace {

using enum TaxInclusionMode;

Decimal decimal(std::string_view text) { return parse_decimal(text).value(); }

Tax tax(std::string_view rate, bool is_active = true) {
    Tax t;
    t.rate = decimal(rate);
    t.is_active = is_active;
    return t;
}

TransactionFee fee_of(std::optional<std::string_view> amount, std::optional<std::string_view> rate,
                      std::optional<std::string_view> min = {}, std::optional<std::string_view> max = {}) {
    TransactionFee fee;
    if (amount) fee.amount = decimal(*amount);
    if (rate) fee.rate = decimal(*rate);
    if (min) fee.min = decimal(*min);
    if (max) fee.max = decimal(*max);
    return fee;
}

TEST(fee_amount, the_published_sample) {
    const std::array bsmv{tax("5")};
    const FeeAmount fee = with_taxes(500, included, bsmv);
    EXPECT_EQ(fee.total_minor, 500);
    EXPECT_EQ(fee.tax_minor, 24);
    EXPECT_EQ(fee.net_minor, 476);
    ASSERT_EQ(fee.taxes().size(), 1U);
    EXPECT_EQ(fee.taxes()[0].amount_minor, 24);
    const FeeAmount on_top = with_taxes(500, excluded, bsmv);
    EXPECT_EQ(on_top.net_minor, 500);
    EXPECT_EQ(on_top.tax_minor, 25);
    EXPECT_EQ(on_top.total_minor, 525);
}

TEST(fee_amount, several_taxes_inside_leave_no_minor_unit_over) {
    const std::array three{tax("1"), tax("5", false), tax("1"), tax("1")};
    const FeeAmount fee = with_taxes(1'030 * 3 + 17, included, three);  // 31.07: 90.49 of tax, 90
    EXPECT_EQ(fee.tax_minor, 90);
    ASSERT_EQ(fee.taxes().size(), 3U);
    EXPECT_EQ(fee.taxes()[0].tax_index, 0U);
    EXPECT_EQ(fee.taxes()[1].tax_index, 2U) << "the passive one has no line";
    EXPECT_EQ(fee.taxes()[0].amount_minor + fee.taxes()[1].amount_minor + fee.taxes()[2].amount_minor, 90);
    const std::array uneven{tax("18"), tax("5"), tax("0.5")};
    const FeeAmount small = with_taxes(10, included, uneven);  // 1.90: 1.457, 0.405, 0.040 of 2 -> 2, 0, 0
    EXPECT_EQ(small.tax_minor, 2);
    EXPECT_EQ(small.taxes()[0].amount_minor, 2);
    EXPECT_EQ(small.taxes()[1].amount_minor + small.taxes()[2].amount_minor, 0);
    EXPECT_EQ(with_taxes(10, included, {}).net_minor, 10);
}

TEST(fee_amount, each_tax_on_top_is_rounded_by_itself) {
    const std::array two{tax("5"), tax("5")};
    EXPECT_EQ(with_taxes(10, excluded, two).tax_minor, 2) << "0.5 and 0.5 go up";
    EXPECT_EQ(with_taxes(9, excluded, two).tax_minor, 0);
    const std::array none{tax("0")};
    EXPECT_EQ(with_taxes(10, included, none).taxes().size(), 1U);
    EXPECT_EQ(with_taxes(10, included, none).tax_minor, 0);
}

TEST(fee_amount, of_a_transaction_with_floor_and_cap) {
    EXPECT_EQ(transaction_fee_minor(fee_of("1.50", "2"), 10'000, 2), 350);
    EXPECT_EQ(transaction_fee_minor(fee_of({}, "2", "5", "20"), 10'000, 2), 500);
    EXPECT_EQ(transaction_fee_minor(fee_of({}, "2", "5", "20"), 1'000'000, 2), 2'000);
    EXPECT_EQ(transaction_fee_minor(fee_of({}, "2"), 25, 2), 1) << "0.5 goes up";
    EXPECT_EQ(transaction_fee_minor(fee_of({}, "2"), 24, 2), 0);
    EXPECT_EQ(transaction_fee_minor(fee_of("1.5", {}), 0, 0), 2) << "yen have no digits";
    EXPECT_EQ(transaction_fee_minor(fee_of("0.4", "0.1"), 100, 0), 1) << "rounded once: 0.4 + 0.1";
    EXPECT_EQ(transaction_fee_minor(fee_of("1.5", "1"), 1'000, 3), 1'510);
}

TEST(fee_amount, nothing_where_it_does_not_fit) {
    EXPECT_EQ(transaction_fee_minor(fee_of("9999999999.99", {}), 0, 2), money::amount_max_minor);
    EXPECT_EQ(transaction_fee_minor(fee_of("10000000000", {}), 0, 2), std::nullopt);
    EXPECT_EQ(transaction_fee_minor(fee_of("10000000000", {}, {}, "7"), 0, 2), 700) << "the cap brings it down";
    EXPECT_EQ(transaction_fee_minor(fee_of("999999999999999999", "0.000000000000000001"), 100, 4), std::nullopt);
    EXPECT_EQ(transaction_fee_minor(fee_of("1", {}), -1, 2), std::nullopt);
    EXPECT_EQ(transaction_fee_minor(fee_of("-1", {}), 0, 2), std::nullopt);
    EXPECT_EQ(transaction_fee_minor(fee_of("1", {}), 0, 5), std::nullopt);
}

TEST(fee_amount, usable_rates) {
    for (const char* text : {"0", "5", "100", "0.000001"}) EXPECT_TRUE(usable_rate(decimal(text))) << text;
    for (const char* text : {"-1", "100.000001", "0.0000001", "999999999999999999"})
        EXPECT_FALSE(usable_rate(decimal(text))) << text;
}

std::vector<Tax> any_taxes() {
    std::vector<Tax> taxes(*rc::gen::inRange<std::size_t>(0, tax_max_count + 1));
    for (Tax& t : taxes) {
        t.rate = {*rc::gen::inRange<std::int64_t>(0, 100'000'001), 6};
        t.is_active = *rc::gen::arbitrary<bool>();
    }
    return taxes;
}

TEST(fee_amount, net_and_taxes_are_the_total_whatever_the_rates) {
    EXPECT_TRUE(rc::check([] {
        const auto taxes = any_taxes();
        const auto minor = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 1'000),
                                           rc::gen::inRange<std::int64_t>(0, money::amount_max_minor + 1));
        for (const auto mode : {included, excluded}) {
            const FeeAmount fee = with_taxes(minor, mode, taxes);
            RC_ASSERT(fee.net_minor + fee.tax_minor == fee.total_minor);
            RC_ASSERT((mode == included ? fee.total_minor : fee.net_minor) == minor);
            std::int64_t sum = 0;
            for (const TaxLine& line : fee.taxes()) {
                RC_ASSERT(line.amount_minor >= 0 && taxes.at(line.tax_index).is_active);
                sum += line.amount_minor;
            }
            RC_ASSERT(sum == fee.tax_minor);
            RC_ASSERT(static_cast<std::ptrdiff_t>(fee.taxes().size()) == std::ranges::count_if(taxes, &Tax::is_active));
        }
    }));
}

TEST(fee_amount, each_tax_is_within_one_minor_unit_of_the_exact_one) {
    EXPECT_TRUE(rc::check([] {
        const auto taxes = any_taxes();
        const auto minor = *rc::gen::inRange<std::int64_t>(0, money::amount_max_minor + 1);
        __extension__ using Wide = __int128;
        Wide rates = 0;
        for (const Tax& t : taxes) rates += t.is_active ? t.rate.coefficient : 0;
        const FeeAmount fee = with_taxes(minor, included, taxes);
        for (const TaxLine& line : fee.taxes()) {
            const Wide exact = Wide{minor} * taxes[line.tax_index].rate.coefficient, unit = 100'000'000 + rates;
            const Wide off = Wide{line.amount_minor} * unit - exact;
            RC_ASSERT(off <= unit * 2 && off >= -unit * 2);
        }
        const Wide off = 2 * (Wide{fee.tax_minor} * (100'000'000 + rates) - Wide{minor} * rates);
        RC_ASSERT(off <= 100'000'000 + rates && off > -(100'000'000 + rates));
    }));
}

TEST(fee_amount, more_is_never_cheaper_and_floor_and_cap_hold) {
    EXPECT_TRUE(rc::check([] {
        const int digits = *rc::gen::element(0, 2, 3);
        TransactionFee fee;
        fee.amount = Decimal{*rc::gen::inRange<std::int64_t>(0, 100'000), 2};
        fee.rate = Decimal{*rc::gen::inRange<std::int64_t>(0, 100'000'001), 6};
        const auto floor = *rc::gen::inRange<std::int64_t>(0, 10'000), span = *rc::gen::inRange<std::int64_t>(0, 9'000);
        if (*rc::gen::arbitrary<bool>()) fee.min = Decimal{floor, 0};
        if (*rc::gen::arbitrary<bool>()) fee.max = Decimal{floor + span, 0};
        const auto less = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000),
                   more = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
        const auto low = transaction_fee_minor(fee, less, digits),
                   high = transaction_fee_minor(fee, less + more, digits);
        RC_ASSERT(low && high && *low <= *high);
        if (fee.min) RC_ASSERT(*low >= *to_minor_half_up(*fee.min, digits));
        if (fee.max) RC_ASSERT(*high <= *to_minor_half_up(*fee.max, digits));
        if (fee.min || fee.max) return;
        // Within half a minor unit of the exact sum.
        __extension__ using Wide = __int128;
        Wide unit = 1;
        for (int i = 0; i < digits; ++i) unit *= 10;
        const Wide exact = Wide{fee.amount->coefficient} * unit * 1'000'000 + Wide{less} * fee.rate->coefficient;
        const Wide off = 2 * (Wide{*low} * 100'000'000 - exact);
        RC_ASSERT(off <= 100'000'000 && off > -100'000'000);
    }));
}

}  // namespace
}  // namespace takas::core::fee
