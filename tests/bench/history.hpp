// A past for a database: transactions of two years with their entries, events and message keys, each a copy of one that
// the server itself wrote, spread evenly over accounts and months. Written by the database, a month at a time.
#pragma once

#include <cstdint>
#include <string>

#include "private_postgres.hpp"

namespace takas::bench {

inline constexpr int history_months = 24;

/// The server that wrote the model must have ended. Throws std::runtime_error with the database's words.
void write_history(const PrivatePostgres& postgres, const std::string& database, std::int64_t transactions);

}  // namespace takas::bench
