// Renews cards before they expire: those that are active, with auto renewal, of a product whose renewal window has
// begun (renewalDaysBefore days before the last day of the expiry month, in the institution's calendar). Renewing moves
// the expiry, so a card is renewed once for each period, however often this runs, on however many servers. Knows which
// cards are due, not what renewing means.
#pragma once

#include <atomic>

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"

namespace takas::jobs {

/// How often the composition root should call the jobs about cards: the calendar turns once a day, somewhere.
inline constexpr std::int64_t card_jobs_interval_s = 3'600;

struct CardJobOptions {
    std::int64_t page_size = 200;
};

class CardRenewal {
  public:
    struct Outcome {
        std::int64_t renewed = 0;
        std::int64_t refused = 0;  ///< each logged with its reason, and tried again by the next run
    };
    explicit CardRenewal(app::Services& services, CardJobOptions options = {})
        : services_(services), options_(options) {}

    /// As if it were `now`. One thread at a time. An error ends the run; the next one goes on.
    Result<Outcome> run(Instant now);
    /// Makes a run that is under way stop soon. From any thread.
    void end() { is_ending_ = true; }

  private:
    Result<void> run_product(app::Context& context, const core::product::CardProduct& product, Outcome& sum);
    Result<void> renew(app::Context& context, const core::card::Card& card, Outcome& sum);

    app::Services& services_;
    CardJobOptions options_;
    std::atomic<bool> is_ending_ = false;
};

}  // namespace takas::jobs
