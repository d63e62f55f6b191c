// See batch.hpp.
#include "store/postgres/batch.hpp"

#include <algorithm>

#include "store/postgres/conditions.hpp"
#include "store/record/column.hpp"

namespace takas::store::postgres {
namespace {

using app::ports::Table;
using app::ports::Write;

bool is_key_only(Verb verb) { return verb == Verb::erase || verb == Verb::require || verb == Verb::require_guarded; }
bool is_guarded(Verb verb) { return verb == Verb::update_guarded || verb == Verb::require_guarded; }
bool is_insert(Verb verb) {
    return verb == Verb::insert || verb == Verb::insert_exactly || verb == Verb::insert_if_absent ||
           verb == Verb::upsert;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 32U);
}

bool is_numbered_now(const Layout& layout, const void* record) {
    return layout.sequence && layout.sequence->type->get_integer(member_of(*layout.sequence, record)) == 0;
}

std::uint64_t hash_key(const Layout& layout, const void* record, std::string& scratch) {
    std::uint64_t hash = reinterpret_cast<std::uintptr_t>(&layout);
    for (const Layout::Slot& slot : layout.slots) {
        if (!slot.is_key) continue;
        const record::Cell cell = record::read_cell(*slot.field, record, scratch);
        hash = mix(hash, cell.kind == record::CellKind::integer ? static_cast<std::uint64_t>(cell.integer)
                                                                : std::hash<std::string_view>{}(cell.text));
    }
    return hash == 0 ? 1 : hash;
}

}  // namespace

const std::string& KnownTable::sql(Verb verb) {
    std::string& text = sql_by_verb[static_cast<std::size_t>(verb)];
    if (text.empty()) text = write_sql(verb, layout);
    return text;
}

Verb verb_of(const Write& write) {
    const bool guarded = write.expected_version >= 0;
    switch (write.kind) {
        case Write::Kind::insert:
            return Verb::insert;
        case Write::Kind::insert_if_absent:
            return Verb::insert_if_absent;
        case Write::Kind::update:
            return write.table->append_only ? Verb::refuse : guarded ? Verb::update_guarded : Verb::update;
        case Write::Kind::upsert:
            return write.table->append_only ? Verb::refuse : Verb::upsert;
        case Write::Kind::require:
            return guarded ? Verb::require_guarded : Verb::require;
        case Write::Kind::forbid:
            return Verb::forbid;
        case Write::Kind::erase:
            break;
    }
    return Verb::erase;
}

std::int32_t& Batch::Touches::operator[](std::uint64_t hash) {
    if (used_ * 2 >= slots_.size()) grow();
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].hash == 0) {
        slots_[at].hash = hash;
        ++used_;
    }
    return slots_[at].statement;
}

void Batch::Touches::grow() {
    std::vector<Slot> old(slots_.size() * 4);
    old.swap(slots_);
    used_ = 0;
    for (const Slot& slot : old)
        if (slot.hash != 0) (*this)[slot.hash] = slot.statement;
}

Batch::Chain& Batch::chain_of(KnownTable& table) {
    for (Chain& chain : chains_)
        if (chain.table == &table) return chain;
    return chains_.emplace_back(Chain{&table, {}});
}

void Batch::add_row(BatchStatement& statement, const Write& write) {
    const Layout& layout = statement.table->layout;
    statement.rows.add(layout, write.record.get(), is_key_only(statement.verb));
    if (is_guarded(statement.verb)) statement.versions.add(write.expected_version);
    if (layout.shard_key && !is_insert(statement.verb))
        statement.shard_keys.add(layout.shard_key->type->get_integer(member_of(*layout.shard_key, write.record.get())));
}

BatchStatement& Batch::statement_for(Chain& chain, Verb verb, const Write& write) {
    const Layout& layout = chain.table->layout;
    const bool has_key = !(is_insert(verb) && is_numbered_now(layout, write.record.get()));
    std::int32_t no_touch = -1;
    std::int32_t& touched = has_key ? touches_[hash_key(layout, write.record.get(), scratch_)] : no_touch;
    const auto count = static_cast<std::int32_t>(chain.statements.size());
    const std::int32_t last_allowed = layout.table->unique.empty() ? touched + 1 : std::max(touched + 1, count - 1);
    std::int32_t chosen = -1;
    for (std::int32_t i = count - 1; i >= last_allowed && chosen < 0; --i)
        if (chain.statements[static_cast<std::size_t>(i)].verb == verb) chosen = i;
    if (chosen < 0) {
        chosen = count;
        chain.statements.push_back({verb, chain.table, RowArray(layout), {}, {}, nullptr, 0});
    }
    touched = chosen;
    return chain.statements[static_cast<std::size_t>(chosen)];
}

void Batch::add_merged(KnownTable& table, const Write& write) {
    Chain& chain = chain_of(table);
    const Verb verb = verb_of(write);
    add_row(statement_for(chain, verb, write), write);
}

void Batch::add_strictly(KnownTable& table, const Write& write) {
    Chain& chain = chain_of(table);
    const Verb verb =
        verb_of(write) == Verb::insert && table.layout.is_distributed ? Verb::insert_exactly : verb_of(write);
    BatchStatement& statement =
        chain.statements.emplace_back(BatchStatement{verb, &table, RowArray(table.layout), {}, {}, nullptr, 0});
    strict_order_.emplace_back(&chain, chain.statements.size() - 1);
    if (verb == Verb::forbid)
        statement.forbidden = &write;
    else
        add_row(statement, write);
}

std::vector<BatchStatement*> Batch::statements() {
    for (Chain& chain : chains_) {
        std::int64_t numbers = 0;
        for (BatchStatement& statement : chain.statements) {
            statement.numbers_before = numbers;
            if (is_insert(statement.verb)) numbers += statement.rows.count();
        }
    }
    std::vector<BatchStatement*> all;
    for (const auto& [chain, index] : strict_order_) all.push_back(&chain->statements[index]);
    if (!all.empty()) return all;
    std::ranges::sort(chains_, {}, [](const Chain& c) { return c.table->layout.table->name; });
    for (Chain& chain : chains_)
        for (BatchStatement& statement : chain.statements) all.push_back(&statement);
    return all;
}

std::int64_t Batch::number_count() const {
    std::int64_t most = 0;
    for (const Chain& chain : chains_)
        if (chain.table->layout.sequence) {
            std::int64_t rows = 0;
            for (const BatchStatement& s : chain.statements) rows += is_insert(s.verb) ? s.rows.count() : 0;
            most = std::max(most, rows);
        }
    return most;
}

std::string sql_of(BatchStatement& statement) {
    return statement.forbidden ? forbid_sql(*statement.forbidden->table, statement.forbidden->conditions)
                               : statement.table->sql(statement.verb);
}

Parameters parameters_of(const BatchStatement& statement, std::deque<std::string>& scratch) {
    Parameters p;
    const Verb verb = statement.verb;
    if (verb == Verb::refuse) return p;
    if (verb == Verb::forbid) {
        add_conditions(p, *statement.forbidden->table, statement.forbidden->conditions, scratch);
        return p;
    }
    const Layout& layout = statement.table->layout;
    p.add(layout.array, statement.rows.bytes().data(), statement.rows.bytes().size());
    if (is_insert(verb)) {
        if (layout.sequence) add_integer(p, statement.numbers_before, scratch);
        return p;
    }
    if (is_guarded(verb)) p.add(int8_array_type, statement.versions.bytes().data(), statement.versions.bytes().size());
    add_integer(p, statement.rows.count(), scratch);
    if (layout.shard_key)
        p.add(int8_array_type, statement.shard_keys.bytes().data(), statement.shard_keys.bytes().size());
    return p;
}

}  // namespace takas::store::postgres
