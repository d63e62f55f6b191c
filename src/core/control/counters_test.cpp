// What is counted is given back where it was counted, and nowhere else.
#include "core/control/counters.hpp"

#include <map>

#include "core/authorization/compact.hpp"
#include "core/control/one_card_test.hpp"

namespace takas::core::control {
namespace {

/// What stands in the counters is the sum of what approvals counted and did not give back, in every window.
TEST(Limits, CountersAreConservedUnderApprovalsReversalsAndExpiries) {
    std::uint64_t state = 20310301;  // SplitMix64: the same run every time
    const auto below = [&state](std::int64_t n) {
        std::uint64_t x = state += 0x9E3779B97F4A7C15ULL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
        return static_cast<std::int64_t>((x ^ (x >> 31)) % static_cast<std::uint64_t>(n));
    };
    const std::array periods{VelocityPeriod::daily,          VelocityPeriod::weekly,   VelocityPeriod::monthly,
                             VelocityPeriod::yearly,         VelocityPeriod::lifetime, VelocityPeriod::rolling_24_hours,
                             VelocityPeriod::rolling_30_days};
    PolicySet::Source source;
    for (std::size_t i = 0; i < periods.size(); ++i)
        source.velocity_controls.push_back(
            limit_of(static_cast<std::int64_t>(i) + 1, periods[i], Decimal{5000, 0}, 200));
    source.authorization_controls = {control_of(90, ControlAction::decline, 1, "monthCount > 1000")};
    std::map<CounterKey, VelocityPeriod> counted;
    for (const auto& limit : source.velocity_controls) counted[counter_key(limit)] = limit.period;
    counted[card_day_key] = VelocityPeriod::daily;
    counted[card_month_key] = VelocityPeriod::monthly;
    Card card(std::move(source));
    struct Bought {
        std::vector<Considered> considered;
        std::int64_t left_minor;
    };
    std::vector<Bought> bought;
    for (int step = 0; step < 4000; ++step) {
        card.at = card.at.plus_seconds(below(3 * 3600));
        card.business_date = date_of(card.at);
        if (bought.empty() || below(3) > 0) {
            const std::int64_t minor = 1 + below(40'000);
            if (card.buy(minor)) bought.push_back({card.conclusion().considered, minor});
        } else {
            Bought& one = bought[static_cast<std::size_t>(below(static_cast<std::int64_t>(bought.size())))];
            const std::int64_t back = below(2) == 0 ? one.left_minor : below(one.left_minor + 1);
            one.left_minor -= back;
            give_back(one.considered, back, one.left_minor == 0, card.counters);
        }
        if (step % 16 != 0) continue;
        for (const auto& [key, period] : counted) {
            const auto steps = rolling_steps(period);
            const std::int32_t now = window_of(period, card.business_date, card.at);
            Used sum;
            for (const Bought& one : bought)
                for (const Considered& c : one.considered) {
                    if (c.key != key || (steps.count == 0 ? c.window != now : c.window < now - steps.count)) continue;
                    sum.amount_minor += c.added.amount_minor - c.given_back.amount_minor;
                    sum.count += c.added.count - c.given_back.count;
                }
            ASSERT_EQ(card.counters.used(key, period, card.business_date, card.at), sum) << "step " << step;
        }
        ASSERT_EQ(Counters::decode(card.counters.encode()), card.counters);
    }
    EXPECT_GT(bought.size(), 100U);
}

/// A control is changed to count something else and back, or switched off and on, again and again: nothing that was
/// counted before its counter was forgotten is taken from what was counted since.
TEST(Limits, NothingIsTakenFromACounterThatBeganAnew) {
    std::uint64_t state = 7;
    const auto below = [&state](std::int64_t n) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::int64_t>((state >> 33) % static_cast<std::uint64_t>(n));
    };
    std::vector<PolicySet::Source> sources(3);
    sources[0].velocity_controls = {limit_of(1, VelocityPeriod::lifetime, std::nullopt, 1'000'000),
                                    limit_of(2, VelocityPeriod::rolling_30_days, std::nullopt, 1'000'000)};
    sources[1] = sources[0];
    sources[1].velocity_controls[0].rule = "mcc == 5411";
    sources[2].velocity_controls = {sources[0].velocity_controls[1]};
    sources[2].velocity_controls[0].rule = "mcc > 1";
    std::map<CounterKey, VelocityPeriod> periods;
    for (const auto& source : sources)
        for (const auto& limit : source.velocity_controls) periods[counter_key(limit)] = limit.period;
    struct Bought {
        std::vector<Considered> considered;
        std::map<CounterKey, int> lives;
        std::int64_t left_minor = 0;
    };
    std::vector<Bought> bought;
    std::map<CounterKey, int> lives;  // how often each counter was forgotten
    Counters counters;
    int too_late = 0;
    for (int turn = 0; turn < 300; ++turn) {
        Card card(sources[static_cast<std::size_t>(below(3))]);
        card.counters = *Counters::decode(counters.encode());
        for (std::int64_t step = below(6); step >= 0; --step) {
            if (bought.empty() || below(2) == 0) {
                const std::int64_t minor = 1 + below(10'000);
                ASSERT_TRUE(card.buy(minor));
                std::map<CounterKey, bool> is_kept;
                card.counters.for_each_step([&](const Counters::Place& at, const Used&) { is_kept[at.key] = true; });
                for (const auto& [key, period] : periods) lives[key] += is_kept[key] ? 0 : 1;
                bought.push_back({card.conclusion().considered, lives, minor});
            } else {
                Bought& one = bought[static_cast<std::size_t>(below(static_cast<std::int64_t>(bought.size())))];
                const std::int64_t back = below(2) == 0 ? one.left_minor : below(one.left_minor + 1);
                one.left_minor -= back;
                for (const Considered& c : one.considered) too_late += one.lives[c.key] != lives[c.key] && back > 0;
                give_back(one.considered, back, one.left_minor == 0, card.counters);
            }
            for (const auto& [key, period] : periods) {
                Used sum;
                for (const Bought& one : bought)
                    for (const Considered& c : one.considered) {
                        if (c.key != key || one.lives.at(key) != lives[key]) continue;
                        sum.amount_minor += c.added.amount_minor - c.given_back.amount_minor;
                        sum.count += c.added.count - c.given_back.count;
                    }
                ASSERT_EQ(card.counters.used(key, period, card.business_date, card.at), sum) << "turn " << turn;
            }
        }
        counters = card.counters;
    }
    EXPECT_GT(too_late, 50) << "else this shows nothing";
}

TEST(Counters, OfTheFirstVersionAreRead) {
    using authorization::put_varint;
    std::string bytes;
    for (const std::int64_t number : {1, 1, 99, 1, 1, today.value, 700, 2}) put_varint(bytes, number);
    auto counters = Counters::decode(bytes);
    ASSERT_TRUE(counters);
    EXPECT_EQ(counters->used(99, VelocityPeriod::daily, today, noon), (Used{700, 2}));
    EXPECT_EQ(counters->add(99, VelocityPeriod::daily, today, noon, {100, 1}), 0);
    counters->give_back(99, today.value, 0, {200, 1});
    EXPECT_EQ(counters->used(99, VelocityPeriod::daily, today, noon), (Used{600, 2}));
    EXPECT_EQ(Counters::decode(counters->encode()), *counters);
    const std::string now = counters->encode();
    for (std::size_t size = 1; size < now.size(); ++size) EXPECT_FALSE(Counters::decode(now.substr(0, size)));
}

TEST(Counters, AControlThatCountsSomethingElseBeginsAnew) {
    VelocityControl control = limit_of(1, VelocityPeriod::daily, Decimal{100, 0});
    const CounterKey key = counter_key(control);
    control.limit_amount = Decimal{50, 0};
    control.name = "another name";
    EXPECT_EQ(counter_key(control), key);
    control.rule = "mcc == 5411";
    EXPECT_NE(counter_key(control), key);
}

}  // namespace
}  // namespace takas::core::control
