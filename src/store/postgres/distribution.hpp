// How the tables of a Citus database are distributed, as the catalog says. The tables of card accounts lie on the
// workers, all rows of one account on the same; everything else stays on the coordinator, which is the node Takas
// connects to.
//
// It is read when the store opens and holds as long as the store: an account must not change its lane. A shard that
// moves meanwhile costs commits over two workers, nothing else; the next start routes by its new place.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/shard_map.hpp"

namespace takas::store::postgres {

inline constexpr std::string_view distribution_column = "account_id";
/// In the order to distribute them: the others are co-located with the first.
inline constexpr std::array<std::string_view, 11> distributed_tables{
    "card_account",    "card",         "card_transaction", "transaction_event", "ledger_entry", "domain_event",
    "transaction_key", "ledger_carry", "card_security",    "card_usage",        "card_fee_due"};
/// A Citus local table: known to Citus, kept on the coordinator. Citus then settles every transaction that writes it
/// and a worker by two-phase commit, whose record is committed in the coordinator's own transaction together with this
/// row. A plain table would be committed after a single worker's commit and apart from it.
inline constexpr std::string_view mark_table = "commit_mark";

/// Of a transaction that Citus has prepared on a worker and not yet settled there.
inline constexpr std::string_view prepared_sql =
    "SELECT coalesce(string_agg(gid, ','), '') FROM pg_prepared_xacts "
    "WHERE database = current_database() AND starts_with(gid, 'citus_')";

struct Distribution {
    std::map<std::string, std::string, std::less<>> column_by_table;
    ShardMap shards;
    bool is_mark_known = false;

    bool holds(std::string_view table) const { return column_by_table.contains(table); }
    bool is_complete() const;
    bool operator==(const Distribution&) const = default;
};

/// Nothing is distributed: not a Citus database, or none of Takas's tables is.
Result<Distribution> read_distribution(Connection& connection, Clock::time_point deadline);

/// nullptr on a database that is not distributed. A database that is so in part is refused.
Result<std::shared_ptr<const Distribution>> expect_distribution(Connection& connection, Clock::time_point deadline);

}  // namespace takas::store::postgres
