// For small reference data that a server keeps whole in memory: reading a table to its end, and a version in the store
// that every change of the table moves in the same commit, so that each server sees when to read again.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "app/ids/id_source.hpp"
#include "app/ports/store.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::ports {

/// Every row, a page at a time. `order` names a whole key, so that no row is missed or read twice.
template <class Record>
Result<std::vector<Record>> load_all(Store& store, const std::vector<Order>& order) {
    constexpr std::int64_t rows_per_read = 1000;
    std::vector<Record> all;
    for (;;) {
        auto page = store.list<Record>({{}, order, static_cast<std::int64_t>(all.size()), rows_per_read});
        if (!page) return std::unexpected(std::move(page.error()));
        const bool last = static_cast<std::int64_t>(page->size()) < rows_per_read;
        std::ranges::move(*page, std::back_inserter(all));
        if (last) return all;
    }
}

/// The version kept under this name; empty before the first change. Read it before the table: what is read later is at
/// least as new.
inline Result<std::string> stored_version(Store& store, std::string_view name) {
    auto row = store.find<Meta>({where<&Meta::name>(name)});
    if (!row) return std::unexpected(std::move(row.error()));
    return *row ? std::move((*row)->value) : std::string();
}

inline void move_version(Unit& unit, std::string_view name, ids::IdSource& ids) {
    unit.upsert(Meta{std::string(name), std::to_string(ids.next<EntityId>().value)});
}

}  // namespace takas::app::ports
