// Two servers on one database against one, on the same machine.
#pragma once

#include <string>

#include "contender.hpp"
#include "figures.hpp"
#include "private_postgres.hpp"

namespace takas::bench {

/// `first` is node 0 on `database` with its keys in `data`. A second server joins and leaves in turns. Adds a group.
void add_two_servers(const PrivatePostgres& postgres, const std::string& database, Contender& first,
                     const std::string& data, int connections, Figures& figures);

}  // namespace takas::bench
