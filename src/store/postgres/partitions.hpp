// The monthly partitions of the tables that grow for ever (migration 004): made ahead, dropped whole. Each has the name
// of its table and month, card_transaction_2026_11; what has none lies in card_transaction_default.
//
// Made: the table stands alone first and is then attached, which neither reads nor writes of the others wait for.
// Dropped: that needs a moment without any other statement on the table, so it waits shortly, gives way, and tries
// again.
#pragma once

#include "app/ports/time_slices.hpp"
#include "store/postgres/connection.hpp"

namespace takas::store::postgres {

class Partitions final : public app::ports::TimeSlices {
  public:
    /// Connects when it is used.
    explicit Partitions(ConnectionOptions options) : options_(std::move(options)) {}

    Result<void> make(Instant from, Instant until) override;
    Result<void> drop_transactions(Instant until) override;
    Result<void> drop_events(Instant until) override;

  private:
    ConnectionOptions options_;
};

}  // namespace takas::store::postgres
