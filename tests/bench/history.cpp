#include "history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string_view>

#include "app/archive/month.hpp"
#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "app/ports/time_slices.hpp"
#include "cards.hpp"
#include "store/postgres/postgres_store.hpp"

namespace takas::bench {
namespace {

using app::archive::begin_of;
using app::archive::Month;
using app::archive::month_of;

/// Expressions over m (the model row), a (an account), i (number in the month), at_us and id.
using Replaced = std::map<std::string_view, std::string_view>;

const Replaced transaction_columns{
    {"account_id", "a.account_id"}, {"transaction_id", "id"}, {"token_id", "a.token_id"},
    {"message_key", "NULL"},        {"held_minor", "0"},      {"local_transaction_time", "at_us"},
    {"transaction_time", "at_us"}};
// Numbers that no entry of the accounts will have, and below every number of an event to come.
const Replaced entry_columns{{"account_id", "a.account_id"},
                             {"entry_no", "1000000000 + first_no + i"},
                             {"transaction_id", "id"},
                             {"booked_at", "at_us"}};
const Replaced event_columns{{"sequence_no", "-1 - first_no - i"},
                             {"account_id", "a.account_id"},
                             {"stream_id", "a.token_id"},
                             {"transaction_id", "id"},
                             {"occurred_at", "at_us"}};
const Replaced key_columns{{"account_id", "a.account_id"},
                           {"transaction_id", "id"},
                           {"message_key", "decode(lpad(to_hex(at_us / 3600000000), 8, '0') || md5(id::text), 'hex')"}};

struct Span {
    Instant begin, end;
    std::int64_t first_no, count;
};

template <class Record>
std::string insert_sql(const Replaced& replaced, const Span& span, std::string_view model) {
    const auto& table = app::ports::table_of<Record>();
    std::string columns, values;
    for (const Field& field : table.columns()) {
        const auto found = replaced.find(field.name);
        columns += fmt::format("{}{}", columns.empty() ? "" : ", ", field.name);
        values += fmt::format("{}{}", values.empty() ? "" : ", ",
                              found == replaced.end() ? fmt::format("m.{}", field.name) : std::string(found->second));
    }
    // Every account gets its share of each month, in no order; ids are as app/ids makes them.
    return fmt::format(
        "INSERT INTO {0} ({1}) SELECT {2} FROM (SELECT i, {3}::int8 AS first_no, {4} + i * {5} AS at_us, "
        "{6} + ((i * {5} / 1000) << 13) AS id FROM generate_series(0::int8, {7}) AS i) s "
        "JOIN history_account a ON a.n = (s.i * 7919 + {3}) % (SELECT count(*) FROM history_account) "
        "CROSS JOIN (SELECT * FROM {0} WHERE {8} LIMIT 1) m",
        table.name, columns, values, span.first_no, span.begin.value, (span.end.value - span.begin.value) / span.count,
        app::ids::first_id_at(span.begin), span.count - 1, model);
}

void write_month(const PrivatePostgres& postgres, const std::string& database, const Span& span, Instant now) {
    using namespace core;
    // The models are of today: no month that is written already is searched for them.
    constexpr std::int64_t day_us = 86'400'000'000;
    const Instant today = now.plus_us(-day_us);
    const std::string transaction =
        fmt::format("message_key IS NOT NULL AND transaction_id >= {}", app::ids::first_id_at(today));
    const std::string event = fmt::format("sequence_no > 0 AND transaction_id > 0 AND occurred_at >= {}", today.value);
    const std::string entry = fmt::format("kind = 1 AND booked_at >= {}", today.value);
    for (const std::string& sql :
         {insert_sql<authorization::CardTransaction>(transaction_columns, span, transaction),
          insert_sql<ledger::LedgerEntry>(entry_columns, span, entry),
          insert_sql<event::DomainEvent>(event_columns, span, event),
          insert_sql<authorization::TransactionKey>(key_columns, span, "message_key >= '\\x00000001'")})
        postgres.query(database, sql);
    // The log of a month is enough to keep at a time.
    postgres.query(database, "CHECKPOINT");
}

void make_partitions(const std::string& url, Month first, Month last) {
    auto store = store::postgres::PostgresStore::open(url);
    if (!store) throw std::runtime_error("the database cannot be opened: " + store.error().internal_detail);
    const auto made = (*store)->time_slices()->make(begin_of(first), begin_of(last));
    if (!made) throw std::runtime_error("no partitions: " + made.error().internal_detail);
}

}  // namespace

void write_history(const PrivatePostgres& postgres, const std::string& database, std::int64_t transactions) {
    const Instant now = SystemClock().now();
    const Month last = month_of(now), first = plus_months(last, 1 - history_months);
    make_partitions(postgres.url(database), first, last);
    postgres.query(
        database,
        "CREATE TABLE history_account AS SELECT row_number() OVER (ORDER BY account_id) - 1 AS n, account_id, "
        "token_id FROM card WHERE customer_no LIKE 'bench-%'; ANALYZE history_account");
    const std::int64_t per_month = transactions / history_months;
    std::int64_t written = 0;
    for (Month month = first; month <= last; month = plus_months(month, 1)) {
        // The month that goes on ends now, an hour before the first authorization that is measured.
        constexpr std::int64_t hour_us = 3'600'000'000;
        const Instant end = std::min(begin_of(plus_months(month, 1)), now.plus_us(-hour_us));
        const std::int64_t count = month == last ? transactions - written : per_month;
        if (end > begin_of(month)) write_month(postgres, database, {begin_of(month), end, written, count}, now);
        written += count;
    }
    postgres.query(database, "DROP TABLE history_account");
    postgres.query(database, "VACUUM (FREEZE, ANALYZE)");
    postgres.query(database, "CHECKPOINT");
}

}  // namespace takas::bench
