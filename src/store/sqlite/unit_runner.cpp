// See unit_runner.hpp.
#include "store/sqlite/unit_runner.hpp"

#include "store/sqlite/sql_text.hpp"

namespace takas::store::sqlite {

using app::ports::CommitOutcome;
using app::ports::Table;
using app::ports::Unit;
using app::ports::Write;

UnitRunner::Verb UnitRunner::verb_of(const Write& write) {
    switch (write.kind) {
        case Write::Kind::insert:
            return Verb::insert;
        case Write::Kind::insert_if_absent:
            return Verb::insert_if_absent;
        case Write::Kind::update:
            return write.expected_version >= 0 ? Verb::update_guarded : Verb::update;
        case Write::Kind::upsert:
            return Verb::upsert;
        case Write::Kind::require:
            return write.expected_version >= 0 ? Verb::require_guarded : Verb::require;
        case Write::Kind::erase:
        case Write::Kind::forbid:  // has conditions instead of a row: never asked
            break;
    }
    return Verb::erase;
}

std::string UnitRunner::sql_of(const Table& table, Verb verb) {
    switch (verb) {
        case Verb::insert:
            return insert_sql(table);
        case Verb::insert_if_absent:
            return insert_if_absent_sql(table);
        case Verb::update:
            return update_sql(table, false);
        case Verb::update_guarded:
            return update_sql(table, true);
        case Verb::upsert:
            return upsert_sql(table);
        case Verb::require:
            return require_sql(table, false);
        case Verb::require_guarded:
            return require_sql(table, true);
        case Verb::erase:
        case Verb::count_:
            break;
    }
    return erase_sql(table);
}

sqlite3_stmt* UnitRunner::statement(const Table& table, Verb verb) {
    Statement& slot = tables_[&table].by_verb[static_cast<std::size_t>(verb)];
    if (!slot) slot = connection_.prepare(sql_of(table, verb));
    return slot.get();
}

CommitOutcome UnitRunner::forbid(const Write& write, int& code) {
    sqlite3_stmt* prepared = connection_.cached(forbid_sql(*write.table, write.conditions));
    if (!prepared) {
        code = sqlite3_extended_errcode(connection_.handle());
        return CommitOutcome::unavailable;
    }
    const Running running(prepared);
    std::deque<std::string> bounds;
    bind_conditions(prepared, *write.table, write.conditions, bounds);
    code = sqlite3_step(prepared);
    if (code == SQLITE_ROW) return CommitOutcome::conflict;
    return code == SQLITE_DONE ? CommitOutcome::committed : CommitOutcome::unavailable;
}

CommitOutcome UnitRunner::run(const Write& write, int& code) {
    if (write.kind == Write::Kind::forbid) return forbid(write, code);
    const Table& table = *write.table;
    const Verb verb = verb_of(write);
    const bool changes_row = verb == Verb::update || verb == Verb::update_guarded || verb == Verb::upsert;
    if (table.append_only && changes_row) return CommitOutcome::conflict;

    sqlite3_stmt* prepared = statement(table, verb);
    if (!prepared) {
        code = sqlite3_extended_errcode(connection_.handle());
        return CommitOutcome::unavailable;
    }
    const Running running(prepared);
    const bool only_looks = write.kind == Write::Kind::require;
    binder_.bind_record(prepared, table, write.record.get(), verb == Verb::erase || only_looks);
    if (verb == Verb::update_guarded || verb == Verb::require_guarded)
        sqlite3_bind_int64(prepared, static_cast<int>(table.columns().size()) + 1, write.expected_version);
    code = sqlite3_step(prepared);
    if (only_looks && code == SQLITE_ROW) return CommitOutcome::committed;
    if (code != SQLITE_DONE)
        return (code & 0xFF) == SQLITE_CONSTRAINT ? CommitOutcome::conflict : CommitOutcome::unavailable;
    if (only_looks) return CommitOutcome::version_moved;

    const bool needs_row = verb == Verb::update || verb == Verb::update_guarded || verb == Verb::erase;
    if (!needs_row || sqlite3_changes64(connection_.handle()) > 0) return CommitOutcome::committed;
    return verb == Verb::update_guarded ? CommitOutcome::version_moved : CommitOutcome::conflict;
}

UnitRun UnitRunner::run(const Unit& unit) {
    std::size_t index = 0;
    for (const Write& write : unit.writes()) {
        int code = SQLITE_OK;
        const CommitOutcome outcome = run(write, code);
        if (outcome != CommitOutcome::committed)
            return {{outcome, write.table->name, index}, index > 0, is_store_trouble(code)};
        ++index;
    }
    return {};
}

}  // namespace takas::store::sqlite
