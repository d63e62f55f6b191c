#include "jobs/card_fees.hpp"

#include <chrono>
#include <thread>

#include "app/cards/renew.hpp"
#include "app/cards/status.hpp"
#include "app/fees/fees.hpp"
#include "app/fees/taxes.hpp"
#include "app/perso/perso_world_test.hpp"
#include "app/verify/verify.hpp"
#include "base/encoding.hpp"

namespace takas::jobs {
namespace {

using core::authorization::CardTransaction;
using core::authorization::TransactionCode;
using core::card::Card;
using core::card::CardStatus;
using core::fee::CardAnnualFee;
using core::fee::CardFeeDue;
using core::fee::CardIssuanceFee;
using core::fee::ChargePeriod;
using core::fee::IssuanceType;
using core::ledger::CardAccount;
using core::ledger::ContraAccount;
using core::ledger::LedgerEntry;

constexpr core::money::Currency lira{949}, euro{978};

struct CardFeesTest : ::testing::Test, app::perso::PersoWorld {
    CardFees job{services, {.page_size = 3}};

    CardFeesTest() {
        core::identity::Tenant bank;
        bank.tenant_id = tenant, bank.tenant_uuid = "00000000-0000-4000-8000-000000000002", bank.code = "bank";
        app::ports::Unit unit;
        unit.insert(bank);
        EXPECT_EQ(store.commit_and_wait(std::move(unit)).outcome, app::ports::CommitOutcome::committed);
        EXPECT_TRUE(catalog.refresh());
        set_day("2031-03-31");
    }
    void set_day(std::string_view day) { clock.time = Instant{(parse_date(day)->value * 24 + 9) * 3'600'000'000}; }

    CardIssuanceFee add_issuance(std::string name, Decimal amount, auto change) {
        CardIssuanceFee fee;
        fee.name = std::move(name), fee.amount = amount, fee.tenant_wide = true;
        change(fee);
        const auto made = run([&](app::Context& c) { return app::fees::create_fee(c, fee); });
        EXPECT_TRUE(made) << error_row(made.error().code).public_code;
        return made->fee;
    }
    CardAnnualFee add_annual(std::string name, Decimal amount, auto change) {
        CardAnnualFee fee;
        fee.name = std::move(name), fee.amount = amount, fee.tenant_wide = true;
        change(fee);
        const auto made = run([&](app::Context& c) { return app::fees::create_fee(c, fee); });
        EXPECT_TRUE(made) << error_row(made.error().code).public_code;
        return made->fee;
    }
    void add_bsmv() {
        core::fee::Tax tax;
        tax.name = app::fees::bsmv_name, tax.rate = {5, 0};
        ASSERT_TRUE(run([&](app::Context& c) { return app::fees::create_tax(c, tax); }));
    }
    CardFees::Outcome run_job() {
        const auto done = job.run();
        EXPECT_TRUE(done) << done.error().internal_detail;
        return done.value_or(CardFees::Outcome{-1, -1, -1});
    }
    std::vector<CardTransaction> charges_of(const Card& card) {
        std::vector<CardTransaction> out;
        for (auto& t : all<CardTransaction>())
            if (t.token_id == card.token_id && t.code == TransactionCode::fee) out.push_back(std::move(t));
        return out;
    }
    std::int64_t balance_of(const Card& card) {
        return store.find<CardAccount>({app::ports::where<&CardAccount::account_id>(card.account_id)})
            ->value()
            .posted_minor;
    }
    std::int64_t booked_to(ContraAccount contra) {
        std::int64_t sum = 0;
        for (const auto& entry : all<LedgerEntry>()) sum -= entry.contra == contra ? entry.amount_minor : 0;
        return sum;
    }
    void close(const Card& card) {
        auto c = context();
        ASSERT_TRUE(app::cards::change_status(
            c, {card.token_id, CardStatus::closed, core::card::CardStatusReason::customer_request, ""}));
    }
    /// Nothing is due any more, and the books agree.
    void expect_clean() {
        EXPECT_TRUE(all<CardFeeDue>().empty());
        const auto report = app::verify::verify(store, [](std::string_view, std::int64_t) {});
        ASSERT_TRUE(report) << report.error().internal_detail;
        for (const auto& one : report->differences)
            ADD_FAILURE() << one.what << " " << one.where << ": " << one.expected << " / " << one.found;
    }
};

TEST_F(CardFeesTest, ANewCardIsChargedOnceWithItsTaxes) {
    add_bsmv();
    add_issuance("new", {500, 2}, [](auto& f) {
        f.issuance_type = IssuanceType::new_card;
        f.tax_inclusion_mode = core::fee::TaxInclusionMode::included;
    });
    const Card card = make();
    EXPECT_EQ(run_job().charged, 1);
    EXPECT_EQ(run_job().charged, 0);
    const auto charges = charges_of(card);
    ASSERT_EQ(charges.size(), 1U);
    EXPECT_EQ(charges[0].billing_amount_minor, 500);
    EXPECT_EQ(charges[0].posted_minor, -500);
    EXPECT_EQ(balance_of(card), -500) << "a charge is no authorization";
    EXPECT_EQ(booked_to(ContraAccount::fee_income), 476);
    EXPECT_EQ(booked_to(ContraAccount::tax_payable), 24);
    const auto events = events_of(card);
    EXPECT_EQ(events.back().kind, core::event::EventKind::card_fee_charged);
    for (const char* part : {R"("FeeType":"NewCard")", R"("Amount":5.00)", R"("NetAmount":4.76)",
                             R"("Taxes":[{"Name":"BSMV","Amount":0.24,"Currency":949}])", R"("PeriodNo":null)"})
        EXPECT_NE(events.back().payload.find(part), std::string::npos) << part << " in " << events.back().payload;
    expect_clean();
}

TEST_F(CardFeesTest, EachReasonHasItsFeeAndCardsMadeBeforeTheFeeNone) {
    const Card early = make();
    clock.time = clock.time.plus_seconds(60);
    add_issuance("any", {100, 2}, [](auto&) {});
    add_issuance("renewal", {300, 2}, [](auto& f) { f.issuance_type = IssuanceType::renewal; });
    const Card late = make();
    EXPECT_EQ(run_job().charged, 1);
    EXPECT_EQ(balance_of(late), -100) << "of one customer and product: the same account";
    EXPECT_TRUE(charges_of(early).empty());
    auto c = context();
    ASSERT_TRUE(app::cards::change_status(
        c, {early.token_id, CardStatus::active, core::card::CardStatusReason::customer_request, ""}));
    auto r = context();
    ASSERT_TRUE(app::cards::renew_card(r, {.token_id = early.token_id}));
    EXPECT_EQ(run_job().charged, 1);
    ASSERT_EQ(charges_of(early).size(), 1U);
    EXPECT_EQ(charges_of(early)[0].billing_amount_minor, 300) << "the fee with more conditions";
    expect_clean();
}

TEST_F(CardFeesTest, TheFirstOnesOfACustomerMayBeFree) {
    add_issuance("third", {100, 2}, [](auto& f) { f.free_count = 2; });
    const Card first = make(), second = make(), third = make();
    EXPECT_EQ(run_job().charged, 1);
    EXPECT_TRUE(charges_of(first).empty() && charges_of(second).empty());
    EXPECT_EQ(charges_of(third).size(), 1U);
}

TEST_F(CardFeesTest, AnotherCurrencyIsConvertedOrWaits) {
    add_issuance("euro", {1, 0}, [](auto& f) { f.currency = euro; });
    const Card card = make();
    auto sum = run_job();
    EXPECT_EQ(sum.charged, 0);
    EXPECT_EQ(sum.waiting, 1);
    ASSERT_EQ(all<CardFeeDue>().size(), 1U);
    EXPECT_EQ(all<CardFeeDue>()[0].waits_for, "no_exchange_rate");
    EXPECT_EQ(run_job().waiting, 0) << "it rests for an hour";
    app::ports::Unit unit;
    unit.insert(core::identity::ExchangeRate{tenant, euro, lira, {475, 1}, clock.time, "test", {}, {}, {}});
    app::catalog::Catalog::mark_changed(unit, ids);
    ASSERT_EQ(store.commit_and_wait(std::move(unit)).outcome, app::ports::CommitOutcome::committed);
    ASSERT_TRUE(catalog.refresh());
    clock.time = clock.time.plus_seconds(3'601);
    EXPECT_EQ(run_job().charged, 1);
    ASSERT_EQ(charges_of(card).size(), 1U);
    EXPECT_EQ(charges_of(card)[0].billing_amount_minor, 4'750);
    EXPECT_EQ(charges_of(card)[0].transaction_amount_minor, 100);
    EXPECT_EQ(charges_of(card)[0].transaction_currency, euro);
    expect_clean();
}

TEST_F(CardFeesTest, MonthsFromAMonthsLastDay) {
    add_annual("monthly", {100, 2}, [](auto& f) { f.charge_period = ChargePeriod::monthly; });
    const Card card = make();
    EXPECT_EQ(run_job().charged, 1) << "the first period begins with the card";
    std::vector<std::string> days;
    for (int i = 0; i < 125; ++i) {
        clock.time = clock.time.plus_seconds(86'400);
        if (run_job().charged > 0) days.push_back(to_text(date_of(clock.time)));
    }
    EXPECT_EQ(days, (std::vector<std::string>{"2031-04-30", "2031-05-31", "2031-06-30", "2031-07-31"}));
    EXPECT_EQ(charges_of(card).size(), 5U);
    expect_clean();
}

TEST_F(CardFeesTest, AServerThatWasAwayCatchesUpAndAFreeYearIsFree) {
    add_annual("yearly", {2'500, 2}, [](auto& f) {
        f.first_year_free = true;
        f.charge_month_offset = 11;
        f.child_card_amount = Decimal{0, 0};
    });
    const Card card = make(), closed = make();
    EXPECT_EQ(run_job().charged, 0);
    set_day("2031-06-01");
    EXPECT_EQ(run_job().charged, 0);
    set_day("2033-02-27");
    EXPECT_EQ(run_job().charged, 0);
    close(closed);
    set_day("2033-04-15");  // the last day of February went by
    EXPECT_EQ(run_job().charged, 1);
    EXPECT_EQ(charges_of(card).size(), 1U);
    EXPECT_TRUE(charges_of(closed).empty());
    EXPECT_EQ(run_job().charged, 0);
    expect_clean();
}

TEST_F(CardFeesTest, AnotherOffsetDoesNotChargeAPeriodTwice) {
    auto fee = add_annual("yearly", {2'500, 2}, [](auto&) {});
    const Card card = make();
    EXPECT_EQ(run_job().charged, 1);
    fee.charge_month_offset = 2;
    ASSERT_TRUE(run([&](app::Context& c) { return app::fees::update_fee(c, fee.id, fee, std::nullopt); }));
    set_day("2031-05-31");
    EXPECT_EQ(run_job().charged, 0);
    set_day("2032-05-31");
    EXPECT_EQ(run_job().charged, 1);
    EXPECT_EQ(charges_of(card).size(), 2U);
}

TEST_F(CardFeesTest, TwoServersAtOnceChargeOnce) {
    add_issuance("new", {100, 2}, [](auto&) {});
    add_annual("monthly", {10, 2}, [](auto& f) { f.charge_period = ChargePeriod::monthly; });
    std::vector<Card> cards;
    for (int i = 0; i < 20; ++i) cards.push_back(make());
    app::lane::Lanes other_lanes{store, 2, {}};
    other_lanes.guard_reads(true), lanes.guard_reads(true);
    app::Services other_services{store,      clock,       random,   ids,      catalog,  vault,
                                 secret_box, other_lanes, uncalled, uncalled, uncalled, uncalled};
    CardFees other{other_services, {.page_size = 4}};
    const auto often = [](CardFees& one) {
        for (int i = 0; i < 5; ++i) std::ignore = one.run();  // one of the two may be refused: it tries again
    };
    {
        const std::jthread one([&] { often(job); });
        const std::jthread two([&] { often(other); });
    }
    EXPECT_EQ(run_job().charged, 0);
    for (const Card& card : cards) EXPECT_EQ(charges_of(card).size(), 2U);
    EXPECT_EQ(balance_of(cards[0]), -20 * 110);
    expect_clean();
}

TEST_F(CardFeesTest, AStoreThatFailsHalfWayMakesNoSecondCharge) {
    add_issuance("new", {100, 2}, [](auto&) {});
    add_annual("monthly", {10, 2}, [](auto& f) { f.charge_period = ChargePeriod::monthly; });
    std::vector<Card> cards;
    for (int i = 0; i < 20; ++i) cards.push_back(make());
    std::int64_t failed = 0;
    {
        const std::jthread weather([&](const std::stop_token& stop) {
            for (bool is_fair = false; !stop.stop_requested(); is_fair = !is_fair) {
                store.set_writable(is_fair);
                std::this_thread::sleep_for(std::chrono::microseconds(300));
            }
        });
        for (int i = 0; i < 30; ++i) failed += job.run() ? 0 : 1;
    }
    store.set_writable(true);
    EXPECT_GT(failed, 0);
    run_job();
    for (const Card& card : cards) EXPECT_EQ(charges_of(card).size(), 2U);
    expect_clean();
}

}  // namespace
}  // namespace takas::jobs
