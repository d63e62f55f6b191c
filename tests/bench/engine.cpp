#include "engine.hpp"

#include <algorithm>
#include <chrono>
#include <semaphore>
#include <stdexcept>

#include "app/authorize/authorizer.hpp"
#include "cards.hpp"
#include "server_process.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace takas::bench {
namespace {

using Clock = std::chrono::steady_clock;
namespace authorization = core::authorization;

constexpr core::money::Currency lira{949};
constexpr std::size_t outstanding = 64;
constexpr int repeats = 5;
constexpr std::size_t decisions_per_repeat = 300'000;

authorization::Request purchase() {
    authorization::Request r;
    r.code = authorization::TransactionCode::purchase;
    r.network = authorization::TransactionNetwork::visa;
    r.transaction_amount_minor = 125;
    r.transaction_currency = lira;
    r.stan = "000101";
    r.rrn = "103110000101";
    r.local_transaction_time = Instant::from_seconds(1'930'000'000);
    r.acceptor = {"BENCH001", "000000000012345", "KOSE MARKET", "ANKARA",
                  "TR",       "400012",          5411,          authorization::TerminalType::pos};
    r.pos_entry_mode = authorization::PosEntryMode::chip;
    return r;
}

authorization::Facts facts_of(const authorization::Request& r, const core::ledger::CardAccount& account) {
    authorization::Facts f;
    f.decided_at = Instant::from_seconds(1'930'000'000);
    f.business_date = date_of(f.decided_at);
    f.code = r.code;
    f.transaction_amount_minor = r.transaction_amount_minor;
    f.transaction_currency = f.account_currency = lira;
    f.card_found = true;
    f.card_status = core::card::CardStatus::active;
    f.card_expiry = {9912};
    f.posted_minor = account.posted_minor;
    f.held_minor = account.held_minor;
    return f;
}

/// An account that a benchmark cannot empty.
core::ledger::CardAccount rich_account() {
    core::ledger::CardAccount account;
    account.tenant_id = {2};
    account.account_id = {7};
    account.currency = lira;
    account.posted_minor = 1'000'000'000'000;
    return account;
}

/// The compiler must take the value for one it has never seen: nothing about it can be worked out beforehand.
template <class T>
void forget(T& value) {
    asm volatile("" : : "r"(&value) : "memory");
}

/// Answers a sum, so that nothing is optimised away.
std::int64_t decide_only(std::size_t count) {
    const auto request = purchase();
    auto facts = facts_of(request, rich_account());
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        forget(facts);
        auto decision = authorization::decide(facts);
        forget(decision);
        sum += decision.approved_minor;
    }
    return sum;
}

std::int64_t decide_and_change(std::size_t count) {
    const auto request = purchase();
    auto account = rich_account();
    core::card::Card card;
    card.token_id = {11};
    card.masked_card_no = "45436000****0001";
    card.customer_no = "1000042";
    card.card_product_code = "BENCH";
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto facts = facts_of(request, account);
        const auto decision = authorization::decide(facts);
        const auto changes = authorization::changes(
            request, facts, decision, {{static_cast<std::int64_t>(i) + 1}, "123456"}, &card, account, nullptr);
        sum += changes.entries.front().held_after_minor;
    }
    return sum;
}

double best_rate(std::int64_t (*work)(std::size_t)) {
    double best = 0;
    volatile std::int64_t sink = work(decisions_per_repeat / 10);
    for (int i = 0; i < repeats; ++i) {
        const auto begin = Clock::now();
        sink = work(decisions_per_repeat);
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        best = std::max(best, static_cast<double>(decisions_per_repeat) / seconds);
    }
    static_cast<void>(sink);
    return best;
}

double allocations_of(std::int64_t (*work)(std::size_t)) {
    constexpr std::size_t few = 1'000, many = 11'000;
    const std::size_t begin = allocation_count();
    work(few);
    const std::size_t middle = allocation_count();
    work(many);
    // What a call of `work` itself allocates falls out of the difference.
    const std::size_t of_few = middle - begin, of_many = allocation_count() - middle;
    return static_cast<double>(of_many - of_few) / static_cast<double>(many - few);
}

void run_engine(std::size_t count) {
    const TemporaryFolder folder;
    auto store = store::sqlite::SqliteStore::open(folder / "takas.db");
    if (!store) throw std::runtime_error(store.error().internal_detail);
    const SystemClock clock;
    app::ids::IdSource ids(clock, 0);
    const auto tokens = put_cards(**store, ids, {2}, 256, 100'000'000);
    app::catalog::Catalog catalog(**store);
    app::lane::Lanes lanes(**store, 2, {});
    app::authorize::Authorizer authorizer(**store, clock, ids, catalog, lanes);

    std::counting_semaphore<outstanding> free_places(outstanding);
    std::atomic<std::size_t> approved = 0;
    for (std::size_t i = 0; i < count; ++i) {
        free_places.acquire();
        auto request = purchase();
        request.stan = std::to_string(100'000 + i % 900'000);
        request.is_repeatable = true;
        authorizer.authorize({2}, {{tokens[i % tokens.size()]}, {}}, std::move(request),
                             [&](Result<app::authorize::Answer> answer) {
                                 if (answer && answer->reason == authorization::DeclineReason::none) ++approved;
                                 free_places.release();
                             });
    }
    for (std::size_t i = 0; i < outstanding; ++i) free_places.acquire();
    if (approved != count) throw std::runtime_error("not every authorization of the engine was approved");
}

}  // namespace

DecisionRate measure_decisions() {
    return {best_rate(decide_only), best_rate(decide_and_change), allocations_of(decide_only),
            allocations_of(decide_and_change)};
}

bool do_work(const std::string& part, std::size_t count) {
    if (part == "decide") {
        volatile std::int64_t sink = decide_only(count);
        static_cast<void>(sink);
    } else if (part == "changes") {
        volatile std::int64_t sink = decide_and_change(count);
        static_cast<void>(sink);
    } else if (part == "engine") {
        run_engine(count);
    } else {
        return false;
    }
    return true;
}

}  // namespace takas::bench
