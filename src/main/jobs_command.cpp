// `takas jobs run`: a job by hand, also as if it were another day, on a server without doors.
#include <fmt/core.h>

#include "jobs/card_expiry.hpp"
#include "jobs/card_renewal.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/keys_session.hpp"

namespace takas::main {
namespace {

/// The institutions of the world have the same date at this hour of it, but for the islands at its edge.
constexpr std::int64_t noon_us = 12LL * 3'600 * 1'000'000;
constexpr std::int64_t day_us = 2 * noon_us;

int renew(app::Services& services, Instant now) {
    const auto done = jobs::CardRenewal(services).run(now);
    if (!done) return report_failure(done.error());
    fmt::print("{} cards renewed, {} could not be\n", done->renewed, done->refused);
    return done->refused == 0 ? 0 : exit_failed;
}

int expire(app::Services& services, Instant now) {
    const auto done = jobs::CardExpiry(services).run(now);
    if (!done) return report_failure(done.error());
    fmt::print("{} orders of expired cards cancelled\n", done->cancelled);
    return 0;
}

struct Job {
    std::string_view name;
    int (*run)(app::Services&, Instant);
};
constexpr std::array jobs_by_name{Job{"card-renewal", &renew}, Job{"card-expiry", &expire}};

}  // namespace

int run_job(const Settings& settings, const JobOrder& order) {
    const auto job = std::ranges::find(jobs_by_name, order.name, &Job::name);
    const auto date = parse_date(order.date);
    if (job == jobs_by_name.end() || (!order.date.empty() && !date)) {
        fmt::print(stderr, "takas: a job is card-renewal or card-expiry, a date YYYY-MM-DD\n");
        return exit_usage;
    }
    const auto session = open_keys_session(settings, {}, /*needs_tenant=*/false);
    if (!session) return report_failure(session.error());
    app::Services& services = session->server->services();
    return job->run(services, date ? Instant{date->value * day_us + noon_us} : services.clock.now());
}

}  // namespace takas::main
