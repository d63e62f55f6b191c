// Conversions between currencies of 0, 2 and 3 minor unit digits (ISO 4217: JPY; TRY, USD, EUR; KWD, TND), by hand and
// by property. The fixed rates of the euro are those of Council Regulation (EC) No 2866/98; that a half goes up is
// Article 5 of Regulation (EC) No 1103/97, and the rule of the contract (1.5).
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/money/applied_rate.hpp"
#include "core/money/rate_table.hpp"

namespace takas::core::money {
namespace {

constexpr Currency yen{392}, lira{949}, kuwaiti_dinar{414}, tunisian_dinar{788};
constexpr Currency euro{978}, mark{276}, franc{250}, italian_lira{380};

int digits_of(Currency currency) {
    if (currency == yen || currency == italian_lira) return 0;
    return currency == kuwaiti_dinar || currency == tunisian_dinar ? 3 : 2;
}

RateTable table_of(const std::vector<std::tuple<Currency, Currency, std::int64_t>>& rates) {
    std::vector<PublishedRate> rows;
    for (const auto& [from, to, rate_e9] : rates)
        rows.push_back({from, to, Instant{}, std::nullopt, rate_e9, rate_e9, rate_e9, "test"});
    return RateTable(std::move(rows));
}

TEST(conversion, golden_examples_by_hand) {
    const RateTable table = table_of({{yen, lira, 270'500'000},
                                      {kuwaiti_dinar, lira, 130'000'000'000},
                                      {tunisian_dinar, lira, 13'333'000'000},
                                      {lira, euro, 20'000'000}});
    struct Row {
        std::int64_t minor;
        Currency from, to;
        std::int64_t expected;
    };
    for (const Row& row : {
             Row{12'345, yen, lira, 333'932},                   // 12,345 JPY * 0.2705 = 3,339.3225
             Row{1, yen, lira, 27},                             // 0.2705
             Row{333'932, lira, yen, 12'345},                   // 3,339.32 / 0.2705 = 12,344.99 -> 0.5 and more goes up
             Row{1'005, kuwaiti_dinar, lira, 13'065},           // 1.005 KWD * 130 = 130.65
             Row{1, kuwaiti_dinar, lira, 13},                   // 0.001 KWD * 130 = 0.13
             Row{10'000, lira, kuwaiti_dinar, 769},             // 100.00 TRY / 130 = 0.76923
             Row{10'125, tunisian_dinar, lira, 13'500},         // 10.125 TND * 13.333 = 134.996625
             Row{1'000, kuwaiti_dinar, tunisian_dinar, 9'750},  // 130 / 13.333 = 9.750243757
             Row{1'000, yen, kuwaiti_dinar, 2'081},             // 1,000 * 0.2705 / 130 = 2.0807692
             Row{25, lira, euro, 1},                            // 0.25 * 0.02 = 0.005: a half goes up
             Row{24, lira, euro, 0},                            // 0.0048
         }) {
        const auto rate = table.find(row.from, row.to, Instant{}, RateSide::middle);
        ASSERT_TRUE(rate) << row.from.value << " " << row.to.value;
        EXPECT_EQ(convert_half_up(row.minor, digits_of(row.from), digits_of(row.to), *rate), row.expected)
            << row.minor << " " << row.from.value << " " << row.to.value;
    }
}

TEST(conversion, the_fixed_rates_of_the_euro) {
    const RateTable table =
        table_of({{euro, mark, 1'955'830'000}, {euro, franc, 6'559'570'000}, {euro, italian_lira, 1'936'270'000'000}});
    EXPECT_EQ(table.base(), euro);
    const auto converted = [&](std::int64_t minor, Currency from, Currency to) {
        return convert_half_up(minor, digits_of(from), digits_of(to),
                               table.find(from, to, Instant{}, RateSide::middle).value());
    };
    EXPECT_EQ(converted(10'000, mark, euro), 5'113);              // 100 DEM = 51.129 EUR
    EXPECT_EQ(converted(100'000, franc, euro), 15'245);           // 1,000 FRF = 152.449 EUR
    EXPECT_EQ(converted(1'000'000, italian_lira, euro), 51'646);  // 1,000,000 ITL = 516.457 EUR
    EXPECT_EQ(converted(10'000, euro, italian_lira), 193'627);
    EXPECT_EQ(converted(10'000, mark, franc), 33'539);         // 100 DEM = 335.385 FRF
    EXPECT_EQ(converted(10'000, mark, italian_lira), 99'000);  // 100 DEM = 98,999.9 ITL
}

TEST(conversion, there_and_back_is_within_one_unit) {
    EXPECT_TRUE(rc::check([] {
        const auto from = *rc::gen::element(yen, lira, kuwaiti_dinar, tunisian_dinar);
        const auto to = *rc::gen::element(yen, lira, kuwaiti_dinar, tunisian_dinar);
        const auto minor = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
        const auto rate_e9 = *rc::gen::inRange<std::int64_t>(1'000'000, 1'000'000'000'000);
        // Only where the target's unit is worth no more than the source's: else the way there rounds away more.
        RC_PRE(from != to);
        const auto unit = convert_half_up(1'000'000, digits_of(from), digits_of(to), {rate_e9});
        RC_PRE(unit && *unit >= 1'000'000);
        const RateTable table = table_of({{from, to, rate_e9}});
        const auto there = convert_half_up(minor, digits_of(from), digits_of(to), {rate_e9});
        RC_PRE(there.has_value());
        const auto back = convert_half_up(*there, digits_of(to), digits_of(from),
                                          table.find(to, from, Instant{}, RateSide::middle).value());
        RC_ASSERT(back && *back - minor <= 1 && minor - *back <= 1);
    }));
}

TEST(conversion, a_mark_up_never_pays_the_cardholder) {
    EXPECT_TRUE(rc::check([] {
        const auto from = *rc::gen::element(yen, lira, kuwaiti_dinar, tunisian_dinar);
        const auto to = *rc::gen::element(yen, lira, kuwaiti_dinar, tunisian_dinar);
        const auto minor = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
        const auto base = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000);
        const auto bps = *rc::gen::inRange<std::int16_t>(0, markup_max_bps + 1);
        const auto billed = [&](RateSide side) {
            return convert_half_up(minor, digits_of(from), digits_of(to), applied_rate({base, bps, side}).value());
        };
        const auto debit = billed(RateSide::sell), plain = billed(RateSide::middle), credit = billed(RateSide::buy);
        RC_PRE(debit.has_value());
        RC_ASSERT(*credit <= *plain && *plain <= *debit);
    }));
}

}  // namespace
}  // namespace takas::core::money
