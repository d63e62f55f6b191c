// Looks every minute for holds whose clearing never came and has them ended. Safe to run twice, also on two servers at
// once: each hold is looked at again in its account's lane. Knows when to look and where it has looked, not what
// expiring means.
#pragma once

#include "app/transactions/hold_expiry.hpp"

namespace takas::jobs {

/// How often the composition root should call run().
inline constexpr std::int64_t hold_expiry_interval_s = 60;

struct HoldExpiryOptions {
    app::transactions::HoldPeriods periods;
    std::int64_t page_size = 500;     ///< about 0.5 MB of rows
    std::int64_t pages_per_run = 20;  ///< 10,000 holds a minute; what is left waits for the next run
};

class HoldExpiry {
  public:
    HoldExpiry(app::ports::Store& store, app::lane::Lanes& lanes, const app::ports::Clock& clock,
               HoldExpiryOptions options = {})
        : store_(store), lanes_(lanes), clock_(clock), options_(options) {}

    struct Outcome {
        std::int64_t expired = 0;
        std::int64_t postponed = 0;  ///< could not be written now; the next run tries again
    };
    /// One thread at a time. Errors: those of the store.
    Result<Outcome> run();

  private:
    /// Holds of one kind fall due in the order of their ids: everything up to the cursor is settled. It lives in
    /// memory; a restart looks through the past once more.
    struct Sweep {
        bool is_pre_authorization;
        std::int64_t cursor = 0;
    };
    struct Page {
        bool is_last = false;
        Outcome outcome;
    };
    Result<Page> run_page(Sweep& sweep, Instant now);

    app::ports::Store& store_;
    app::lane::Lanes& lanes_;
    const app::ports::Clock& clock_;
    HoldExpiryOptions options_;
    Sweep usual_{false}, pre_authorizations_{true};
};

}  // namespace takas::jobs
