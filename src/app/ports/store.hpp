// The door to stored state. A store keeps described records (base/describe.hpp) in tables and commits units of work:
// all of a unit's writes or none. Adapters (store/sqlite, store/memory, later store/postgres) implement it once for all
// tables; the domain never sees SQL.
//
// Reads see everything that was committed before they began. Writes wait for durability: `done` is called only when the
// outcome is known, and says `unknown` when it is not.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/describe.hpp"
#include "base/error.hpp"
#include "base/strong_id.hpp"

namespace takas::app::ports {

class TimeSlices;

/// Columns whose values together may occur once. A row with NULL in one of them never conflicts (as in SQL).
using UniqueKey = std::span<const std::string_view>;

/// One stored table. Column names are the record's field names; nested lists and objects are JSON text columns.
/// Texts are UTF-8 without NUL.
/// A table whose key is the single column `sequence_no` is numbered by the store: a record that carries 0 gets a number
/// when it is inserted, above every number that was visible before, and never one below what any reader has seen. So
/// reading on from the last number seen misses nothing; a row may show up a moment after its commit. A unit may insert
/// at most 4,095 numbered rows: more are refused.
struct Table {
    std::string_view name;
    std::string_view record_name;
    std::span<const Field> (*columns)();
    std::span<const std::string_view> key;  ///< primary key columns
    bool append_only = false;               ///< rows are never updated
    std::span<const UniqueKey> unique{};    ///< besides the primary key
};

/// The table's column of that name, nullptr when there is none.
const Field* find_column(const Table& table, std::string_view name);

/// Specialised in app/ports/tables.hpp for each stored record.
template <class Record>
struct TableOf;

template <class Record>
const Table& table_of() {
    return TableOf<Record>::table;
}

/// A value on its way to or from a column.
using Value = std::variant<std::monostate, std::int64_t, std::string>;

enum class Compare : std::uint8_t {
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    contains,     ///< text, case-insensitive for ASCII
    starts_with,  ///< text
};

struct Condition {
    std::string_view column;
    Compare compare;
    Value value;
};

struct Order {
    std::string_view column;
    bool descending = false;
};

struct Query {
    std::vector<Condition> conditions;  ///< AND-ed
    std::vector<Order> order;
    std::int64_t skip = 0;
    std::int64_t limit = 1000;
};

enum class CommitOutcome : std::uint8_t {
    committed,
    conflict,       ///< a unique constraint or an absent row refused the unit; nothing was written
    version_moved,  ///< a guarded row had another version; nothing was written
    unavailable,    ///< nothing was written (disk full, database down, shutting down)
    unknown,        ///< it cannot be told whether the unit was written: look it up
};

struct CommitResult {
    CommitOutcome outcome = CommitOutcome::committed;
    std::string_view table;       ///< which table refused, for conflict and version_moved
    std::size_t write_index = 0;  ///< which write of the unit
};

/// One change. The record is owned by the unit.
/// insert_if_absent leaves a row with the same primary key as it is; another unique key still conflicts.
/// require and forbid write nothing: they make the unit depend on rows that it only read.
struct Write {
    enum class Kind : std::uint8_t { insert, insert_if_absent, update, upsert, erase, require, forbid };
    Kind kind;
    const Table* table;
    std::unique_ptr<void, void (*)(void*)> record;  ///< empty for forbid
    std::int64_t expected_version = -1;   ///< update and require: the stored `version` must be this; -1 means unguarded
    std::vector<Condition> conditions{};  ///< forbid only
};

/// Writes that belong together: all or none. Writes happen in order.
class Unit {
  public:
    template <class Record>
    Record& insert(Record record) {
        return add(Write::Kind::insert, std::move(record), -1);
    }
    template <class Record>
    Record& insert_if_absent(Record record) {
        return add(Write::Kind::insert_if_absent, std::move(record), -1);
    }
    /// Replaces the row with the record's key. A missing row is a conflict.
    template <class Record>
    Record& update(Record record) {
        return add(Write::Kind::update, std::move(record), -1);
    }
    /// As update, and the stored row's `version` must still be `expected_version`.
    template <class Record>
    Record& update(Record record, std::int64_t expected_version) {
        return add(Write::Kind::update, std::move(record), expected_version);
    }
    template <class Record>
    Record& upsert(Record record) {
        return add(Write::Kind::upsert, std::move(record), -1);
    }
    /// Only the key columns of the record count. A missing row is a conflict.
    template <class Record>
    void erase(Record record) {
        add(Write::Kind::erase, std::move(record), -1);
    }
    /// The row with the record's key must exist, and nobody changes it until this unit is settled. Else: version_moved.
    template <class Record>
    void require(Record record) {
        add(Write::Kind::require, std::move(record), -1);
    }
    /// As require, and the stored row's `version` must still be `expected_version`.
    template <class Record>
    void require(Record record, std::int64_t expected_version) {
        add(Write::Kind::require, std::move(record), expected_version);
    }
    /// No row may meet the conditions, else: conflict. It holds against units that `require` a row which this unit
    /// changes or erases before it forbids: a product is erased, then cards of it are forbidden; who makes a card
    /// requires the product.
    template <class Record>
    void forbid(std::vector<Condition> conditions) {
        writes_.push_back(
            {Write::Kind::forbid, &table_of<Record>(), {nullptr, [](void*) {}}, -1, std::move(conditions)});
    }

    /// Which of its connections a store should take: units of one route are committed one after another. A hint.
    void set_route(std::size_t route) { route_ = route; }
    std::size_t route() const { return route_; }

    const std::vector<Write>& writes() const { return writes_; }
    bool empty() const { return writes_.empty(); }
    /// For a store that keeps the records: the unit is empty afterwards.
    std::vector<Write> take() { return std::exchange(writes_, {}); }
    void append(Unit other) {
        for (Write& w : other.writes_) writes_.push_back(std::move(w));
    }

  private:
    template <class Record>
    Record& add(Write::Kind kind, Record record, std::int64_t expected_version) {
        auto* owned = new Record(std::move(record));
        writes_.push_back(
            {kind, &table_of<Record>(), {owned, [](void* p) { delete static_cast<Record*>(p); }}, expected_version});
        return *owned;
    }
    std::vector<Write> writes_;
    std::size_t route_ = 0;
};

class Store {
  public:
    using Done = std::move_only_function<void(CommitResult)>;
    /// `next` gives a default-constructed record to read one row into (it is called only when there is a row), `filled`
    /// is told when that is done; false stops the scan.
    struct Sink {
        std::function<void*()> next;
        std::function<bool()> filled;
    };

    virtual ~Store() = default;

    /// Queues a unit. `done` runs on the store's thread once the outcome is known; it must not block. Only when the
    /// queue is full it runs before commit returns, with `unavailable`.
    /// Units that wait together are committed together, each still on its own all or nothing.
    virtual void commit(Unit unit, Done done) = 0;
    virtual Result<void> scan(const Table& table, const Query& query, const Sink& sink) = 0;
    /// How many rows meet the conditions, counted up to `at_most`: what a list says of itself must not cost more the
    /// more there is.
    virtual Result<std::int64_t> count(const Table& table, std::span<const Condition> conditions,
                                       std::int64_t at_most) = 0;
    /// Rows of numbered tables (events) come to light in the order of their numbers: behind a commit that is still
    /// under way those of a later one are hidden. Returns when all that was committed before the call can be read.
    /// Errors: unavailable, also when that is not so after `patience`.
    virtual Result<void> wait_until_readable(std::chrono::milliseconds /*patience*/) { return {}; }
    /// Something is wrong with writing (disk full, fsync failed): readiness is red until it is over.
    virtual bool writable() const = 0;
    /// Where an account's rows are kept. A unit whose accounts all have the same placement modulo the number of lanes
    /// stays on one database node; a store on a single node answers any well-mixed number.
    virtual std::uint64_t placement_of(AccountId account_id) const {
        return std::hash<AccountId>{}(account_id) >> 32;  // the lower bits of ids made together are alike
    }

    /// How the tables that grow for ever are cut by time; nullptr: they are kept in one piece.
    virtual TimeSlices* time_slices() { return nullptr; }

    CommitResult commit_and_wait(Unit unit);

    /// The first row that meets the conditions, in primary key order.
    template <class Record>
    Result<std::optional<Record>> find(std::vector<Condition> conditions) {
        std::optional<Record> found;
        Query query{std::move(conditions), {}, 0, 1};
        auto done =
            scan(table_of<Record>(), query, {[&]() -> void* { return &found.emplace(); }, [] { return false; }});
        if (!done) return std::unexpected(std::move(done.error()));
        return found;
    }

    template <class Record>
    Result<std::vector<Record>> list(const Query& query) {
        std::vector<Record> rows;
        auto done =
            scan(table_of<Record>(), query, {[&]() -> void* { return &rows.emplace_back(); }, [] { return true; }});
        if (!done) return std::unexpected(std::move(done.error()));
        return rows;
    }

    template <class Record>
    Result<std::int64_t> count_of(std::span<const Condition> conditions,
                                  std::int64_t at_most = std::numeric_limits<std::int64_t>::max()) {
        return count(table_of<Record>(), conditions, at_most);
    }
};

/// Conditions named by member, so that a misspelt column does not compile:
///   store.find<Card>({where<&Card::tenant_id>(tenant), where<&Card::token_id>(id)})
template <auto Member, class V>
Condition where(Compare compare, const V& value) {
    Condition c{member_name<Member>, compare, {}};
    if constexpr (std::convertible_to<const V&, std::string_view>)
        c.value = std::string(std::string_view(value));
    else if constexpr (std::same_as<V, Blob>)
        c.value = value.bytes;
    else if constexpr (std::is_enum_v<V>)
        c.value = static_cast<std::int64_t>(value);
    else if constexpr (requires { value.value; })
        c.value = static_cast<std::int64_t>(value.value);
    else
        c.value = static_cast<std::int64_t>(value);
    return c;
}

template <auto Member, class V>
Condition where(const V& value) {
    return where<Member>(Compare::equal, value);
}

}  // namespace takas::app::ports
