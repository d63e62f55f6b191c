// The schema's history: numbered SQL files in a neutral dialect, compiled into the program. Knows how to spell them for
// a database, not how to run them; each adapter does that.
//
// NNN_name.sql is for every dialect, NNN_name.postgres.sql and NNN_name.sqlite.sql for one.
//
// Placeholders, because the dialects differ there:
//   {blob}           bytes                                      BLOB · BYTEA
//   {integer_key}    a primary key column holding our own id    INTEGER PRIMARY KEY · BIGINT PRIMARY KEY
//   {sequence_key}   a primary key column numbered by the store INTEGER PRIMARY KEY AUTOINCREMENT · BIGINT GENERATED
//   TEXT             a word, not a placeholder                  TEXT · TEXT COLLATE "C", so that bytes compare
//   ... {without_rowid}  after the closing bracket of a table       WITHOUT ROWID · nothing
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace takas::store::migrations {

enum class Dialect : std::uint8_t { sqlite, postgres };

struct Migration {
    int version;  ///< 1, 2, 3 ... without gaps
    std::string_view name;
    std::string_view sql;
    std::optional<Dialect> only{};  ///< the other dialect records it without running it
};

/// The product's own migrations, in order.
std::span<const Migration> all();

/// The migration's SQL with its placeholders spelled for the dialect; "" when it is for another one. An unknown
/// placeholder is an error.
Result<std::string> spell(const Migration& migration, Dialect dialect);

/// 16 hex digits that change when the neutral text changes: a guard against edited history, not against an attacker.
std::string checksum(std::string_view sql);

}  // namespace takas::store::migrations
