// Values of conditions as binary parameters, in the order in which the SQL text numbers them.
#pragma once

#include <deque>
#include <span>
#include <string>

#include "app/ports/store.hpp"
#include "store/postgres/connection.hpp"

namespace takas::store::postgres {

/// `scratch` keeps what had to be computed, and must outlive the parameters.
void add_conditions(Parameters& parameters, const app::ports::Table& table,
                    std::span<const app::ports::Condition> conditions, std::deque<std::string>& scratch);
void add_integer(Parameters& parameters, std::int64_t value, std::deque<std::string>& scratch);

}  // namespace takas::store::postgres
