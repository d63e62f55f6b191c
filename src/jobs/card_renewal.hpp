// Renews cards before they expire: those that are active, with auto renewal, of a product whose renewal window has
// begun (renewalDaysBefore days before the last day of the expiry month, in the institution's calendar). Renewing moves
// the expiry, so a card is renewed once for each period, however often this runs, on however many servers. Knows which
// cards are due, not what renewing means.
#pragma once

#include <atomic>
#include <optional>

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"

namespace takas::jobs {

/// How often the composition root should look whether the jobs about cards are due: the first run is so long after the
/// start.
inline constexpr std::int64_t card_jobs_interval_s = 600;
/// How often they are due: wherever an institution is, soon after its day has begun.
inline constexpr std::int64_t card_jobs_period_s = 6 * 3'600;

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

    /// Those that are due on `as_of`; today, each institution's own, unless told. Whatever is done is done now. One
    /// thread at a time. An error ends the run; the next one goes on.
    Result<Outcome> run(std::optional<Date> as_of = {});
    /// Makes a run that is under way stop soon. From any thread.
    void end() { is_ending_ = true; }

  private:
    Result<void> run_product(app::Context& context, const core::product::CardProduct& product, Date today,
                             Outcome& sum);
    Result<void> run_month(app::Context& context, const core::product::CardProduct& product, core::card::Expiry month,
                           Outcome& sum);
    Result<void> renew(app::Context& context, const core::card::Card& card, Outcome& sum);

    app::Services& services_;
    CardJobOptions options_;
    std::atomic<bool> is_ending_ = false;
};

}  // namespace takas::jobs
