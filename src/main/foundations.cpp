#include "main/foundations.hpp"

#include <algorithm>

#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "main/installation_keys.hpp"
#include "store/memory/memory_store.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace takas::main {
namespace {

using app::ports::where;

template <class Adapter>
Result<std::shared_ptr<app::ports::Store>> with_expected_schema(Result<std::unique_ptr<Adapter>> opened) {
    if (!opened) return std::unexpected(std::move(opened.error()));
    const auto differences = (*opened)->verify_schema(app::ports::all_tables());
    if (!differences) return std::unexpected(differences.error());
    if (!differences->empty())
        return fail(ErrorCode::internal, "the database is not what this program expects: " + differences->front());
    return std::shared_ptr<app::ports::Store>(std::move(*opened));
}

Result<std::optional<DataFolder>> open_folder(const ServerOptions& options) {
    if (!options.data_dir.empty()) {
        auto opened = DataFolder::open(options.data_dir);
        if (!opened) return std::unexpected(std::move(opened.error()));
        return std::optional<DataFolder>(std::move(*opened));
    }
    if (options.given_store || options.store == StoreKind::memory) return std::nullopt;
    return fail(ErrorCode::validation, options.store == StoreKind::sqlite
                                           ? "the sqlite store needs a data folder: --data DIR"
                                           : "the keys of the database need a data folder: --data DIR");
}

/// The largest id in a column that lies in the future: an index on time answers it without looking at the past.
template <auto Member, class Record>
Result<std::int64_t> largest_ahead(app::ports::Store& store, Instant now) {
    const auto rows = store.list<Record>({{where<Member>(app::ports::Compare::greater, app::ids::first_id_at(now))},
                                          {{member_name<Member>, true}},
                                          0,
                                          1});
    if (!rows) return std::unexpected(rows.error());
    return rows->empty() ? 0 : (rows->front().*Member).value;
}

/// An id that is above every one in the store. Ids follow the clock; what was written at this very moment, or by a
/// clock that has been set back since, is found by the newest rows.
Result<std::int64_t> largest_id_of(app::ports::Store& store, Instant now) {
    using core::authorization::CardTransaction;
    using core::event::DomainEvent;
    using core::ledger::CardAccount;
    constexpr std::int64_t margin_us = 1'000'000;  // ids run ahead of the clock by less
    std::int64_t largest = 0;
    const auto event = store.list<DomainEvent>({{}, {{member_name<&DomainEvent::sequence_no>, true}}, 0, 1});
    if (!event) return std::unexpected(event.error());
    for (const DomainEvent& e : *event) {
        if (e.occurred_at >= now) largest = app::ids::first_id_at(e.occurred_at.plus_us(margin_us));
        largest = std::max(largest, e.stream_id);  // a card or customer just made
    }
    const auto transaction = largest_ahead<&CardTransaction::transaction_id, CardTransaction>(store, now);
    if (!transaction) return std::unexpected(transaction.error());
    const auto account = largest_ahead<&CardAccount::account_id, CardAccount>(store, now);
    if (!account) return std::unexpected(account.error());
    return std::max({largest, *transaction, *account});
}

}  // namespace

Result<std::shared_ptr<app::ports::Store>> open_store(const ServerOptions& options, const DataFolder* folder) {
    if (options.given_store) return options.given_store;
    if (options.store == StoreKind::memory) return std::make_shared<store::memory::MemoryStore>();
    // Batches of several lanes share a commit: whoever caps the batch means the commit.
    if (options.store == StoreKind::postgres) {
        store::postgres::PostgresOptions postgres_options;
        postgres_options.writer_connections = options.lanes + 1;  // route 0 is everybody else's
        postgres_options.max_units_per_commit = std::min(postgres_options.max_units_per_commit, options.batch_max);
        return with_expected_schema(store::postgres::PostgresStore::open(options.store_url, postgres_options));
    }
    store::sqlite::SqliteOptions sqlite_options;
    sqlite_options.max_units_per_commit = std::min(sqlite_options.max_units_per_commit, options.batch_max);
    return with_expected_schema(store::sqlite::SqliteStore::open(folder->database().string(), sqlite_options));
}

Result<Foundations> lay_foundations(const ServerOptions& options, Instant now) {
    auto folder = open_folder(options);
    if (!folder) return std::unexpected(std::move(folder.error()));
    const DataFolder* const place = *folder ? &**folder : nullptr;
    auto store = open_store(options, place);
    if (!store) return std::unexpected(std::move(store.error()));
    auto keyring = open_keys(**store, options, place, now);
    if (!keyring) return std::unexpected(std::move(keyring.error()));
    auto token_keys = app::auth::TokenKeys::from_keyring(*keyring);
    if (!token_keys) return std::unexpected(std::move(token_keys.error()));
    const auto largest_id = largest_id_of(**store, now);
    if (!largest_id) return std::unexpected(largest_id.error());
    return Foundations{std::move(*folder), std::move(*keyring), std::move(*store), std::move(*token_keys), *largest_id};
}

}  // namespace takas::main
