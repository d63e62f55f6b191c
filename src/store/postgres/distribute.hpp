// Spreads the tables of card accounts over the workers of a Citus database: `takas init --distribute`.
#pragma once

#include <string>

#include "base/error.hpp"

namespace takas::store::postgres {

/// Brings the database to this program's schema and distributes it, in one transaction; does nothing when it is
/// distributed already. `url` is that of the coordinator. The error's detail says what stands against it: no Citus, no
/// workers, servers that run on the database, too many rows to move.
Result<void> distribute(const std::string& url);

}  // namespace takas::store::postgres
