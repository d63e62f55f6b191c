// A card expires by its date alone: nothing has to happen for it to be refused. What is left to do is to call off what
// is still ordered for it: a piece of plastic that would arrive expired is not made. Safe to run twice.
#pragma once

#include <atomic>

#include "app/context/context.hpp"
#include "jobs/card_renewal.hpp"

namespace takas::jobs {

class CardExpiry {
  public:
    struct Outcome {
        std::int64_t cancelled = 0;
    };
    explicit CardExpiry(app::Services& services, CardJobOptions options = {})
        : services_(services), options_(options) {}

    /// What has expired by `as_of`; by today, each institution's own, unless told. One thread at a time. An error ends
    /// the run; the next one goes on.
    Result<Outcome> run(std::optional<Date> as_of = {});
    void end() { is_ending_ = true; }

  private:
    Result<void> run_status(app::Context& context, core::perso::PersoStatus status, Date today, Outcome& sum);

    app::Services& services_;
    CardJobOptions options_;
    std::atomic<bool> is_ending_ = false;
};

}  // namespace takas::jobs
