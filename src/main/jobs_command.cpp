// `takas jobs run`: a job by hand, also with what is due by another day, on a server without doors.
#include <fmt/core.h>

#include "base/log.hpp"
#include "jobs/card_expiry.hpp"
#include "jobs/card_fees.hpp"
#include "jobs/card_renewal.hpp"
#include "jobs/vault_upkeep.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/keys_session.hpp"

namespace takas::main {
namespace {

int renew(app::Services& services, std::optional<Date> as_of) {
    const auto done = jobs::CardRenewal(services).run(as_of);
    if (!done) return report_failure(done.error());
    fmt::print("{} cards renewed, {} could not be\n", done->renewed, done->refused);
    return done->refused == 0 ? 0 : exit_failed;
}

int expire(app::Services& services, std::optional<Date> as_of) {
    const auto done = jobs::CardExpiry(services).run(as_of);
    if (!done) return report_failure(done.error());
    fmt::print("{} orders of expired cards cancelled\n", done->cancelled);
    return 0;
}

int charge_fees(app::Services& services, std::optional<Date> as_of) {
    const auto done = jobs::CardFees(services).run(as_of);
    if (!done) return report_failure(done.error());
    fmt::print("{} card fees charged, {} wait\n", done->charged, done->waiting);
    return done->waiting == 0 ? 0 : exit_failed;
}

int tend_vault(app::Services& services, std::optional<Date>) {
    const auto done = jobs::VaultUpkeep(services).run();
    if (!done) return report_failure(done.error());
    fmt::print("{} cards sealed anew, {} rows erased, {} keys destroyed\n", done->resealed, done->erased,
               done->keys_destroyed);
    return 0;
}

struct Job {
    std::string_view name;
    int (*run)(app::Services&, std::optional<Date>);
};
constexpr std::array jobs_by_name{Job{"card-renewal", &renew}, Job{"card-expiry", &expire},
                                  Job{"card-fees", &charge_fees}, Job{"vault-upkeep", &tend_vault}};

}  // namespace

int run_job(const Settings& settings, const JobOrder& order) {
    const auto job = std::ranges::find(jobs_by_name, order.name, &Job::name);
    const auto date = parse_date(order.date);
    if (job == jobs_by_name.end() || (!order.date.empty() && !date)) {
        fmt::print(stderr, "takas: a job is card-renewal, card-expiry or card-fees, a date YYYY-MM-DD\n");
        return exit_usage;
    }
    const auto session = open_keys_session(settings, {}, /*needs_tenant=*/false);
    if (!session) return report_failure(session.error());
    log::start(settings.log_level);  // what could not be done, and why
    const int status = job->run(session->server->services(), date);
    log::stop();
    return status;
}

}  // namespace takas::main
