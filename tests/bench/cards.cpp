#include "cards.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>

#include "app/ports/tables.hpp"
#include "core/authorization/transaction.hpp"
#include "core/ledger/book.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace takas::bench {
namespace {

using core::authorization::CardTransaction;
using core::card::Card;
using core::card::CardNumber;
using core::ledger::CardAccount;

constexpr core::money::Currency lira{949};
constexpr std::size_t cards_per_commit = 2'000;
constexpr int cards_node = 15;  // no server of a benchmark has this number

/// The transaction behind the first balance: books without it would not prove.
CardTransaction load_of(const CardAccount& account, TransactionId id, std::int64_t amount_minor, Instant now) {
    CardTransaction t;
    t.tenant_id = account.tenant_id;
    t.account_id = account.account_id;
    t.transaction_id = id;
    t.code = core::authorization::TransactionCode::load;
    t.flow_code = core::authorization::TransactionFlowCode::financial;
    t.state = core::authorization::TransactionState::completed;
    t.settle_match_status = core::authorization::SettleMatchStatus::matched;
    t.transaction_amount_minor = t.billing_amount_minor = t.posted_minor = amount_minor;
    t.transaction_currency = t.billing_currency = lira;
    t.transaction_time = t.local_transaction_time = now;
    return t;
}

CardTransaction decline_of(const Card& card, TransactionId id, Instant now) {
    CardTransaction t;
    t.tenant_id = card.tenant_id;
    t.account_id = card.account_id;
    t.token_id = card.token_id;
    t.transaction_id = id;
    t.code = core::authorization::TransactionCode::purchase;
    t.result = core::authorization::TransactionResult::declined;
    t.transaction_amount_minor = t.billing_amount_minor = 12'345;
    t.transaction_currency = t.billing_currency = lira;
    t.transaction_time = t.local_transaction_time = now;
    return t;
}

Card card_of(const CardAccount& account, TokenId token_id, std::size_t number, Instant now) {
    Card card;
    card.tenant_id = account.tenant_id;
    card.account_id = account.account_id;
    card.token_id = token_id;
    card.pan_sealed.bytes.assign(44, 'x');  // the size of a sealed number; nothing here opens it
    card.masked_card_no = fmt::format("45436000****{:04}", number % 10'000);
    card.bin = "45436000";
    card.customer_no = account.customer_no;
    card.card_product_code = account.card_product_code;
    card.card_product_name = "Benchmark";
    card.status = core::card::CardStatus::active;
    card.status_changed_at = card.creation_time = now;
    card.expire_date = {9912};
    return card;
}

}  // namespace

Instant SystemClock::now() const {
    return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

std::vector<std::int64_t> put_cards(app::ports::Store& store, app::ids::IdSource& ids, TenantId tenant_id,
                                    std::size_t count, std::int64_t balance_minor, bool is_used) {
    const Instant now = SystemClock().now();
    std::vector<std::int64_t> tokens;
    tokens.reserve(count);
    app::ports::Unit unit;
    for (std::size_t i = 0; i < count; ++i) {
        CardAccount account;
        account.tenant_id = tenant_id;
        account.account_id = ids.next<AccountId>();
        account.customer_no = fmt::format("bench-{}", i);
        account.card_product_code = "BENCH";
        account.currency = lira;
        account.creation_time = now;
        const auto load_id = ids.next<TransactionId>();
        auto entry =
            core::ledger::post(account, core::ledger::ContraAccount::funding, balance_minor, {load_id, now, {}});
        const Card card = card_of(account, ids.next<TokenId>(), i, now);
        CardNumber number;
        number.pan_hash.bytes = fmt::format("bench-{:026}", i);
        number.tenant_id = tenant_id;
        number.account_id = account.account_id;
        number.token_id = card.token_id;
        number.draw_no = static_cast<std::int64_t>(i);
        tokens.push_back(card.token_id.value);
        unit.insert(load_of(account, load_id, balance_minor, now));
        if (is_used) unit.insert(decline_of(card, ids.next<TransactionId>(), now));
        unit.insert(std::move(entry));
        unit.insert(std::move(account));
        unit.insert(card);
        unit.insert(std::move(number));
        if ((i + 1) % cards_per_commit != 0 && i + 1 != count) continue;
        if (store.commit_and_wait(std::exchange(unit, {})).outcome != app::ports::CommitOutcome::committed)
            throw std::runtime_error("the store refused the cards of the benchmark");
    }
    return tokens;
}

namespace {

/// Into the store of a stopped server, for its demo institution.
std::vector<std::int64_t> put_demo_cards(app::ports::Store& store, std::size_t count, std::int64_t balance_minor,
                                         bool is_used = false) {
    const auto tenant = store.find<core::identity::Tenant>({app::ports::where<&core::identity::Tenant::is_demo>(true)});
    if (!tenant || !*tenant) throw std::runtime_error("the store has no demo institution");
    const SystemClock clock;
    app::ids::IdSource ids(clock, cards_node);
    return put_cards(store, ids, (*tenant)->tenant_id, count, balance_minor, is_used);
}

}  // namespace

std::vector<std::int64_t> put_cards_into_folder(const std::string& data, std::size_t count, std::int64_t balance_minor,
                                                bool is_used) {
    auto store = store::sqlite::SqliteStore::open(data + "/takas.db");
    if (!store) throw std::runtime_error("the server's database cannot be opened: " + store.error().internal_detail);
    return put_demo_cards(**store, count, balance_minor, is_used);
}

std::vector<std::int64_t> put_cards_into_database(const std::string& url, std::size_t count,
                                                  std::int64_t balance_minor) {
    auto store = store::postgres::PostgresStore::open(url);
    if (!store) throw std::runtime_error("the server's database cannot be opened: " + store.error().internal_detail);
    return put_demo_cards(**store, count, balance_minor);
}

}  // namespace takas::bench
