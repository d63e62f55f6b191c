#include "main/foundations.hpp"

#include <algorithm>

#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "store/keys/key_files.hpp"
#include "store/memory/memory_store.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace takas::main {
namespace {

using app::ports::Meta;
using app::ports::where;

constexpr std::string_view pinned_keys_name = "key_fingerprints";

Result<std::shared_ptr<app::ports::Store>> open_store(const ServerOptions& options, const DataFolder* folder) {
    if (options.given_store) return options.given_store;
    if (options.store == StoreKind::memory) return std::make_shared<store::memory::MemoryStore>();
    store::sqlite::SqliteOptions sqlite_options;
    // Batches of several lanes share a commit: whoever caps the batch means the commit.
    sqlite_options.max_units_per_commit = std::min(sqlite_options.max_units_per_commit, options.batch_max);
    auto sqlite = store::sqlite::SqliteStore::open(folder->database().string(), sqlite_options);
    if (!sqlite) return std::unexpected(std::move(sqlite.error()));
    const auto differences = (*sqlite)->verify_schema(app::ports::all_tables());
    if (!differences) return std::unexpected(differences.error());
    if (!differences->empty())
        return fail(ErrorCode::internal, "the database is not what this program expects: " + differences->front());
    return std::shared_ptr<app::ports::Store>(std::move(*sqlite));
}

Result<crypto::Keyring> open_keys(const ServerOptions& options, const DataFolder* folder, Instant now) {
    if (!folder) return crypto::Keyring::generate(now);
    const bool is_used = options.store == StoreKind::sqlite && std::filesystem::exists(folder->database());
    return store::keys::load_or_create({folder->path(), options.kek_file, options.kek_hex}, is_used, now);
}

/// A store remembers which keys wrote it: opened with others it would look empty or broken, so it is not opened.
Result<void> pin_keys(app::ports::Store& store, const crypto::Keyring& keyring) {
    auto pinned = store.find<Meta>({where<&Meta::name>(pinned_keys_name)});
    if (!pinned) return std::unexpected(std::move(pinned.error()));
    if (*pinned) {
        if (auto fits = keyring.check_fingerprints((*pinned)->value); !fits) return fits;
        if ((*pinned)->value == keyring.fingerprints()) return {};
    }
    app::ports::Unit unit;
    unit.upsert(Meta{std::string(pinned_keys_name), keyring.fingerprints()});
    if (store.commit_and_wait(std::move(unit)).outcome != app::ports::CommitOutcome::committed)
        return fail(ErrorCode::unavailable, "the store cannot be written");
    return {};
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

Result<Foundations> lay_foundations(const ServerOptions& options, Instant now) {
    std::optional<DataFolder> folder;
    if (!options.data_dir.empty()) {
        auto opened = DataFolder::open(options.data_dir);
        if (!opened) return std::unexpected(std::move(opened.error()));
        folder.emplace(std::move(*opened));
    } else if (options.store == StoreKind::sqlite && !options.given_store) {
        return fail(ErrorCode::validation, "the sqlite store needs a data folder: --data DIR");
    }
    const DataFolder* const place = folder ? &*folder : nullptr;
    auto keyring = open_keys(options, place, now);
    if (!keyring) return std::unexpected(std::move(keyring.error()));
    auto store = open_store(options, place);
    if (!store) return std::unexpected(std::move(store.error()));
    if (auto pinned = pin_keys(**store, *keyring); !pinned) return std::unexpected(std::move(pinned.error()));
    auto token_keys = app::auth::TokenKeys::from_keyring(*keyring);
    if (!token_keys) return std::unexpected(std::move(token_keys.error()));
    const auto largest_id = largest_id_of(**store, now);
    if (!largest_id) return std::unexpected(largest_id.error());
    return Foundations{std::move(folder), std::move(*keyring), std::move(*store), std::move(*token_keys), *largest_id};
}

}  // namespace takas::main
