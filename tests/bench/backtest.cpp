#include "backtest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <random>
#include <stdexcept>

#include "app/backtests/past.hpp"
#include "app/backtests/tally.hpp"
#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "core/control/policy_record.hpp"
#include "server_process.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace takas::bench {
namespace {

using namespace core::control;
namespace authorization = core::authorization;
using authorization::CardTransaction;
using authorization::TransactionEvent;
using Clock = std::chrono::steady_clock;

constexpr double promised_per_second = 500'000;
constexpr int authorization_controls = 8, velocity_controls = 12;
constexpr int turns = 5, models = 20, accounts = 1'000, transactions_per_account = 1'000, stored_accounts = 100;
constexpr TenantId tenant{2};
constexpr core::money::Currency lira{949};
const Instant begin = Instant::from_seconds(1'930'000'000);

PolicySet::Source controls() {
    PolicySet::Source s;
    for (int i = 0; i < authorization_controls; ++i) {
        AuthorizationControl one;
        one.tenant_id = tenant, one.id = EntityId{1'000 + i};
        one.name = fmt::format("control {}", i);
        one.rule = fmt::format("mcc in (7995, 7800, {}) && transactionAmount > {}", 6'000 + i, 100 + i);
        one.tenant_wide = true;
        s.authorization_controls.push_back(one);
    }
    for (int i = 0; i < velocity_controls; ++i) {
        VelocityControl one;
        one.tenant_id = tenant, one.id = EntityId{2'000 + i};
        one.name = fmt::format("limit {}", i);
        one.period = static_cast<VelocityPeriod>(i % 8);  // all windows, rolling ones too
        one.limit_amount = Decimal{i % 8 == 0 ? 950 : 1'000'000, 0};
        one.limit_count = 1'000'000;
        if (i % 3 == 0) one.rule = "mcc != 6011";
        one.tenant_wide = true;
        s.velocity_controls.push_back(one);
    }
    return s;
}
/// One limit is lower.
PolicySet::Source changed_controls() {
    auto s = controls();
    s.velocity_controls[1].limit_amount = Decimal{20'000, 0};
    return s;
}

struct Past {
    core::card::Card card;
    std::vector<CardTransaction> rows;
    std::vector<TransactionEvent> events;  ///< a reversal of every twentieth
    std::vector<authorization::Facts> facts;
    std::vector<authorization::Circumstances> circumstances;
};

/// A card that is used every half an hour, for about three weeks.
Past past_of(std::int64_t number) {
    std::mt19937 random(static_cast<unsigned>(number));
    Past past;
    past.card.tenant_id = tenant, past.card.account_id = AccountId{1'000 + number};
    past.card.token_id = TokenId{1'000'000 + number}, past.card.card_product_code = "BENCH";
    for (int i = 0; i < transactions_per_account; ++i) {
        const Instant at = begin.plus_seconds(std::int64_t{i} * 1'800 + number % 1'000);
        authorization::Facts f;
        f.decided_at = at;
        f.business_date = date_of(at);
        f.code = authorization::TransactionCode::purchase;
        f.transaction_amount_minor = 1'00 + static_cast<std::int64_t>(random() % 999'00);
        f.transaction_currency = f.account_currency = lira;
        f.card_found = true;
        f.card_status = core::card::CardStatus::active;
        f.card_expiry = {3'612};
        f.posted_minor = 900'000'000'00;
        const auto decision = authorization::decide(f);
        CardTransaction t;
        t.tenant_id = tenant, t.account_id = past.card.account_id, t.token_id = past.card.token_id;
        t.transaction_id = TransactionId{app::ids::first_id_at(at) + number};
        t.masked_card_no = "97920001****0010", t.customer_no = "M-1", t.card_product_code = "BENCH";
        t.code = f.code, t.mcc = 5'411 + static_cast<std::int32_t>(random() % 600);
        t.transaction_amount_minor = t.billing_amount_minor = t.remaining_minor = f.transaction_amount_minor;
        t.transaction_currency = t.billing_currency = lira;
        t.stan = "000101", t.rrn = "103110000101", t.auth_no = "482913";
        t.terminal_no = "T0000001", t.card_acceptor_no = "M00000000000001", t.card_acceptor_name = "LOKANTA";
        t.card_acceptor_city = "ANKARA", t.card_acceptor_country = "TR", t.acquirer_id = "454360";
        t.pos_entry_mode = authorization::PosEntryMode::chip, t.terminal_type = authorization::TerminalType::pos;
        t.local_transaction_time = t.transaction_time = at;
        authorization::encode_checks(decision.checks, t.checks);
        authorization::encode_facts(f, t.facts.bytes);
        PolicyRecord record;
        record.circumstances.local_time_minutes = static_cast<std::int32_t>(at.seconds() / 60 % 1'440);
        t.policy_record = Blob{encode(record)};
        past.facts.push_back(f);
        past.circumstances.push_back(record.circumstances);
        past.rows.push_back(std::move(t));
        if (i % 20 != 19) continue;
        TransactionEvent e;
        e.tenant_id = tenant, e.account_id = past.card.account_id;
        e.transaction_id = past.rows.back().transaction_id;
        e.event_no = i, e.event_type = authorization::TransitionEventType::reversal;
        e.amount_minor = f.transaction_amount_minor, e.occurred_at = at.plus_seconds(60);
        past.events.push_back(e);
    }
    return past;
}

double per_second(std::int64_t count, Clock::duration taken) {
    return static_cast<double>(count) / std::chrono::duration<double>(taken).count();
}

struct Sets {
    std::shared_ptr<const PolicySet> current = PolicySet::compile(controls());
    std::shared_ptr<const PolicySet> changed = PolicySet::compile(changed_controls());
};

/// Everything from decoded facts to the report.
double evaluate(const Sets& sets, const std::vector<Past>& pasts, app::backtests::Tally& tally) {
    Backtest worlds(*sets.current, *sets.changed);
    const auto start = Clock::now();
    for (int account = 0; account < accounts; ++account) {
        const Past& past = pasts[static_cast<std::size_t>(account % models)];
        worlds.begin_account();
        auto event = past.events.begin();
        for (std::size_t i = 0; i < past.rows.size(); ++i) {
            for (; event != past.events.end() && event->occurred_at < past.facts[i].decided_at; ++event)
                worlds.happened(*event);
            const PastDecision one{&past.rows[i], past.facts[i], past.circumstances[i], &past.card, i % 20 == 19};
            const auto& made = worlds.decide(one, /*is_standing=*/false);
            tally.decided(one, made, worlds);
        }
        tally.account_done();
    }
    return per_second(tally.decision_count(), Clock::now() - start);
}

void put_into(app::ports::Store& store) {
    for (int account = 0; account < stored_accounts; ++account) {
        Past past = past_of(account);
        app::ports::Unit unit;
        unit.insert(past.card);
        for (auto& row : past.rows) unit.insert(std::move(row));
        for (auto& event : past.events) unit.insert(std::move(event));
        if (store.commit_and_wait(std::move(unit)).outcome != app::ports::CommitOutcome::committed)
            throw std::runtime_error("the past cannot be stored");
    }
}

double read_and_evaluate(const Sets& sets) {
    const TemporaryFolder folder;
    auto store = store::sqlite::SqliteStore::open(folder / "past.db");
    if (!store) throw std::runtime_error(store.error().internal_detail);
    put_into(**store);
    const app::catalog::Catalog catalog(**store);
    Backtest worlds(*sets.current, *sets.changed);
    app::backtests::Tally tally;
    const app::backtests::PastSink sink{[&](const PastDecision& past, auto) {
                                            const auto& made = worlds.decide(past, /*is_standing=*/false);
                                            tally.decided(past, made, worlds);
                                        },
                                        [&](const TransactionEvent& event) { worlds.happened(event); }, [] {},
                                        [] { return true; }};
    const app::backtests::PastWish wish{tenant, std::nullopt, begin.plus_seconds(400 * 86'400)};
    const auto start = Clock::now();
    for (int account = 0; account < stored_accounts; ++account) {
        worlds.begin_account();
        if (!app::backtests::read_past(**store, catalog, wish, AccountId{1'000 + account}, sink))
            throw std::runtime_error("the past cannot be read");
        tally.account_done();
    }
    const auto taken = Clock::now() - start;
    if (tally.decision_count() != stored_accounts * transactions_per_account)
        throw std::runtime_error("not everything was read");
    return per_second(tally.decision_count(), taken);
}

}  // namespace

void benchmark_backtest(Figures& figures) {
    const Sets sets;
    std::vector<Past> pasts;
    for (int i = 0; i < models; ++i) pasts.push_back(past_of(i));
    // What disturbs only makes it slower: the best turn is the figure.
    double evaluated = 0;
    core::control::BacktestReport report;
    for (int turn = 0; turn < turns; ++turn) {
        app::backtests::Tally tally;
        evaluated = std::max(evaluated, evaluate(sets, pasts, tally));
        report = tally.report();
    }
    if (report.flips[0].count == 0) throw std::runtime_error("the changed limit declines nothing");
    figures.group("Evaluation",
                  fmt::format("On one core, in memory, the best of {} turns: {} transactions of {} cards, one in "
                              "twenty reversed, {} controls "
                              "with rules and {} limits of all windows; each transaction is decided under the set in "
                              "force and under the changed one, counted, compared and added up.",
                              turns, whole(static_cast<double>(report.decision_count)), whole(accounts),
                              authorization_controls, velocity_controls));
    figures.add("decisions a second", whole(evaluated * 2), "500,000", evaluated * 2 >= promised_per_second);
    figures.add("transactions a second, each decided under both sets", whole(evaluated));
    figures.add("decisions that differ", whole(static_cast<double>(report.flips[0].count)));
    figures.group(
        "With reading",
        "The same from a SQLite file: rows are read and their facts and records decoded, then evaluated. On a "
        "server it also rests half of the time.");
    figures.add("transactions a second", whole(read_and_evaluate(sets)));
}

}  // namespace takas::bench
