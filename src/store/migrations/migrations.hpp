// The schema's history: numbered SQL files in a neutral dialect, compiled into the program. Knows how to spell them for
// a database, not how to run them; each adapter does that.
//
// Placeholders, because the dialects differ there:
//   {blob}           bytes                                      BLOB · BYTEA
//   {integer_key}    a primary key column holding our own id    INTEGER PRIMARY KEY · BIGINT PRIMARY KEY
//   {sequence_key}   a primary key column numbered by the store INTEGER PRIMARY KEY AUTOINCREMENT · BIGINT GENERATED
//   ... {without_rowid}  after the closing bracket of a table       WITHOUT ROWID · nothing
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace takas::store::migrations {

struct Migration {
    int version;  ///< 1, 2, 3 ... without gaps
    std::string_view name;
    std::string_view sql;
};

enum class Dialect : std::uint8_t { sqlite, postgres };

/// The product's own migrations, in order.
std::span<const Migration> all();

/// The SQL with its placeholders spelled for the dialect. An unknown placeholder is an error.
Result<std::string> spell(std::string_view sql, Dialect dialect);

/// 16 hex digits that change when the neutral text changes: a guard against edited history, not against an attacker.
std::string checksum(std::string_view sql);

}  // namespace takas::store::migrations
