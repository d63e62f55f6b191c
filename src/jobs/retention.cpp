#include "jobs/retention.hpp"

#include "app/archive/event_retention.hpp"
#include "app/ports/time_slices.hpp"
#include "base/log.hpp"

namespace takas::jobs {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;
/// A server that was down for a quarter of a year still finds room.
constexpr int months_ahead = 3;

void warn_of(std::string_view chore, const Result<void>& result) {
    if (!result) log::warning("chore_failed").add("chore", chore).add("detail", result.error().internal_detail);
}

}  // namespace

Retention::Retention(app::ports::Store& store, app::ports::ArchiveFiles* files, const app::ports::Clock& clock,
                     RetentionOptions options)
    : store_(store), files_(files), clock_(clock), options_(options) {
    options_.archive.is_ending = &is_ending_;
}

Result<void> Retention::make_room() {
    auto* slices = store_.time_slices();
    if (!slices) return {};
    using namespace app::archive;
    const Month now = month_of(clock_.now());
    return slices->make(begin_of(now), begin_of(plus_months(now, months_ahead + 1)));
}

void Retention::run_if_due() {
    const Instant now = clock_.now();
    if (now < last_run_at_.plus_seconds(seconds_per_day)) return;
    last_run_at_ = now;
    run();
}

void Retention::run() {
    warn_of("make_room", make_room());
    if (!is_ending_) warn_of("archive", archive());
    if (!is_ending_) warn_of("forget_events", forget_events());
}

Result<void> Retention::archive() {
    if (options_.transaction_months == 0 || !files_) return {};
    using namespace app::archive;
    const Instant before = begin_of(plus_months(month_of(clock_.now()), -options_.transaction_months));
    const auto done = archive_before(store_, *files_, clock_, before, options_.archive);
    if (!done) return std::unexpected(done.error());
    if (!done->obstacle.empty()) log::warning("archive_waits").add("obstacle", done->obstacle);
    return {};
}

Result<void> Retention::forget_events() {
    if (options_.event_days == 0) return {};
    const Instant before = clock_.now().plus_seconds(-options_.event_days * seconds_per_day);
    const auto until = app::archive::forget_events_before(store_, before, options_.archive);
    if (!until) return std::unexpected(until.error());
    if (*until < before) log::warning("events_awaited").add("since", *until);
    return {};
}

}  // namespace takas::jobs
