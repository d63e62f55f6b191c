// The opponent: the same authorization as one classic transaction per request, in tables that are copies of Takas's
// own, with rows that are copies of what Takas wrote for one authorization.
#pragma once

#include <cstdint>
#include <string>

#include "private_postgres.hpp"

namespace takas::bench {

class Classic {
  public:
    /// Copies the database `source`, whose newest authorization is the model; nobody may be connected to it. The
    /// accounts of the copy are numbered from 1, so that a script can name them.
    Classic(const PrivatePostgres& postgres, const std::string& source, const std::string& database,
            const TemporaryFolder& folder);

    /// A turn: uniform over the accounts, each transaction on a fresh id.
    PgbenchPlan plan(int clients, std::chrono::seconds duration);
    std::size_t round_trips() const { return round_trips_; }

  private:
    void number_accounts(const PrivatePostgres& postgres, const std::string& database);
    void write_script(const PrivatePostgres& postgres, const std::string& database, const std::string& path);

    PgbenchPlan plan_;
    std::int64_t model_id_ = 0;  ///< fresh ids go on from it: they look like Takas's, in order of time
    std::int64_t account_count_ = 0;
    std::int64_t turn_ = 0;
    std::size_t round_trips_ = 0;
};

}  // namespace takas::bench
